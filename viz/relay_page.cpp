// The person in the middle: where to listen and where to pass on to, each message with the choice to send, alter or
// drop it, the two fingerprints, and what has passed.
#include <fmt/format.h>
#include <imgui.h>
#include <imgui_stdlib.h>

#include <algorithm>

#include "core/bytes.hpp"
#include "core/error.hpp"
#include "viz/pages.hpp"
#include "viz/relay_desk.hpp"

namespace keyhole::viz {
namespace {

constexpr Seconds between_looks{0.2};

class RelayPage final : public Page {
  public:
    void tick(Seconds now) override {
        now_ = now;
        drawn_ = false;
    }
    std::optional<Seconds> due() const override {
        return drawn_ && desk_.running() ? std::optional(now_ + between_looks) : std::nullopt;
    }

    bool press(const KeyPress& press, View& view) override {
        if (press.ctrl || press.alt) return false;
        const RelayClient* client = deciding();
        const bool running = desk_.running();
        if (press.key == key_of('h')) {
            hold_ = !hold_;
            desk_.hold(hold_);
        } else if (press.key == key_of('q') && !running) {
            quiet_ = !quiet_;
        } else if (press.key == Key::enter && !running) {
            start(view);
        } else if (press.key == key_of('s') && running) {
            desk_.stop();
        } else if (press.key == Key::enter && client != nullptr) {
            send(*client);
        } else if (press.key == key_of('d') && client != nullptr) {
            desk_.drop(client->id);
        } else {
            return false;
        }
        return true;
    }

    void draw(View& view, Rect /*room*/) override {
        drawn_ = true;
        if (desk_.version() != state_.version) take();
        const float em = view.fonts.em;
        const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
        const bool narrow = room.x < 52 * em;
        const float left = narrow ? room.x : 0.5F * room.x, gap = 1.2F * em;
        column(view, "desk", at, {left, narrow ? 0.6F * room.y : room.y}, &RelayPage::desk);
        column(view, "passed", narrow ? ImVec2{at.x, at.y + 0.62F * room.y} : ImVec2{at.x + left + gap, at.y},
               narrow ? ImVec2{room.x, 0.38F * room.y} : ImVec2{room.x - left - gap, room.y}, &RelayPage::passed);
    }

  private:
    void column(View& view, const char* id, ImVec2 at, ImVec2 size, void (RelayPage::*inside)(View&, Canvas&)) {
        ImGui::SetCursorScreenPos(at);
        if (ImGui::BeginChild(id, size, false, ImGuiWindowFlags_NoNav)) {
            Canvas canvas(view.theme, view.fonts);
            (this->*inside)(view, canvas);
        }
        ImGui::EndChild();
    }

    void take() {
        state_ = desk_.state();
        const RelayClient* client = deciding();
        const auto shown =
            client == nullptr
                ? std::pair<std::uint64_t, std::uint64_t>{}
                : std::pair{client->id, client->held->number * 2 + (client->held->from == Role::client ? 1U : 0U)};
        if (shown == shown_) return;
        shown_ = shown;
        text_ = client == nullptr ? "" : client->held->content;
        byte_ = bit_ = 1;
        flip_error_.clear();
    }

    const RelayClient* deciding() const {
        const auto found =
            std::ranges::find_if(state_.clients, [](const RelayClient& c) { return c.held.has_value(); });
        return found == state_.clients.end() ? nullptr : &*found;
    }

    void start(View& view) {
        listen_error_.clear();
        to_error_.clear();
        RelayDeskOptions options{.listen = {}, .to = {}, .quiet = quiet_, .hold = hold_};
        try {
            options.listen = parse_host_port(listen_);
        } catch (const Error& error) {
            listen_error_ = error.what();
        }
        try {
            options.to = parse_host_port(to_);
        } catch (const Error& error) {
            to_error_ = error.what();
        }
        if (!listen_error_.empty() || !to_error_.empty()) return;
        try {
            desk_.start(options);
        } catch (const Error& error) {
            listen_error_ = error.what();
        }
        view.ui.notice.clear();
    }

    void send(const RelayClient& client) {
        const bool same = text_ == client.held->content;
        desk_.deliver(client.id, same ? std::nullopt : std::optional(text_));
    }

    void desk(View& view, Canvas& canvas);
    void address(View& view, Canvas& canvas, const char* id, const char* name, std::string& text,
                 const std::string& error);
    void setting(View& view, Canvas& canvas);
    void client(View& view, Canvas& canvas, const RelayClient& c);
    void decision(View& view, Canvas& canvas, const RelayClient& c);
    void flip(View& view, Canvas& canvas, const RelayClient& c);
    void passed(View& view, Canvas& canvas);

    RelayDesk desk_;
    RelayState state_;
    Seconds now_{0};
    bool drawn_ = false; // in the last frame: what nobody sees needs no frames
    std::string listen_ = "127.0.0.1:4647", to_ = "127.0.0.1:4646", listen_error_, to_error_;
    bool quiet_ = false, hold_ = true;
    std::string text_; // of the message that waits, as it is to go on
    std::pair<std::uint64_t, std::uint64_t> shown_{};
    int byte_ = 1, bit_ = 1;
    std::string flip_error_;
};

bool button(const char* words, float em) { return ImGui::Button(words, {0, 1.9F * em}); }

void RelayPage::address(View& view, Canvas& canvas, const char* id, const char* name, std::string& text,
                        const std::string& error) {
    const float em = view.fonts.em;
    const bool wrong = !error.empty();
    canvas.paragraph(view.fonts.small, view.theme.muted, name);
    if (wrong) ImGui::PushStyleColor(ImGuiCol_Border, view.theme.error);
    ImGui::SetNextItemWidth(std::min(18 * em, ImGui::GetContentRegionAvail().x));
    ImGui::InputText(id, &text);
    if (wrong) ImGui::PopStyleColor();
    if (wrong) canvas.paragraph(view.fonts.small, view.theme.error, error);
}

void RelayPage::setting(View& view, Canvas& canvas) {
    const float em = view.fonts.em;
    address(view, canvas, "##listen", "Clients connect to", listen_, listen_error_);
    address(view, canvas, "##to", "The real server is at", to_, to_error_);
    ImGui::Checkbox("quiet: pass on as it is, and listen (Q)", &quiet_);
    if (ImGui::Checkbox("hold each message until I decide (H)", &hold_)) desk_.hold(hold_);
    if (button("Listen (Enter)", em)) start(view);
}

void RelayPage::desk(View& view, Canvas& canvas) {
    const float em = view.fonts.em;
    const Theme& theme = view.theme;
    canvas.paragraph(view.fonts.title, theme.text, "The person in the middle");
    canvas.paragraph(
        view.fonts.small, theme.muted,
        quiet_ ? "Lines go on as they came. Whoever listens knows p, g, both public keys and every ciphertext, but no "
                 "private key, so neither the secret nor the texts."
               : "Diffie-Hellman makes a secret with whoever answers. The relay answers the client as if it were the "
                 "server and the server as if it were the client: two handshakes, two keys, and every message lies "
                 "open. Only fingerprints that the two read to each other give it away.");
    ImGui::Dummy({1, 0.3F * em});
    if (!state_.error.empty()) canvas.paragraph(view.fonts.text, theme.error, state_.error);
    if (!desk_.running()) return setting(view, canvas);
    canvas.paragraph(view.fonts.text, theme.current,
                     fmt::format("Listening on {}, passing on to {}", state_.address, escape_controls(to_)));
    if (ImGui::Checkbox("hold each message until I decide (H)", &hold_)) desk_.hold(hold_);
    if (button("Stop (S)", em)) {
        desk_.stop();
        return;
    }
    if (state_.clients.empty())
        canvas.paragraph(view.fonts.text, theme.muted,
                         fmt::format("No client yet: keyhole connect {}", state_.address));
    for (const RelayClient& c : state_.clients) client(view, canvas, c);
}

void RelayPage::client(View& view, Canvas& canvas, const RelayClient& c) {
    const float em = view.fonts.em;
    const Theme& theme = view.theme;
    ImGui::Dummy({1, 0.3F * em});
    ImGui::PushID(reinterpret_cast<void*>(c.id)); // NOLINT: only an identity
    canvas.paragraph(view.fonts.text, theme.text, fmt::format("Client {}", escape_controls(c.peer)));
    if (!c.trouble.empty()) canvas.paragraph(view.fonts.small, theme.error, escape_controls(c.trouble));
    for (const Role role : {Role::client, Role::server}) {
        const auto& digits = c.fingerprints[static_cast<std::size_t>(role)];
        if (digits && !(quiet_ && role == Role::server))
            canvas.paragraph(
                view.fonts.figures_small, theme.secret,
                fmt::format("{}: {}", quiet_ ? "fingerprint of both" : fmt::format("with the {}", name(role)),
                            *digits));
    }
    for (const Role role : {Role::client, Role::server}) {
        if (quiet_ && role == Role::server) continue;
        const std::string words =
            quiet_ ? "Step through what was heard" : fmt::format("Step through the handshake with the {}", name(role));
        if (button(words.c_str(), em)) {
            auto recording = desk_.recording(c.id, role);
            if (recording) view.wishes.open = Opened{std::move(*recording), quiet_ ? "overheard" : "relay", {}};
        }
    }
    if (c.held) decision(view, canvas, c);
    ImGui::PopID();
}

void RelayPage::decision(View& view, Canvas& canvas, const RelayClient& c) {
    const float em = view.fonts.em;
    canvas.paragraph(view.fonts.text, view.theme.current,
                     fmt::format("{} {} of the {} waits{}", c.held->frame ? "Line" : "Message", c.held->number,
                                 name(c.held->from), c.waiting > 1 ? fmt::format(", {} in all", c.waiting) : ""));
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - 0.3F * em);
    ImGui::InputText("##text", &text_);
    if (button(text_ == c.held->content ? "Send (Enter)" : "Send altered (Enter)", em)) send(c);
    ImGui::SameLine();
    if (button("Drop (D)", em)) desk_.drop(c.id);
    if (c.held->frame && std::holds_alternative<MessageFrame>(*c.held->frame)) flip(view, canvas, c);
}

void RelayPage::flip(View& view, Canvas& canvas, const RelayClient& c) {
    const float em = view.fonts.em;
    ImGui::SetNextItemWidth(6 * em);
    ImGui::InputInt("byte", &byte_);
    ImGui::SameLine();
    ImGui::SetNextItemWidth(5 * em);
    ImGui::InputInt("bit", &bit_);
    byte_ = std::max(byte_, 1);
    bit_ = std::clamp(bit_, 1, 8);
    ImGui::SameLine();
    if (button("Turn it", em)) {
        const BitPlace place{.byte = static_cast<std::size_t>(byte_), .bit = static_cast<unsigned>(bit_)};
        const auto line = flip_bit(std::get<MessageFrame>(*c.held->frame), place);
        flip_error_ = line ? "" : "the ciphertext has no such byte";
        if (line) text_ = *line;
    }
    if (!flip_error_.empty()) canvas.paragraph(view.fonts.small, view.theme.error, flip_error_);
    canvas.paragraph(view.fonts.small, view.theme.muted,
                     "A bit of the ciphertext: nothing in a DES message tells its receiver that it was turned.");
}

void RelayPage::passed(View& view, Canvas& canvas) {
    const Theme& theme = view.theme;
    canvas.paragraph(view.fonts.title, theme.text, "What has passed");
    if (state_.notes.empty()) canvas.paragraph(view.fonts.small, theme.muted, "Nothing yet.");
    for (const RelayNote& note : state_.notes) {
        const char* mark = "";
        ImU32 ink = theme.text;
        switch (note.kind) {
            case RelayNote::Kind::state: ink = theme.muted; break;
            case RelayNote::Kind::passed: break;
            case RelayNote::Kind::altered: mark = "altered: ", ink = theme.current; break;
            case RelayNote::Kind::dropped: mark = "dropped: ", ink = theme.error; break;
            case RelayNote::Kind::refused: ink = theme.error; break;
        }
        canvas.paragraph(view.fonts.text, ink,
                         fmt::format("{}{}{}{}", note.who, note.who.empty() ? "" : "> ", mark, note.text));
    }
    if (ImGui::GetScrollY() >= ImGui::GetScrollMaxY() - view.fonts.em) ImGui::SetScrollHereY(1);
}

} // namespace

std::unique_ptr<Page> make_relay_page() { return std::make_unique<RelayPage>(); }

} // namespace keyhole::viz
