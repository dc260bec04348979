// The live exchange on key 7: whose turn it is, what lies waiting, what was said, who is connected, and how to begin.
#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/fingerprint.hpp"
#include "core/words.hpp"
#include "viz/field_view.hpp"
#include "viz/imgui_compat.hpp"
#include "viz/live_model.hpp"
#include "viz/live_setup.hpp"
#include "viz/pages.hpp"

namespace keyhole::viz {
namespace {

class LivePage final : public Page {
  public:
    bool press(const KeyPress& press, View& view) override;
    void draw(View& view, Rect room) override;

  private:
    bool press_started(const KeyPress& press, View& view);
    void begin(View& view);
    void say(View& view);
    void choose_by(View& view, int by);

    void setup(View& view, Canvas& canvas);
    void state(View& view, Canvas& canvas);
    void turn(View& view, Canvas& canvas, const LiveParty& party);
    void actions(View& view);
    void chat(View& view, Canvas& canvas);
    void people(View& view, Canvas& canvas);
    void person(View& view, Canvas& canvas, const LiveParty& party, std::size_t number);

    LiveSetup setup_;
    std::string text_, say_fault_;
    FieldRing fields_;
    bool editing_ = false, entered_ = false, setting_up_ = false, scrolls_on_ = false;
    std::uint64_t scrolled_party_ = 0;
    std::size_t scrolled_lines_ = 0;
};

bool LivePage::press(const KeyPress& press, View& view) {
    if (press.ctrl || press.alt) return false;
    if (press.key == Key::enter) {
        // Carried out after drawing, when characters that came with it are in the field.
        entered_ = true;
        return true;
    }
    if (editing_) return false;
    if (press.key == key_of('v')) {
        scrolls_on_ = true;
        return true;
    }
    if (view.live.started() && !setting_up_) return press_started(press, view);
    if (press.key == key_of('e')) {
        fields_.focus(0);
    } else if (press.key == key_of('w')) {
        setup_.role = other(setup_.role);
    } else if (press.key == key_of('d')) {
        setup_.mode = static_cast<Mode>((static_cast<int>(setup_.mode) + 1) % 3);
    } else if (press.key == key_of('k')) {
        setup_.kdf = setup_.kdf == dh::Kdf::sha256 ? dh::Kdf::low64 : dh::Kdf::sha256;
    } else if (press.key == key_of('s') && view.live.started()) {
        setting_up_ = false;
    } else {
        return false;
    }
    return true;
}

bool LivePage::press_started(const KeyPress& press, View& view) {
    if (press.key == Key::right || press.key == Key::space) {
        view.wishes.command = Command::perform;
    } else if (press.key == key_of('e')) {
        fields_.focus(0);
    } else if (press.key == key_of('q')) {
        view.live.bye();
    } else if (press.key == key_of('c')) {
        view.live.again();
    } else if (press.key == key_of('s')) {
        setting_up_ = true;
    } else if (press.key == Key::page_up || press.key == Key::page_down) {
        choose_by(view, press.key == Key::page_up ? -1 : 1);
    } else {
        return false;
    }
    return true;
}

void LivePage::choose_by(View& view, int by) {
    const auto& parties = view.live.parties();
    if (parties.empty()) return;
    const auto now = std::ranges::find_if(parties, [&](const auto& p) { return p.get() == view.live.chosen(); });
    const auto last = static_cast<std::ptrdiff_t>(parties.size()) - 1;
    const auto at = now == parties.end() ? last : now - parties.begin() + by;
    view.live.choose(parties[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(at, 0, last))]->id());
}

void LivePage::begin(View& view) {
    if (auto options = setup_.options()) {
        options->stepping = view.live.stepping();
        view.live.start(std::move(*options));
        setting_up_ = false;
        compat::leave_field();
    }
}

void LivePage::say(View& view) {
    say_fault_.clear();
    if (text_.empty()) return;
    try {
        if (view.live.say(text_)) {
            text_.clear();
        } else {
            say_fault_ = "nobody is there to say it to";
        }
    } catch (const Error& error) {
        say_fault_ = error.what();
    }
}

void LivePage::draw(View& view, Rect /*room*/) {
    const float em = view.fonts.em;
    const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
    editing_ = false;
    fields_.begin();
    const bool beginning = !view.live.started() || setting_up_;
    const bool narrow = room.x < 52 * em;
    const float gap = 1.4F * em, left = narrow ? room.x : 0.52F * room.x;
    const float left_height = narrow ? 0.62F * room.y : room.y;
    if (begin_column("turn", {at.x, at.y, left, left_height})) {
        Canvas canvas(view.theme, view.fonts);
        beginning ? setup(view, canvas) : state(view, canvas);
        if (scrolls_on_) scroll_on();
    }
    ImGui::EndChild();
    const Rect right = narrow ? Rect{at.x, at.y + left_height + 0.5F * em, room.x, room.y - left_height - 0.5F * em}
                              : Rect{at.x + left + gap, at.y, room.x - left - gap, room.y};
    if (begin_column("people", right)) {
        Canvas canvas(view.theme, view.fonts);
        people(view, canvas);
        if (scrolls_on_) scroll_on();
    }
    ImGui::EndChild();
    scrolls_on_ = false;
    if (std::exchange(entered_, false)) beginning ? begin(view) : say(view);
    fields_.end();
}

void LivePage::setup(View& view, Canvas& canvas) {
    const float em = view.fonts.em, label = 8.5F * em;
    canvas.paragraph(view.fonts.title, view.theme.text, "A live exchange with another program");
    canvas.paragraph(
        view.fonts.small, view.theme.muted,
        "One window listens, another connects, on one machine or on two; keyhole serve and keyhole connect "
        "will do as the other end. Each side does its next action when its user steps, and no byte is sent "
        "before. Nobody is authenticated and DES is broken: a chat to look into, not for secrets.");
    ImGui::Dummy({1, 0.3F * em});
    constexpr std::array<std::string_view, 2> roles = {"listen as server", "connect as client"};
    setup_.role =
        static_cast<Role>(choice(view, canvas, "Who (W)", roles, static_cast<std::size_t>(setup_.role), label));
    editing_ = text_field(view, canvas, fields_,
                          {.label = setup_.role == Role::server ? "Listen on (E)" : "Connect to (E)",
                           .hint = "HOST:PORT",
                           .fault = setup_.address_fault,
                           .label_width = label},
                          setup_.address);
    if (setup_.role == Role::server) {
        editing_ = text_field(view, canvas, fields_,
                              {.label = "Group", .hint = "toy23", .fault = setup_.group_fault, .label_width = label},
                              setup_.group) ||
                   editing_;
        constexpr std::array<std::string_view, 3> modes = {"ecb", "cbc", "ctr"};
        constexpr std::array<std::string_view, 2> kdfs = {"sha256", "low64"};
        setup_.mode =
            static_cast<Mode>(choice(view, canvas, "Mode (D)", modes, static_cast<std::size_t>(setup_.mode), label));
        setup_.kdf = static_cast<dh::Kdf>(
            choice(view, canvas, "Key from (K)", kdfs, static_cast<std::size_t>(setup_.kdf), label));
    }
    ImGui::Dummy({1, 0.2F * em});
    if (flow_button(view, setup_.role == Role::server ? "Listen (Enter)" : "Connect (Enter)", true, true)) begin(view);
    if (view.live.started() && flow_button(view, "As it was (S)", true, false)) setting_up_ = false;
}

void LivePage::state(View& view, Canvas& canvas) {
    const Theme& theme = view.theme;
    LiveDesk& live = view.live;
    const bool server = live.options().role == Role::server;
    canvas.paragraph(view.fonts.title, theme.text,
                     server ? "Live: this window is the server" : "Live: this window is the client");
    const LiveParty* party = live.chosen();
    const std::string where = to_text(live.options().address);
    canvas.paragraph(view.fonts.small, live.error().empty() ? theme.muted : theme.error,
                     !live.error().empty() ? live.error()
                     : server            ? live.address().empty() ? "Not listening." : "Listening on " + live.address()
                                : live.connecting() ? "Connecting to " + where + " .."
                     : party && !party->over() ? "Connected to " + where
                                               : "Not connected to " + where);
    ImGui::Dummy({1, 0.2F * view.fonts.em});
    if (party == nullptr) {
        canvas.paragraph(view.fonts.text, theme.text,
                         server ? "Nobody has connected yet. The other end: keyhole connect " + live.address() +
                                      ", or keyhole-viz --connect " + live.address()
                                : "The exchange begins as soon as the server answers.");
    } else {
        turn(view, canvas, *party);
    }
    actions(view);
    if (party != nullptr) chat(view, canvas);
}

void LivePage::turn(View& view, Canvas& canvas, const LiveParty& party) {
    const Theme& theme = view.theme;
    const bool ready = party.party().next_action().has_value();
    if (!party.trouble().empty()) canvas.paragraph(view.fonts.text, theme.error, party.trouble());
    if (party.last_done())
        canvas.paragraph(view.fonts.small, theme.muted, fmt::format("Done: {}.", name(*party.last_done())));
    canvas.paragraph(view.fonts.title, ready ? theme.current : theme.text, turn_words(party.party()));
    const std::vector<std::string> arrivals = arrival_words(party.party());
    if (arrivals.empty()) return;
    canvas.paragraph(view.fonts.small, theme.muted,
                     fmt::format("Arrived from the {} and not looked at yet:", name(other(party.party().role()))));
    constexpr std::size_t most = 8;
    for (std::size_t i = 0; i < std::min(arrivals.size(), most); ++i)
        canvas.paragraph(view.fonts.figures_small, theme.text, arrivals[i]);
    if (arrivals.size() > most)
        canvas.paragraph(view.fonts.small, theme.muted, fmt::format("and {} more", arrivals.size() - most));
}

void LivePage::actions(View& view) {
    LiveDesk& live = view.live;
    const LiveParty* party = live.chosen();
    const bool open = party != nullptr && !party->party().closed();
    ImGui::Dummy({1, 0.2F * view.fonts.em});
    if (flow_button(view, "Perform (N)", open && party->party().next_action().has_value(), true))
        view.wishes.command = Command::perform;
    if (flow_button(view, live.stepping() ? "Let it run (R)" : "Step by step (R)", true, false))
        view.wishes.command = Command::run_mode;
    if (flow_button(view, "Bye (Q)", open, false)) live.bye();
    if (flow_button(view, live.options().role == Role::server ? "Listen again (C)" : "Connect again (C)", true, false))
        live.again();
    if (flow_button(view, "Another (S)", true, false)) setting_up_ = true;
    ImGui::Dummy({1, 0.2F * view.fonts.em});
}

void LivePage::chat(View& view, Canvas& canvas) {
    const Theme& theme = view.theme;
    const float em = view.fonts.em;
    const LiveParty& party = *view.live.chosen();
    editing_ =
        text_field(view, canvas, fields_,
                   {.label = "Say (E)", .hint = "a text, Enter", .fault = say_fault_, .label_width = 4.2F * em}, text_);
    if (party.party().unsent_bytes() > 0)
        canvas.paragraph(view.fonts.small, theme.muted,
                         fmt::format("{} of text wait to be sent", counted(party.party().unsent_bytes(), "byte")));
    if (begin_column("lines", {ImGui::GetCursorScreenPos().x, ImGui::GetCursorScreenPos().y,
                               ImGui::GetContentRegionAvail().x, std::max(ImGui::GetContentRegionAvail().y, 4 * em)})) {
        Canvas inner(view.theme, view.fonts);
        const Role own = party.party().role();
        for (const LiveLine& line : party.lines()) {
            const ImU32 ink = line.kind == LiveLine::Kind::fault  ? theme.error
                              : line.kind == LiveLine::Kind::note ? theme.muted
                                                                  : theme.text;
            const Role speaker = line.kind == LiveLine::Kind::own ? own : other(own);
            const bool spoken = line.kind == LiveLine::Kind::own || line.kind == LiveLine::Kind::peer;
            inner.paragraph(view.fonts.text, ink, (spoken ? fmt::format("{}> ", name(speaker)) : "") + line.text);
        }
        if (scrolled_lines_ != party.lines().size() || scrolled_party_ != party.id()) ImGui::SetScrollHereY(1);
        scrolled_lines_ = party.lines().size();
        scrolled_party_ = party.id();
    }
    ImGui::EndChild();
}

void LivePage::people(View& view, Canvas& canvas) {
    const Theme& theme = view.theme;
    const LiveDesk& live = view.live;
    const auto& parties = live.parties();
    const bool server = live.started() && live.options().role == Role::server;
    if (const LiveParty* party = live.chosen()) {
        const Recording& recording = party->party().recording();
        if (const auto digits = fingerprint(recording)) {
            canvas.paragraph(
                view.fonts.small, theme.muted,
                "Fingerprint. Read it to the other side: without a person in the middle both have the same.");
            canvas.paragraph(view.fonts.figures, theme.secret, *digits);
        }
        canvas.paragraph(view.fonts.small, theme.muted,
                         fmt::format("This window knows what the {} knows. The {}'s private key stays there; its wire "
                                     "bytes are here. 1 shows the steps, Ctrl+S saves the recording.",
                                     name(party->party().role()), name(other(party->party().role()))));
        ImGui::Dummy({1, 0.4F * view.fonts.em});
    }
    canvas.paragraph(view.fonts.title, theme.text, server ? "Clients" : "Connections");
    if (parties.empty()) return canvas.paragraph(view.fonts.small, theme.muted, "None yet.");
    if (parties.size() > 1)
        canvas.paragraph(view.fonts.small, theme.muted,
                         fmt::format("{}; Page Up and Page Down choose the one that is stepped, the others run by "
                                     "themselves.",
                                     counted(parties.size(), server ? "client" : "connection")));
    for (std::size_t i = 0; i < parties.size(); ++i) person(view, canvas, *parties[i], i + 1);
}

void LivePage::person(View& view, Canvas& canvas, const LiveParty& party, std::size_t number) {
    const Theme& theme = view.theme;
    const float em = view.fonts.em;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const bool chosen = view.live.chosen() == &party, troubled = !party.trouble().empty();
    const float height = (troubled ? 2.7F : 1.55F) * em;
    ImGui::PushID(static_cast<int>(party.id()));
    if (ImGui::InvisibleButton("person", {width, height})) view.live.choose(party.id());
    const bool hovered = ImGui::IsItemHovered(), seen = ImGui::IsItemVisible();
    ImGui::PopID();
    if (!seen) return;
    if (chosen || hovered)
        canvas.box(at, {at.x + width, at.y + height}, chosen ? theme.current_tint : theme.raised,
                   chosen ? theme.current : 0, canvas.line());
    const ImU32 ink = party.over() ? theme.muted : theme.text;
    const float y = at.y + 0.25F * em;
    canvas.text(view.fonts.figures_small, {at.x + 0.4F * em, y}, theme.muted, fmt::format("{}", number));
    canvas.text(view.fonts.figures_small, {at.x + 2.2F * em, y}, ink, party.peer());
    canvas.text_to_right(view.fonts.small, {at.x + width - 0.5F * em, y + 0.5F * em}, ink,
                         fmt::format("{}, {}", party.cut_off() ? "gone" : phase_words(party.party()),
                                     counted(party.party().recording().messages.size(), "message")));
    if (!troubled) return;
    std::string words = party.trouble();
    while (words.size() > 4 && Canvas::size(view.fonts.small, words + "..").x > width - 3 * em) {
        while ((static_cast<unsigned char>(words.back()) & 0xC0U) == 0x80U) words.pop_back();
        words.pop_back();
    }
    if (words.size() < party.trouble().size()) words += "..";
    canvas.text(view.fonts.small, {at.x + 2.2F * em, y + 1.15F * em}, theme.error, words);
}

} // namespace

std::unique_ptr<Page> make_live_page() { return std::make_unique<LivePage>(); }

} // namespace keyhole::viz
