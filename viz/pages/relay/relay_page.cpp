#include "viz/pages/relay/relay_page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "viz/draw/imgui_compat.hpp"
#include "viz/draw/imgui_point.hpp"
#include "viz/frame/field_view.hpp"
#include "viz/pages/relay/relay_views.hpp"

namespace keyhole::viz {
namespace {

constexpr Seconds between_looks{0.2};

} // namespace

std::optional<Seconds> RelayPage::due() const {
    return controller_.running() ? std::optional(now_ + between_looks) : std::nullopt;
}

bool RelayPage::press(const KeyPress& press, FrameContext& context) {
    if (press.ctrl || press.alt) return false;
    const RelayClient* client = deciding();
    const bool running = controller_.running();
    if (press.key == Key::enter && (!running || client != nullptr)) {
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
    if (press.key == key_of('e') || press.key == Key::tab) {
        ring_.focus(0);
    } else if (press.key == key_of('h')) {
        hold(!hold_);
    } else if (press.key == key_of('q') && !running) {
        quiet_ = !quiet_;
    } else if (press.key == key_of('s') && running) {
        controller_.stop();
    } else if (press.key == key_of('d') && client != nullptr) {
        controller_.drop(client->id);
    } else if (press.key == Key::page_up || press.key == Key::page_down) {
        choose_by(press.key == Key::page_up ? -1 : 1);
    } else if ((press.key == key_of('c') || press.key == key_of('v')) && chosen() != nullptr) {
        controller_.ask_recording(chosen()->id, press.key == key_of('c') ? Role::client : Role::server);
    } else if (press.key == key_of('x') && chosen() != nullptr && chosen()->over) {
        controller_.close(chosen()->id);
    } else if (press.key == key_of('a') && !running) {
        message_ = message_ % std::max<std::size_t>(context.trace.recording().messages.size(), 1) + 1;
    } else if (client != nullptr ? !has_ciphertext(*client) : !can_flip(context)) {
        return false;
    } else if (press.key == key_of('t')) {
        client != nullptr ? turn(*client) : turn_shown(context);
    } else {
        return press_flip(press, flip_);
    }
    return true;
}

void RelayPage::draw(FrameContext& context, Rect /*room*/) {
    editing_ = false;
    ring_.begin();
    if (controller_.version() != state_.version) take();
    const float em = context.fonts.em;
    const Point at = to_point(ImGui::GetCursorScreenPos());
    const ImVec2 room = ImGui::GetContentRegionAvail();
    const bool narrow = room.x < 52 * em;
    const float left = narrow ? room.x : 0.5F * room.x, gap = 1.2F * em;
    if (begin_column(context, "middle", {at.x, at.y, left, narrow ? 0.6F * room.y : room.y})) middle(context);
    ImGui::EndChild();
    if (begin_column(context, "passed",
                     narrow ? Rect{at.x, at.y + 0.62F * room.y, room.x, 0.38F * room.y}
                            : Rect{at.x + left + gap, at.y, room.x - left - gap, room.y}))
        draw_relay_notes(context, state_);
    ImGui::EndChild();
    ring_.end();
    if (auto heard = controller_.take_heard()) {
        const bool overheard = is_overheard(heard->recording);
        context.requests.open({std::move(heard->recording), overheard ? "overheard" : "relay", {}});
    }
    if (std::exchange(entered_, false)) enter(context);
}

void RelayPage::enter(FrameContext& context) {
    if (!controller_.running()) {
        start(context);
    } else if (const RelayClient* client = deciding()) {
        send(*client);
    }
}

void RelayPage::take() {
    state_ = controller_.state();
    const RelayClient* client = deciding();
    const auto shown =
        client == nullptr
            ? std::pair<std::uint64_t, std::uint64_t>{}
            : std::pair{client->id, client->held->number * 2 + (client->held->from == Role::client ? 1U : 0U)};
    if (shown == shown_) return;
    shown_ = shown;
    text_ = client == nullptr ? "" : client->held->content;
    flip_ = {};
    flip_error_.clear();
}

void RelayPage::hold(bool yes) {
    hold_ = yes;
    controller_.hold(yes);
}

void RelayPage::hold_box() {
    if (ImGui::Checkbox("hold each message until I decide (H)", &hold_)) hold(hold_);
}

const RelayClient* RelayPage::chosen() const {
    const auto found = std::ranges::find(state_.clients, chosen_, &RelayClient::id);
    return found != state_.clients.end() ? &*found : state_.clients.empty() ? nullptr : &state_.clients.front();
}

void RelayPage::choose_by(int by) {
    const RelayClient* now = chosen();
    if (now == nullptr) return;
    const auto last = static_cast<std::ptrdiff_t>(state_.clients.size()) - 1;
    chosen_ =
        state_.clients[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(now - state_.clients.data() + by, 0, last))]
            .id;
}

bool RelayPage::has_ciphertext(const RelayClient& client) {
    return client.held && client.held->frame && std::holds_alternative<MessageFrame>(*client.held->frame);
}

bool RelayPage::can_flip(const FrameContext& context) const {
    const Recording& recording = context.trace.recording();
    return !controller_.running() && recording.parameters && !recording.messages.empty() && !is_overheard(recording);
}

void RelayPage::turn(const RelayClient& client) {
    const auto line = flip_bit(std::get<MessageFrame>(*client.held->frame), flip_.place);
    flip_error_ = line ? "" : "the message has no such byte";
    if (line) text_ = *line;
}

void RelayPage::turn_shown(FrameContext& context) {
    flip_error_.clear();
    auto recording = received_flipped(context.trace.recording(), message_, flip_.place, flip_error_);
    if (!recording) return;
    const bool read = recording->messages.back().received->plaintext.has_value();
    context.requests.notice(
        read ? "Nothing authenticates a DES message: the receiver takes the altered text for the sender's."
             : "The receiver refuses it, but not for the turned bit: nothing authenticates a DES message. What was "
               "deciphered ends in no padding or is no text.");
    context.requests.open({std::move(*recording), fmt::format("message {} with {} turned", message_, to_text(flip_)),
                           fmt::format("message.{}/decrypt", message_)});
}

const RelayClient* RelayPage::deciding() const {
    const auto found = std::ranges::find_if(state_.clients, [](const RelayClient& c) { return c.held.has_value(); });
    return found == state_.clients.end() ? nullptr : &*found;
}

void RelayPage::start(FrameContext& context) {
    listen_error_.clear();
    to_error_.clear();
    RelaySetup setup{.listen = {}, .to = {}, .quiet = quiet_, .hold = hold_};
    try {
        setup.listen = parse_host_port(listen_);
    } catch (const Error& error) {
        listen_error_ = error.what();
    }
    try {
        setup.to = parse_host_port(to_);
    } catch (const Error& error) {
        to_error_ = error.what();
    }
    if (!listen_error_.empty() || !to_error_.empty()) return;
    controller_.start(setup);
    context.requests.notice({});
}

void RelayPage::send(const RelayClient& client) {
    const bool same = text_ == client.held->content;
    controller_.deliver(client.id, same ? std::nullopt : std::optional(text_));
}

void RelayPage::field(FrameContext& context, ScreenCanvas& canvas, const FieldLook& look, std::string& text) {
    editing_ = text_field(context, canvas, ring_, look, text) || editing_;
}

void RelayPage::setting(FrameContext& context, ScreenCanvas& canvas) {
    const float label = 11 * context.fonts.em;
    field(context, canvas, {.label = "Clients connect to (E)", .fault = listen_error_, .label_width = label}, listen_);
    field(context, canvas, {.label = "The real server is at", .fault = to_error_, .label_width = label}, to_);
    ImGui::Checkbox("quiet: pass on as it is, and listen (Q)", &quiet_);
    hold_box();
    if (flow_button(context, "Listen (Enter)", true, true)) start(context);
    if (can_flip(context)) flip_shown(context, canvas);
}

void RelayPage::flip_shown(FrameContext& context, ScreenCanvas& canvas) {
    ImGui::Dummy({1, 0.6F * context.fonts.em});
    canvas.paragraph(FontRole::text, Ink::text,
                     fmt::format("Without a network: message {} of the trace that is shown (A: the next), with one bit "
                                 "turned on its way",
                                 message_));
    if (draw_flip(context, canvas, flip_, "Turn it and see what the receiver makes of it (T)")) turn_shown(context);
    if (!flip_error_.empty()) canvas.paragraph(FontRole::small, Ink::error, flip_error_);
}

void RelayPage::middle(FrameContext& context) {
    ScreenCanvas canvas(context.theme, context.fonts);
    const float em = context.fonts.em;
    canvas.paragraph(FontRole::title, Ink::text, "The person in the middle");
    canvas.paragraph(
        FontRole::small, Ink::muted,
        quiet_ ? "Lines go on as they came. Whoever listens knows p, g, both public keys and every ciphertext, but no "
                 "private key, so neither the secret nor the texts."
               : "Diffie-Hellman makes a secret with whoever answers. The relay answers the client as if it were the "
                 "server and the server as if it were the client: two handshakes, two keys, and every message lies "
                 "open. Only fingerprints that the two read to each other give it away.");
    ImGui::Dummy({1, 0.3F * em});
    if (!state_.error.empty()) canvas.paragraph(FontRole::text, Ink::error, state_.error);
    if (!controller_.running()) {
        setting(context, canvas);
        return clients(context, canvas);
    }
    canvas.paragraph(FontRole::text, Ink::current,
                     state_.address.empty()
                         ? std::string("Looking up the addresses ..")
                         : fmt::format("Listening on {}, passing on to {}", state_.address, escape_controls(to_)));
    hold_box();
    if (flow_button(context, "Stop (S)", true, true)) {
        controller_.stop();
        return;
    }
    if (state_.clients.empty())
        canvas.paragraph(FontRole::text, Ink::muted, fmt::format("No client yet: keyhole connect {}", state_.address));
    clients(context, canvas);
}

void RelayPage::clients(FrameContext& context, ScreenCanvas& canvas) {
    for (const RelayClient& c : state_.clients) client(context, canvas, c);
}

void RelayPage::client(FrameContext& context, ScreenCanvas& canvas, const RelayClient& c) {
    const float em = context.fonts.em;
    ImGui::Dummy({1, 0.3F * em});
    ImGui::PushID(reinterpret_cast<void*>(c.id)); // NOLINT: only an identity
    const bool is_chosen = chosen() == &c;
    canvas.paragraph(FontRole::text,
                     c.over      ? Ink::muted
                     : is_chosen ? Ink::current
                                 : Ink::text,
                     fmt::format("Client {}  {}{}", c.id, escape_controls(c.peer),
                                 c.over                                   ? ", gone"
                                 : is_chosen && state_.clients.size() > 1 ? " (Page Up, Page Down)"
                                                                          : ""));
    if (!c.trouble.empty()) canvas.paragraph(FontRole::small, Ink::error, escape_controls(c.trouble));
    for (const Role role : {Role::client, Role::server}) {
        const auto& digits = c.fingerprints[static_cast<std::size_t>(role)];
        if (digits && !(quiet_ && role == Role::server))
            canvas.paragraph(
                FontRole::figures_small, Ink::secret,
                fmt::format("{}: {}", quiet_ ? "fingerprint of both" : fmt::format("with the {}", name(role)),
                            *digits));
    }
    for (const Role role : {Role::client, Role::server}) {
        if (quiet_ && role == Role::server) continue;
        const std::string words = fmt::format(
            "Step through {}{}", quiet_ ? "what was heard" : fmt::format("the handshake with the {}", name(role)),
            !is_chosen             ? ""
            : role == Role::client ? " (C)"
                                   : " (V)");
        if (flow_button(context, words.c_str(), true, role == Role::client)) controller_.ask_recording(c.id, role);
    }
    if (c.over && flow_button(context, is_chosen ? "Close (X)" : "Close", true, false)) controller_.close(c.id);
    if (&c == deciding()) decision(context, canvas, c);
    if (c.held && &c != deciding())
        canvas.paragraph(FontRole::small, Ink::muted, "A message of it waits until the one above is decided.");
    ImGui::PopID();
}

void RelayPage::decision(FrameContext& context, ScreenCanvas& canvas, const RelayClient& c) {
    const float em = context.fonts.em;
    canvas.paragraph(FontRole::text, Ink::current,
                     fmt::format("{} {} of the {} waits{}", c.held->frame ? "Line" : "Message", c.held->number,
                                 name(c.held->from), c.waiting > 1 ? fmt::format(", {} in all", c.waiting) : ""));
    field(context, canvas, {.label = "(E)", .label_width = 2 * em}, text_);
    if (flow_button(context, text_ == c.held->content ? "Send (Enter)" : "Send altered (Enter)", true, true)) send(c);
    if (flow_button(context, "Drop (D)", true, false)) controller_.drop(c.id);
    if (c.held->frame && std::holds_alternative<MessageFrame>(*c.held->frame)) flip(context, canvas, c);
}

void RelayPage::flip(FrameContext& context, ScreenCanvas& canvas, const RelayClient& c) {
    if (draw_flip(context, canvas, flip_, "Turn it (T)")) turn(c);
    if (!flip_error_.empty()) canvas.paragraph(FontRole::small, Ink::error, flip_error_);
    canvas.paragraph(FontRole::small, Ink::muted, "Nothing in a DES message tells its receiver that a bit was turned.");
}

} // namespace keyhole::viz
