#include "viz/pages/live/live_page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.hpp"
#include "core/base/words.hpp"
#include "viz/draw/imgui_compat.hpp"
#include "viz/draw/imgui_point.hpp"
#include "viz/frame/field_view.hpp"
#include "viz/live/live_model.hpp"
#include "viz/pages/live/live_views.hpp"

namespace keyhole::viz {
namespace {

constexpr float lowest_with_title = 18; // em

} // namespace

bool LivePage::press(const KeyPress& press, FrameContext& context) {
    if (press.ctrl || press.alt) return false;
    if (press.key == Key::enter) {
        // Done after drawing: by then the characters typed before it are in the field.
        entered_ = true;
        return true;
    }
    if (editing_ && press.key == Key::escape) {
        // ImGui itself would restore what the field held before.
        compat::leave_field();
        return true;
    }
    if (editing_) return false;
    if (press.key == key_of('v')) {
        scrolls_on_ = true;
        return true;
    }
    if (press.key == key_of('e')) {
        fields_.focus(0);
        return true;
    }
    if (context.live.started() && !setting_up_) return press_started(press, context);
    if (press.key == key_of('w')) {
        setup_.role = other(setup_.role);
    } else if (press.key == key_of('d')) {
        setup_.mode = static_cast<Mode>((static_cast<int>(setup_.mode) + 1) % 3);
    } else if (press.key == key_of('k')) {
        setup_.kdf = setup_.kdf == dh::Kdf::sha256 ? dh::Kdf::low64 : dh::Kdf::sha256;
    } else if (press.key == key_of('s') && context.live.started()) {
        setting_up_ = false;
    } else {
        return false;
    }
    return true;
}

bool LivePage::press_started(const KeyPress& press, FrameContext& context) {
    if (press.key == Key::right || press.key == Key::space) {
        context.requests.run(Command::perform);
    } else if (press.key == key_of('q')) {
        context.requests.live([](LiveController& live) { live.bye(); });
    } else if (press.key == key_of('c')) {
        context.requests.live([](LiveController& live) { live.again(); });
    } else if (press.key == key_of('s')) {
        set_up(context);
    } else if (press.key == Key::page_up || press.key == Key::page_down) {
        choose_by(context, press.key == Key::page_up ? -1 : 1);
    } else {
        return false;
    }
    return true;
}

void LivePage::choose_by(FrameContext& context, int by) {
    std::vector<const LiveParty*> rows; // as they stand in the list
    for (const auto& party : context.live.parties()) rows.push_back(party.get());
    if (rows.empty()) return;
    std::stable_partition(rows.begin(), rows.end(), [](const LiveParty* party) { return !party->over(); });
    const auto now = std::ranges::find(rows, context.live.chosen());
    const auto last = static_cast<std::ptrdiff_t>(rows.size()) - 1;
    const auto at = now == rows.end() ? last : now - rows.begin() + by;
    context.requests.live([id = rows[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(at, 0, last))]->id()](
                              LiveController& live) { live.choose(id); });
}

void LivePage::set_up(const FrameContext& context) {
    setting_up_ = true;
    setup_.take(context.live.options());
}

void LivePage::begin(FrameContext& context) {
    if (auto options = setup_.options()) {
        options->stepping = context.live.stepping();
        context.requests.live([begun = std::move(*options)](LiveController& live) { live.start(begun); });
        setting_up_ = false;
        compat::leave_field();
    }
}

void LivePage::say(FrameContext& context) {
    say_fault_.clear();
    if (!text_.empty()) context.requests.live([this](LiveController& live) { say(live); });
}

void LivePage::say(LiveController& live) {
    try {
        if (live.say(text_)) {
            text_.clear();
            compat::clear_field();
        } else {
            say_fault_ = "nobody is there to say it to";
        }
    } catch (const Error& error) {
        say_fault_ = error.what();
    }
}

void LivePage::draw(FrameContext& context, Rect /*room*/) {
    const float em = context.fonts.em;
    const Point at = to_point(ImGui::GetCursorScreenPos());
    const ImVec2 room = ImGui::GetContentRegionAvail();
    editing_ = false;
    fields_.begin();
    const bool beginning = !context.live.started() || setting_up_;
    const bool narrow = room.x < 52 * em;
    const float gap = 1.4F * em, left = narrow ? room.x : 0.52F * room.x;
    const float left_height = narrow ? 0.78F * room.y : room.y;
    if (begin_column(context, "turn", {at.x, at.y, left, left_height})) {
        ScreenCanvas canvas(context.theme, context.fonts);
        if (beginning) {
            const SetupDrawn drawn = draw_live_setup(context, canvas, fields_, setup_);
            editing_ = drawn.editing;
            if (drawn.begin) begin(context);
            if (drawn.leave) setting_up_ = false;
        } else {
            state(context, canvas);
        }
        if (scrolls_on_) scroll_on();
    }
    ImGui::EndChild();
    const Rect right = narrow ? Rect{at.x, at.y + left_height + 0.5F * em, room.x, room.y - left_height - 0.5F * em}
                              : Rect{at.x + left + gap, at.y, room.x - left - gap, room.y};
    if (begin_column(context, "people", right)) {
        ScreenCanvas canvas(context.theme, context.fonts);
        const std::uint64_t chosen = context.live.chosen() == nullptr ? 0 : context.live.chosen()->id();
        const std::uint64_t before = std::exchange(listed_, chosen);
        draw_live_people(context, canvas, before != 0 && before != chosen);
        if (scrolls_on_) scroll_on();
    }
    ImGui::EndChild();
    scrolls_on_ = false;
    if (std::exchange(entered_, false)) beginning ? begin(context) : say(context);
    fields_.end();
}

void LivePage::state(FrameContext& context, ScreenCanvas& canvas) {
    const LiveController& live = context.live;
    const bool server = live.options().role == Role::server;
    const bool low = ImGui::GetWindowHeight() < lowest_with_title * context.fonts.em; // the chat comes first
    if (!low)
        canvas.paragraph(FontRole::title, Ink::text,
                         server ? "Live: this window is the server" : "Live: this window is the client");
    const LiveParty* party = live.chosen();
    const std::string where = to_text(live.options().address);
    canvas.paragraph(FontRole::small, live.error().empty() ? Ink::muted : Ink::error,
                     !live.error().empty() ? live.error()
                     : server            ? live.address().empty() ? "Not listening." : "Listening on " + live.address()
                                : live.connecting() ? "Connecting to " + where + " .."
                     : party && !party->over() ? "Connected to " + where
                                               : "Not connected to " + where);
    if (!low) ImGui::Dummy({1, 0.2F * context.fonts.em});
    if (party == nullptr && live.error().empty()) {
        canvas.paragraph(FontRole::text, Ink::text,
                         server && live.address().empty() ? "Not listening: C listens again, S begins another exchange."
                         : server ? "Nobody has connected yet. The other end: keyhole connect " + live.address() +
                                        ", or keyhole-viz --connect " + live.address()
                                  : "The exchange begins as soon as the server answers.");
    } else if (party != nullptr) {
        turn(context, canvas, *party);
    } else {
        canvas.paragraph(FontRole::text, Ink::text, "C tries it again, S begins another exchange.");
    }
    actions(context);
    if (party == nullptr) return;
    context.session.viewer == Viewer::eavesdropper ? overheard(canvas, *party) : chat(context, canvas);
}

void LivePage::turn(FrameContext& context, ScreenCanvas& canvas, const LiveParty& party) {
    const bool ready = party.ready();
    if (!party.trouble().empty()) canvas.paragraph(FontRole::text, Ink::error, party.trouble());
    if (party.last_done() && ImGui::GetWindowHeight() >= lowest_with_title * context.fonts.em)
        canvas.paragraph(FontRole::small, Ink::muted, fmt::format("Done: {}.", name(*party.last_done())));
    canvas.paragraph(FontRole::title, ready ? Ink::current : Ink::text, party.turn());
    const std::vector<std::string> arrivals = arrival_words(party.party());
    if (arrivals.empty()) return;
    canvas.paragraph(FontRole::small, Ink::muted,
                     fmt::format("Arrived from the {} and not looked at yet:", name(other(party.party().role()))));
    constexpr std::size_t most = 8;
    for (std::size_t i = 0; i < std::min(arrivals.size(), most); ++i)
        canvas.paragraph(FontRole::figures_small, Ink::text, arrivals[i]);
    if (arrivals.size() > most)
        canvas.paragraph(FontRole::small, Ink::muted, fmt::format("and {} more", arrivals.size() - most));
}

void LivePage::actions(FrameContext& context) {
    const LiveController& live = context.live;
    const LiveParty* party = live.chosen();
    const bool open = party != nullptr && !party->over();
    ImGui::Dummy({1, 0.2F * context.fonts.em});
    if (flow_button(context, "Perform (N)", party != nullptr && party->ready(), true))
        context.requests.run(Command::perform);
    if (flow_button(context, live.stepping() ? "Let it run (R)" : "Step by step (R)", true, false))
        context.requests.run(Command::run_mode);
    if (flow_button(context, "Bye (Q)", open, false))
        context.requests.live([](LiveController& controller) { controller.bye(); });
    if (flow_button(context, live.options().role == Role::server ? "Listen again (C)" : "Connect again (C)", true,
                    false))
        context.requests.live([](LiveController& controller) { controller.again(); });
    if (flow_button(context, "Another (S)", true, false)) set_up(context);
    ImGui::Dummy({1, 0.2F * context.fonts.em});
}

// An eavesdropper has the lines that were sent, and no text.
void LivePage::overheard(ScreenCanvas& canvas, const LiveParty& party) {
    canvas.paragraph(FontRole::small, Ink::muted,
                     "As an eavesdropper has it: ciphertexts, no texts. M shows this side's knowledge again.");
    for (const std::string& line : overheard_words(party.party().recording()))
        canvas.paragraph(FontRole::figures_small, Ink::text, line);
}

void LivePage::chat(FrameContext& context, ScreenCanvas& canvas) {
    const float em = context.fonts.em;
    const LiveParty& party = *context.live.chosen();
    editing_ = text_field(context, canvas, fields_,
                          {.label = "Say (E)",
                           .hint = "a text, Enter; Esc leaves",
                           .fault = say_fault_,
                           .label_width = 4.2F * em,
                           .stays = entered_},
                          text_);
    if (party.party().unsent_texts() > 0)
        canvas.paragraph(FontRole::small, Ink::muted,
                         fmt::format("{} to be sent", counted(party.party().unsent_texts(), "text")));
    if (begin_column(context, "lines",
                     {ImGui::GetCursorScreenPos().x, ImGui::GetCursorScreenPos().y, ImGui::GetContentRegionAvail().x,
                      std::max(ImGui::GetContentRegionAvail().y, 2.6F * em)})) {
        ScreenCanvas inner(context.theme, context.fonts);
        const Role own = party.party().role();
        for (const LiveLine& line : party.lines()) {
            const Paint ink = line.kind == LiveLine::Kind::fault  ? Ink::error
                              : line.kind == LiveLine::Kind::note ? Ink::muted
                                                                  : Ink::text;
            const Role speaker = line.kind == LiveLine::Kind::own ? own : other(own);
            const bool spoken = line.kind == LiveLine::Kind::own || line.kind == LiveLine::Kind::peer;
            inner.paragraph(FontRole::text, ink, (spoken ? fmt::format("{}> ", name(speaker)) : "") + line.text);
        }
        if (scrolled_lines_ != party.lines_ever() || scrolled_party_ != party.id()) ImGui::SetScrollHereY(1);
        scrolled_lines_ = party.lines_ever();
        scrolled_party_ = party.id();
    }
    ImGui::EndChild();
}

} // namespace keyhole::viz
