#include "viz/pages/attack/attack_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/attack/search_times.hpp"
#include "core/base/words.hpp"
#include "core/des/des_keys.hpp"
#include "viz/draw/imgui_point.hpp"
#include "viz/frame/field_view.hpp"
#include "viz/pages/attack/attack_view.hpp"
#include "viz/pages/attack/attack_work.hpp"

namespace keyhole::viz {
namespace {

constexpr Seconds between_frames{0.05};

void gap(const ScreenCanvas& canvas) { ImGui::Dummy({1, 0.35F * canvas.em()}); }

// As wide as `share` of the panel at the most, with `words` beside it. True when `value` changed.
bool slider(const char* id, const ScreenCanvas& canvas, float share, int& value, int least, int most,
            const std::string& words) {
    ImGui::SetNextItemWidth(std::min(16 * canvas.em(), share * ImGui::GetContentRegionAvail().x));
    const bool changed = ImGui::SliderInt(id, &value, least, most, "");
    ImGui::SameLine();
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted(words.c_str());
    return changed;
}

class AttackPage final : public Page {
  public:
    std::span<const PageAction> actions() const override {
        static constexpr std::array all = {
            PageAction{{.key = Key::enter}, "Enter", "search the key"},
            PageAction{{.key = Key::up}, "Up", "one bit more"},
            PageAction{{.key = Key::down}, "Down", "one bit less"},
            PageAction{{.key = key_of('a')}, "A", "find a"},
            PageAction{{.key = key_of('c')}, "C", "what searches"},
            PageAction{{.key = key_of('g')}, "G", "gently"},
            PageAction{{.key = key_of('<')}, "<", "smaller p"},
            PageAction{{.key = key_of('>')}, ">", "larger p"},
            PageAction{{.key = Key::escape}, "Esc", "stop"},
        };
        return all;
    }

    bool press(const KeyPress& press, FrameContext& context) override {
        if (!attack_ || press.ctrl || press.alt) return false;
        if (press.key == Key::up || press.key == Key::down) {
            attack_->set_bits(static_cast<int>(attack_->bits()) + (press.key == Key::up ? 1 : -1));
        } else if (press.key == key_of('<') || press.key == key_of('>')) {
            attack_->set_size(attack_->size() + (press.key == key_of('>') ? 1 : -1));
        } else if (press.key == Key::enter) {
            attack_->start_search();
        } else if (press.key == key_of('c')) {
            attack_->next_devices();
        } else if (press.key == key_of('g')) {
            attack_->set_gentle(!attack_->gentle());
        } else if (press.key == key_of('a')) {
            attack_->start_log();
        } else if (press.key == Key::escape && attack_->work() != Attack::Work::none) {
            attack_->cancel();
        } else {
            return false;
        }
        context.requests.notice({});
        return true;
    }

    std::optional<Seconds> due() const override {
        return attack_ && attack_->work() != Attack::Work::none ? std::optional(now_ + between_frames) : std::nullopt;
    }

    void draw(FrameContext& context, Rect /*room*/) override {
        const Recording& r = context.trace.recording();
        if (session_ != context.session.id || messages_ != r.messages.size()) {
            begin(context);
            session_ = context.session.id;
            messages_ = r.messages.size();
        }
        attack_->poll();
        Rect room = free_room();
        if (attack_->found_key() && room.h > 14 * context.fonts.em) {
            const float found = draw_found(context, room);
            room.y += found;
            room.h -= found;
        }
        const float gap = 1.2F * context.fonts.em;
        const bool narrow = room.w < 52 * context.fonts.em;
        // Hardly any room: all of it in one column, instead of two slivers.
        const bool one = narrow && room.h < 20 * context.fonts.em;
        const float left = narrow ? room.w : 0.46F * room.w;
        draw_column(context, "work", {room.x, room.y, left, narrow && !one ? 0.58F * room.h : room.h},
                    [&](ScreenCanvas& canvas) {
                        work(context, canvas);
                        if (one) times(canvas, 0);
                    });
        if (one) return;
        const Rect second = narrow ? Rect{room.x, room.y + 0.6F * room.h, room.w, 0.4F * room.h}
                                   : Rect{room.x + left + gap, room.y, room.w - left - gap, room.h};
        draw_column(context, "times", second, [&](ScreenCanvas& canvas) { times(canvas, second.h); });
    }

    void tick(Seconds now) override { now_ = now; }

  private:
    // What it all was for, in the largest type: the key, and how the first message reads. Returns how high it is.
    float draw_found(FrameContext& context, Rect room) const {
        ScreenCanvas canvas(context.theme, context.fonts);
        const float em = canvas.em();
        const std::string key = fmt::format("The eavesdropper has the key: 0x{:016X}", *attack_->found_key());
        const FontRole font = canvas.largest(key, room.w, {FontRole::hero, FontRole::figures_large, FontRole::figures});
        float y = room.y + 0.2F * em;
        canvas.text(font, {room.x, y}, Ink::key, canvas.shortened(font, key, room.w));
        y += 1.15F * canvas.height(font);
        if (const auto& opened = attack_->opened(); !opened.empty() && opened.front().reads) {
            canvas.text(FontRole::title, {room.x, y}, Ink::text,
                        canvas.shortened(FontRole::title, "\u201C" + opened.front().text + "\u201D", room.w));
            y += 1.2F * canvas.height(FontRole::title);
        }
        return y - room.y + 0.4F * em;
    }

    // With the next message of the same exchange the rates stay, and what the sliders say.
    void begin(const FrameContext& context) {
        std::optional<AttackRates> known;
        if (attack_ && session_ == context.session.id && attack_->rates().keys.median > 0) known = attack_->rates();
        auto next = std::make_unique<Attack>(context.trace, std::move(known));
        if (attack_) next->take_choices(*attack_);
        attack_ = std::move(next);
    }

    void times(ScreenCanvas& canvas, float room) {
        const float top = ImGui::GetCursorPosY();
        canvas.paragraph(FontRole::title, Ink::text, "How long it takes");
        const auto sizes = group_sizes();
        int size = attack_->size();
        if (slider("##size", canvas, 0.5F, size, 0, static_cast<int>(sizes.size()) - 1,
                   fmt::format("safe p of {} bits (<, >)", sizes[static_cast<std::size_t>(size)])))
            attack_->set_size(size);
        const auto times = attack_->times();
        Rect axis = free_room();
        axis.h = std::max(room - (ImGui::GetCursorPosY() - top) - 0.4F * canvas.em(),
                          attack_axis_height(canvas.em(), times.size()));
        draw_attack_axis(canvas, axis, times);
        ImGui::Dummy({1, axis.h});
    }

    void work(FrameContext& context, ScreenCanvas& canvas) {
        canvas.paragraph(FontRole::title, Ink::text, "An eavesdropper opens the session");
        on_the_wire(context, canvas);
        gap(canvas);
        key_search(context, canvas);
        gap(canvas);
        logarithm(context, canvas);
        gap(canvas);
        conversation(canvas);
    }

    void on_the_wire(FrameContext& context, ScreenCanvas& canvas) {
        const AttackTarget& target = attack_->target();
        std::string words = "From the wire: ";
        if (target.parameters) {
            const auto number = [](const std::optional<Number>& n) {
                if (!n) return std::string("not sent yet");
                const std::string text = to_text(*n);
                return text.size() <= 24 ? text : text.substr(0, 20) + "\u2026";
            };
            words +=
                fmt::format("p = {}, g = {}, A = {}, B = {}", number(target.parameters->p),
                            number(target.parameters->g), number(target.public_keys[0]), number(target.public_keys[1]));
        } else {
            words += "nothing of a key exchange";
        }
        words += fmt::format("; {} in {} mode.", counted(messages_, "message"), name(context.trace.recording().mode()));
        canvas.paragraph(FontRole::text, Ink::text, words);
    }

    void progress(ScreenCanvas& canvas, std::string_view unit) {
        const float em = canvas.em();
        const Rect at = free_room();
        const float width = at.w - 0.3F * em;
        const float full = static_cast<float>(attack_->share()) * width;
        canvas.box({at.x, at.y, width, 0.7F * em}, Ink::raised, Ink::border);
        canvas.box({at.x, at.y, std::max(full, 0.2F * em), 0.7F * em}, Ink::current, Ink::none);
        ImGui::Dummy({1, 0.8F * em});
        canvas.paragraph(FontRole::small, Ink::text,
                         fmt::format("{:.1f} % \u00B7 {} {}/s \u00B7 Esc stops it", 100 * attack_->share(),
                                     short_number(attack_->rate()), unit));
    }

    void key_search(FrameContext& context, ScreenCanvas& canvas) {
        const AttackTarget& target = attack_->target();
        canvas.paragraph(FontRole::text, Ink::key, "Trying every key");
        if (!target.why_no_search.empty())
            return canvas.paragraph(FontRole::small, Ink::muted, "Not here: " + target.why_no_search + ".");
        canvas.paragraph(
            FontRole::small, Ink::muted,
            fmt::format("The eavesdropper guesses how message {} begins, so knows one block before and after "
                        "DES: 0x{:016X} and 0x{:016X}. All but the rightmost bits of the key are given away, so "
                        "that the class need not wait.",
                        target.message, target.pair->plaintext, target.pair->ciphertext));
        int bits = static_cast<int>(attack_->bits());
        if (slider("##bits", canvas, 0.6F, bits, 1, 56, counted(static_cast<std::uint64_t>(bits), "unknown bit")))
            attack_->set_bits(bits);
        if (flow_button(context, "Search (Enter)", attack_->work() == Attack::Work::none, false))
            attack_->start_search();
        devices(context, canvas);
        if (const Rate& keys = attack_->rates().keys; keys.median > 0) {
            canvas.paragraph(FontRole::small, Ink::text,
                             fmt::format("2^{} keys: {} for all of them, half of that on average. Measured on {}: {}.",
                                         bits, long_span_of_time(bits - std::log2(keys.median)),
                                         counted(attack_->rates().cores, "core"), keys.words("keys")));
        }
        if (attack_->work() == Attack::Work::search) progress(canvas, "keys");
    }

    // Where a card is here: what the search runs on.
    void devices(FrameContext& context, ScreenCanvas& canvas) {
        const std::vector<AttackCard>& cards = attack_->rates().cards;
        if (cards.empty()) return;
        const bool free = attack_->work() == Attack::Work::none;
        const std::string words =
            "On " + device_words(attack_->devices(), cards, attack_->rates().cores) + " (C)###devices";
        if (flow_button(context, words.c_str(), free, true)) attack_->next_devices();
        if (attack_->devices() == AttackDevices::cpu) return;
        const char* gentle = attack_->gentle() ? "Gentle: 0.1 s at a time (G)###gentle" : "Not gentle (G)###gentle";
        if (flow_button(context, gentle, free, false)) attack_->set_gentle(!attack_->gentle());
        for (const AttackCard& card : cards) {
            if (card.rate > 0)
                canvas.paragraph(
                    FontRole::small, Ink::text,
                    fmt::format("{}: {} keys/s, measured here.", card.device.name, short_number(card.rate)));
        }
    }

    void logarithm(FrameContext& context, ScreenCanvas& canvas) {
        canvas.paragraph(FontRole::text, Ink::secret, "The discrete logarithm");
        const AttackTarget& target = attack_->target();
        if (!target.why_no_log.empty())
            return canvas.paragraph(FontRole::small, Ink::muted, "Not here: " + target.why_no_log + ".");
        canvas.paragraph(
            FontRole::small, Ink::muted,
            "From A = g^a modulo p alone: find an exponent that gives A, raise B to it, derive the key as both "
            "sides did.");
        if (flow_button(context, "Find a (A)", attack_->work() == Attack::Work::none, true)) attack_->start_log();
        if (const Rate& rate = attack_->rates().operations; rate.median > 0 && attack_->log2_operations() > 0) {
            canvas.paragraph(FontRole::small, Ink::text,
                             fmt::format("p has {} bits: about 2^{:.1f} multiplications, {}. Measured: {}.",
                                         bit_length(target.parameters->p), attack_->log2_operations(),
                                         long_span_of_time(attack_->log2_operations() - std::log2(rate.median)),
                                         rate.words("multiplications")));
        }
        if (attack_->work() == Attack::Work::log) progress(canvas, "multiplications");
    }

    void conversation(ScreenCanvas& canvas) {
        if (!attack_->words().empty())
            canvas.paragraph(FontRole::text, attack_->failed() ? Ink::error : Ink::current, attack_->words());
        if (attack_->found_exponent())
            canvas.paragraph(FontRole::figures_small, Ink::secret, "a = " + to_text(*attack_->found_exponent()));
        if (!attack_->found_key()) return;
        canvas.paragraph(FontRole::figures_small, Ink::key, fmt::format("key 0x{:016X}", *attack_->found_key()));
        if (const auto known = attack_->target().key; known && *known != *attack_->found_key())
            canvas.paragraph(FontRole::small, Ink::muted, des::parity_words(*attack_->found_key(), known));
        for (const OpenedMessage& m : attack_->opened()) {
            const std::string who = m.sender ? fmt::format("{}, message {}", name(*m.sender), m.number)
                                             : fmt::format("message {}", m.number);
            canvas.paragraph(
                FontRole::text, m.reads ? Ink::text : Ink::error,
                fmt::format("{}: {}", who, m.text.empty() && !m.reads ? "does not decrypt with it" : m.text));
        }
    }

    std::unique_ptr<Attack> attack_;
    std::uint64_t session_ = 0;
    std::size_t messages_ = 0;
    Seconds now_{0};
};

} // namespace

std::unique_ptr<Page> make_attack_page() { return std::make_unique<AttackPage>(); }

} // namespace keyhole::viz
