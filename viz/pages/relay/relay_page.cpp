#include "viz/pages/relay/relay_page.hpp"

#include <fmt/format.h>

#include "core/base/bytes.hpp"
#include "viz/draw/imgui_point.hpp"
#include "viz/frame/field_view.hpp"
#include "viz/frame/grown_picture.hpp"
#include "viz/pages/relay/relay_model.hpp"
#include "viz/pages/relay/relay_scene.hpp"
#include "viz/pages/relay/relay_views.hpp"
#include "viz/scene/scene_picture.hpp"

namespace keyhole::viz {
namespace {

class RelayPage final : public Page {
  public:
    void set_wake(std::function<void()> wake) override { relay_.controller().set_wake(std::move(wake)); }

    std::span<const PageAction> actions() const override {
        static constexpr std::array all = {
            PageAction{{.key = key_of('e')}, "E", "edit"},
            PageAction{{.key = Key::enter}, "Enter", "listen, send"},
            PageAction{{.key = key_of('o')}, "O", "hold"},
            PageAction{{.key = key_of('x')}, "X", "drop"},
            PageAction{{.key = key_of('q')}, "Q", "quiet"},
            PageAction{{.key = key_of('i')}, "I", "ciphertext or IV"},
            PageAction{{.key = key_of('u')}, "U", "turn the bit"},
            PageAction{{.key = key_of('c')}, "C", "trace with the client"},
            PageAction{{.key = key_of('y')}, "Y", "trace with the server"},
            PageAction{{.key = key_of('g')}, "G", "close one that is gone"},
            PageAction{{.key = key_of('s')}, "S", "stop"},
        };
        return all;
    }

    bool press(const KeyPress& press, FrameContext& context) override {
        if (press.ctrl || press.alt) return false;
        const Recording& shown = context.trace.recording();
        const RelayClient* deciding = relay_.deciding();
        const RelayClient* chosen = relay_.chosen();
        const bool running = relay_.running(), nothing_to_do = running && deciding == nullptr;
        if ((press.key != Key::enter || !nothing_to_do) && fields_.press(press)) return true;
        if (fields_.editing()) return false;
        if (press.key == key_of('e') || press.key == Key::tab) {
            fields_.focus(0);
        } else if (press.key == key_of('o')) {
            relay_.set_hold(!relay_.hold);
        } else if (press.key == key_of('q') && !running) {
            relay_.quiet = !relay_.quiet;
        } else if (press.key == key_of('s') && running) {
            relay_.controller().stop();
        } else if (press.key == key_of('x') && deciding != nullptr) {
            relay_.controller().drop(deciding->id);
        } else if (press.key == Key::page_up || press.key == Key::page_down) {
            relay_.choose_by(press.key == Key::page_up ? -1 : 1);
        } else if ((press.key == key_of('c') || press.key == key_of('y')) && chosen != nullptr) {
            relay_.controller().ask_recording(chosen->id, press.key == key_of('c') ? Role::client : Role::server);
        } else if (press.key == key_of('g') && chosen != nullptr && chosen->over) {
            relay_.controller().close(chosen->id);
        } else if (press.key == key_of('a') && !running) {
            relay_.next_message(shown);
        } else if (deciding != nullptr ? !RelayModel::has_ciphertext(*deciding) : !relay_.can_flip(shown)) {
            return false;
        } else if (press.key == key_of('u')) {
            deciding != nullptr ? relay_.turn_bit(*deciding) : open_flipped(context);
        } else {
            return press_flip(press, relay_.flip);
        }
        return true;
    }

    void draw(FrameContext& context, Rect /*room*/) override {
        fields_.begin();
        relay_.update();
        const Rect room = free_room();
        const float em = context.fonts.em, gap = 1.2F * em;
        const bool narrow = room.w < 52 * em, pictured = !narrow && room.h > 18 * em;
        const float picture = pictured ? 0.6F * room.w : 0;
        if (pictured) {
            const RelayClient* looked_at = relay_.deciding() != nullptr ? relay_.deciding() : relay_.chosen();
            const Scene scene = relay_scene(relay_.state(), looked_at, relay_.quiet, relay_.text);
            const Rect area{room.x, room.y, picture, room.h};
            draw_grown(context, area, [&](Canvas& canvas) { return draw_scene(canvas, scene, area); });
        }
        const float from = room.x + (pictured ? picture + gap : 0), left = room.right() - from;
        const bool beside = !pictured && !narrow;
        const float heading = 4 * em; // nothing has passed yet
        const float upper = beside                         ? room.h
                            : relay_.state().notes.empty() ? room.h - heading
                                                           : (narrow ? 0.66F : 0.74F) * room.h;
        draw_column(context, "middle", {from, room.y, beside ? 0.5F * left : left, upper},
                    [&](ScreenCanvas& canvas) { middle(context, canvas); });
        draw_column(context, "passed",
                    beside ? Rect{from + 0.5F * left + gap, room.y, 0.5F * left - gap, room.h}
                           : Rect{from, room.y + upper + 0.4F * em, left, room.h - upper - 0.4F * em},
                    [&](ScreenCanvas& canvas) { draw_relay_notes(canvas, relay_.state()); });
        fields_.end();
        if (auto heard = relay_.controller().take_heard()) {
            const bool overheard = is_overheard(*heard);
            context.requests.open({std::move(*heard), overheard ? "overheard" : "relay", {}});
        }
        if (fields_.take_entered()) enter(context);
    }

  private:
    void enter(FrameContext& context) {
        if (!relay_.running()) {
            start(context);
        } else if (const RelayClient* client = relay_.deciding()) {
            relay_.send(*client);
        }
    }

    void start(FrameContext& context) {
        if (relay_.start()) context.requests.notice({});
    }

    void hold_box() {
        if (ImGui::Checkbox("hold each message until I decide (O)", &relay_.hold)) relay_.set_hold(relay_.hold);
    }

    void open_flipped(FrameContext& context) {
        auto recording = relay_.flipped(context.trace.recording());
        if (!recording) return;
        const bool read = recording->messages.back().received->plaintext.has_value();
        context.requests.notice(
            read ? "Nothing authenticates a DES message: the receiver takes the altered text for the sender's."
                 : "The receiver refuses it, but not for the turned bit: nothing authenticates a DES message. What was "
                   "deciphered ends in no padding or is no text.");
        context.requests.open({std::move(*recording),
                               fmt::format("message {} with {} turned", relay_.message, to_text(relay_.flip)),
                               fmt::format("message.{}/decrypt", relay_.message)});
    }

    void setting(FrameContext& context, ScreenCanvas& canvas) {
        const float label = 11 * canvas.em();
        text_field(context, canvas, fields_,
                   {.label = "Clients connect to (E)", .fault = relay_.listen_error, .label_width = label},
                   relay_.listen);
        text_field(context, canvas, fields_,
                   {.label = "The real server is at", .fault = relay_.to_error, .label_width = label}, relay_.to);
        ImGui::Checkbox("quiet: pass on as it is, and listen (Q)", &relay_.quiet);
        hold_box();
        if (flow_button(context, "Listen (Enter)", true, true)) start(context);
        if (relay_.can_flip(context.trace.recording())) flip_shown(context, canvas);
    }

    void flip_shown(FrameContext& context, ScreenCanvas& canvas) {
        ImGui::Dummy({1, 0.6F * canvas.em()});
        canvas.paragraph(FontRole::text, Ink::text,
                         fmt::format("Without a network: message {} of the trace that is shown (A: the next), with one "
                                     "bit turned on its way",
                                     relay_.message));
        if (draw_flip(context, canvas, relay_.flip, relay_.flip_error,
                      "Turn it and see what the receiver makes of it (U)"))
            open_flipped(context);
    }

    void middle(FrameContext& context, ScreenCanvas& canvas) {
        canvas.paragraph(FontRole::title, Ink::text, "The person in the middle");
        canvas.paragraph(
            FontRole::small, Ink::muted,
            relay_.quiet
                ? "Lines go on as they came. Whoever listens knows p, g, both public keys and every ciphertext, but no "
                  "private key, so neither the secret nor the texts."
                : "Diffie-Hellman makes a secret with whoever answers. The relay answers the client as if it were the "
                  "server and the server as if it were the client: two handshakes, two keys, and every message lies "
                  "open. Only fingerprints that the two read to each other give it away.");
        ImGui::Dummy({1, 0.3F * canvas.em()});
        const RelayState& state = relay_.state();
        if (!state.error.empty()) canvas.paragraph(FontRole::text, Ink::error, state.error);
        if (!relay_.running()) {
            setting(context, canvas);
            return clients(context, canvas);
        }
        canvas.paragraph(FontRole::text, Ink::current,
                         state.address.empty() ? std::string("Looking up the addresses ..")
                                               : fmt::format("Listening on {}, passing on to {}", state.address,
                                                             escape_controls(relay_.to)));
        hold_box();
        if (flow_button(context, "Stop (S)", true, true)) return relay_.controller().stop();
        if (state.clients.empty()) canvas.paragraph(FontRole::text, Ink::muted, "No client yet.");
        clients(context, canvas);
    }

    void clients(FrameContext& context, ScreenCanvas& canvas) {
        for (const RelayClient& c : relay_.state().clients) client(context, canvas, c);
    }

    void client(FrameContext& context, ScreenCanvas& canvas, const RelayClient& c) {
        ImGui::Dummy({1, 0.3F * canvas.em()});
        ImGui::PushID(reinterpret_cast<void*>(c.id)); // NOLINT: only an identity
        const bool is_chosen = relay_.chosen() == &c, is_deciding = relay_.deciding() == &c;
        canvas.paragraph(FontRole::text,
                         c.over      ? Ink::muted
                         : is_chosen ? Ink::current
                                     : Ink::text,
                         fmt::format("Client {}  {}{}", c.id, escape_controls(c.peer),
                                     c.over                                           ? ", gone"
                                     : is_chosen && relay_.state().clients.size() > 1 ? " (Page Up, Page Down)"
                                                                                      : ""));
        if (!c.trouble.empty()) canvas.paragraph(FontRole::small, Ink::error, escape_controls(c.trouble));
        for (const Role role : client_first) {
            const auto& digits = c.fingerprints[index(role)];
            if (!digits || (relay_.quiet && role == Role::server)) continue;
            canvas.paragraph(
                FontRole::figures_small, Ink::secret,
                fmt::format("{}: {}", relay_.quiet ? "fingerprint of both" : fmt::format("with the {}", name(role)),
                            *digits));
        }
        for (const Role role : client_first) {
            if (relay_.quiet && role == Role::server) continue;
            const std::string words =
                fmt::format("Step through {}{}",
                            relay_.quiet ? "what was heard" : fmt::format("the handshake with the {}", name(role)),
                            !is_chosen             ? ""
                            : role == Role::client ? " (C)"
                                                   : " (Y)");
            if (flow_button(context, words.c_str(), true, role == Role::client))
                relay_.controller().ask_recording(c.id, role);
        }
        if (c.over && flow_button(context, is_chosen ? "Close (G)" : "Close", true, false))
            relay_.controller().close(c.id);
        if (is_deciding) {
            decision(context, canvas, c);
        } else if (c.held) {
            canvas.paragraph(FontRole::small, Ink::muted, "A message of it waits until the one above is decided.");
        }
        ImGui::PopID();
    }

    void decision(FrameContext& context, ScreenCanvas& canvas, const RelayClient& c) {
        canvas.paragraph(FontRole::text, Ink::current,
                         fmt::format("{} {} of the {} waits{}", c.held->frame ? "Line" : "Message", c.held->number,
                                     name(c.held->from), c.waiting > 1 ? fmt::format(", {} in all", c.waiting) : ""));
        text_field(context, canvas, fields_, {.label = "(E)", .label_width = 2 * canvas.em()}, relay_.text);
        const bool as_it_came = relay_.text == c.held->content;
        if (flow_button(context, as_it_came ? "Send (Enter)" : "Send altered (Enter)", true, true)) relay_.send(c);
        if (flow_button(context, "Drop (X)", true, false)) relay_.controller().drop(c.id);
        if (!RelayModel::has_ciphertext(c)) return;
        if (draw_flip(context, canvas, relay_.flip, relay_.flip_error, "Turn it (U)")) relay_.turn_bit(c);
        canvas.paragraph(FontRole::small, Ink::muted,
                         "Nothing in a DES message tells its receiver that a bit was turned.");
    }

    RelayModel relay_;
    FieldRing fields_;
};

} // namespace

std::unique_ptr<Page> make_relay_page() { return std::make_unique<RelayPage>(); }

} // namespace keyhole::viz
