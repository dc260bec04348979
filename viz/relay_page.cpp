// The person in the middle: where to listen and where to pass on to, each message with the choice to send, alter or
// drop it, the two fingerprints, and what has passed.
#include <fmt/format.h>

#include <algorithm>

#include "core/bytes.hpp"
#include "core/error.hpp"
#include "viz/field_view.hpp"
#include "viz/imgui_compat.hpp"
#include "viz/pages.hpp"
#include "viz/relay_desk.hpp"

namespace keyhole::viz {
namespace {

constexpr Seconds between_looks{0.2};

class RelayPage final : public Page {
  public:
    void tick(Seconds now) override { now_ = now; }
    std::optional<Seconds> due() const override {
        return desk_.running() ? std::optional(now_ + between_looks) : std::nullopt;
    }

    bool press(const KeyPress& press, View& /*view*/) override {
        if (press.ctrl || press.alt) return false;
        const RelayClient* client = deciding();
        const bool running = desk_.running();
        if (press.key == Key::enter && (!running || client != nullptr)) {
            // Carried out after drawing, when characters that came with it are in the field.
            entered_ = true;
            return true;
        }
        if (editing_ && press.key == Key::escape) {
            // Before ImGui sees it, which would put back what the field held before.
            compat::leave_field();
            return true;
        }
        if (editing_) return false;
        if (press.key == key_of('e') || press.key == Key::tab) {
            ring_.focus(0);
        } else if (press.key == key_of('h')) {
            hold_ = !hold_;
            desk_.hold(hold_);
        } else if (press.key == key_of('q') && !running) {
            quiet_ = !quiet_;
        } else if (press.key == key_of('s') && running) {
            desk_.stop();
        } else if (press.key == key_of('d') && client != nullptr) {
            desk_.drop(client->id);
        } else {
            return false;
        }
        return true;
    }

    void draw(View& view, Rect /*room*/) override {
        editing_ = false;
        ring_.begin();
        if (desk_.version() != state_.version) take();
        const float em = view.fonts.em;
        const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
        const bool narrow = room.x < 52 * em;
        const float left = narrow ? room.x : 0.5F * room.x, gap = 1.2F * em;
        if (begin_column("desk", {at.x, at.y, left, narrow ? 0.6F * room.y : room.y})) desk(view);
        ImGui::EndChild();
        if (begin_column("passed", narrow ? Rect{at.x, at.y + 0.62F * room.y, room.x, 0.38F * room.y}
                                          : Rect{at.x + left + gap, at.y, room.x - left - gap, room.y}))
            passed(view);
        ImGui::EndChild();
        ring_.end();
        if (std::exchange(entered_, false)) enter(view);
    }

  private:
    void enter(View& view) {
        if (!desk_.running()) {
            start(view);
        } else if (const RelayClient* client = deciding()) {
            send(*client);
        }
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

    void desk(View& view);
    void field(View& view, Canvas& canvas, const FieldLook& look, std::string& text) {
        editing_ = text_field(view, canvas, ring_, look, text) || editing_;
    }
    void setting(View& view, Canvas& canvas);
    void client(View& view, Canvas& canvas, const RelayClient& c);
    void decision(View& view, Canvas& canvas, const RelayClient& c);
    void flip(View& view, Canvas& canvas, const RelayClient& c);
    void passed(View& view);

    RelayDesk desk_;
    RelayState state_;
    Seconds now_{0};
    FieldRing ring_;
    bool editing_ = false, entered_ = false; // since the last frame
    std::string listen_ = "127.0.0.1:4647", to_ = "127.0.0.1:4646", listen_error_, to_error_;
    bool quiet_ = false, hold_ = true;
    std::string text_; // of the message that waits, as it is to go on
    std::pair<std::uint64_t, std::uint64_t> shown_{};
    int byte_ = 1, bit_ = 1;
    std::string flip_error_;
};

void RelayPage::setting(View& view, Canvas& canvas) {
    const float label = 11 * view.fonts.em;
    field(view, canvas, {.label = "Clients connect to (E)", .fault = listen_error_, .label_width = label}, listen_);
    field(view, canvas, {.label = "The real server is at", .fault = to_error_, .label_width = label}, to_);
    ImGui::Checkbox("quiet: pass on as it is, and listen (Q)", &quiet_);
    if (ImGui::Checkbox("hold each message until I decide (H)", &hold_)) desk_.hold(hold_);
    if (flow_button(view, "Listen (Enter)", true, true)) start(view);
}

void RelayPage::desk(View& view) {
    Canvas canvas(view.theme, view.fonts);
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
    if (flow_button(view, "Stop (S)", true, true)) {
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
        if (flow_button(view, words.c_str(), true, role == Role::client)) {
            auto recording = desk_.recording(c.id, role);
            if (recording) view.wishes.open = Opened{std::move(*recording), quiet_ ? "overheard" : "relay", {}};
        }
    }
    if (&c == deciding()) decision(view, canvas, c);
    if (c.held && &c != deciding())
        canvas.paragraph(view.fonts.small, theme.muted, "A message of it waits until the one above is decided.");
    ImGui::PopID();
}

void RelayPage::decision(View& view, Canvas& canvas, const RelayClient& c) {
    const float em = view.fonts.em;
    canvas.paragraph(view.fonts.text, view.theme.current,
                     fmt::format("{} {} of the {} waits{}", c.held->frame ? "Line" : "Message", c.held->number,
                                 name(c.held->from), c.waiting > 1 ? fmt::format(", {} in all", c.waiting) : ""));
    field(view, canvas, {.label = "(E)", .label_width = 2 * em}, text_);
    if (flow_button(view, text_ == c.held->content ? "Send (Enter)" : "Send altered (Enter)", true, true)) send(c);
    if (flow_button(view, "Drop (D)", true, false)) desk_.drop(c.id);
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
    if (flow_button(view, "Turn it", true, false)) {
        const BitPlace place{.byte = static_cast<std::size_t>(byte_), .bit = static_cast<unsigned>(bit_)};
        const auto line = flip_bit(std::get<MessageFrame>(*c.held->frame), place);
        flip_error_ = line ? "" : "the ciphertext has no such byte";
        if (line) text_ = *line;
    }
    if (!flip_error_.empty()) canvas.paragraph(view.fonts.small, view.theme.error, flip_error_);
    canvas.paragraph(view.fonts.small, view.theme.muted,
                     "A bit of the ciphertext: nothing in a DES message tells its receiver that it was turned.");
}

void RelayPage::passed(View& view) {
    Canvas canvas(view.theme, view.fonts);
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
