#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/attack/search_times.hpp"
#include "core/base/words.hpp"
#include "core/des/des_keys.hpp"
#include "viz/draw/imgui_point.hpp"
#include "viz/frame/field_view.hpp"
#include "viz/frame/grown_picture.hpp"
#include "viz/pages/attack/attack_view.hpp"

namespace keyhole::viz {
namespace {

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

void on_the_wire(const Attack& attack, const FrameContext& context, ScreenCanvas& canvas) {
    const AttackTarget& target = attack.target();
    std::string words = "From the wire: ";
    if (target.parameters) {
        const auto number = [](const std::optional<Number>& n) {
            if (!n) return std::string("not sent yet");
            const std::string text = to_text(*n);
            return text.size() <= 24 ? text : text.substr(0, 20) + "\u2026";
        };
        words +=
            fmt::format("p = {}, g = {}, A = {}, B = {}", number(target.parameters->p), number(target.parameters->g),
                        number(target.public_keys[0]), number(target.public_keys[1]));
    } else {
        words += "nothing of a key exchange";
    }
    words += fmt::format("; {} in {} mode.", counted(context.trace.recording().messages.size(), "message"),
                         name(context.trace.recording().mode()));
    canvas.paragraph(FontRole::text, Ink::text, words);
}

void progress(const Attack& attack, ScreenCanvas& canvas, std::string_view unit) {
    const float em = canvas.em();
    const Rect at = free_room();
    const float width = at.w - 0.3F * em;
    const float full = static_cast<float>(attack.share()) * width;
    canvas.box({at.x, at.y, width, 0.7F * em}, Ink::raised, Ink::border);
    canvas.box({at.x, at.y, std::max(full, 0.2F * em), 0.7F * em}, Ink::current, Ink::none);
    ImGui::Dummy({1, 0.8F * em});
    canvas.paragraph(FontRole::small, Ink::text,
                     fmt::format("{:.1f} % \u00B7 {} {}/s \u00B7 Esc stops it", 100 * attack.share(),
                                 short_number(attack.rate()), unit));
}

// Where a card is here: what the search runs on.
void devices(Attack& attack, FrameContext& context, ScreenCanvas& canvas) {
    const std::vector<AttackCard>& cards = attack.rates().cards;
    if (cards.empty()) return;
    const bool free = attack.work() == Attack::Work::none;
    const std::string words = "On " + device_words(attack.devices(), cards, attack.rates().cores) + " (C)###devices";
    if (flow_button(context, words.c_str(), free, true)) attack.next_devices();
    if (attack.devices() == AttackDevices::cpu) return;
    const char* gentle = attack.gentle() ? "Gentle: 0.1 s at a time (G)###gentle" : "Not gentle (G)###gentle";
    if (flow_button(context, gentle, free, false)) attack.set_gentle(!attack.gentle());
    for (const AttackCard& card : cards) {
        if (card.rate > 0)
            canvas.paragraph(FontRole::small, Ink::text,
                             fmt::format("{}: {} keys/s, measured here.", card.device.name, short_number(card.rate)));
    }
}

void key_search(Attack& attack, FrameContext& context, ScreenCanvas& canvas) {
    const AttackTarget& target = attack.target();
    canvas.paragraph(FontRole::text, Ink::key, "Trying every key");
    if (!target.why_no_search.empty())
        return canvas.paragraph(FontRole::small, Ink::muted, "Not here: " + target.why_no_search + ".");
    canvas.paragraph(
        FontRole::small, Ink::muted,
        fmt::format("The eavesdropper guesses how message {} begins, so knows one block before and after "
                    "DES: 0x{:016X} and 0x{:016X}. All but the rightmost bits of the key are given away, so "
                    "that the class need not wait.",
                    target.message, target.pair->plaintext, target.pair->ciphertext));
    int bits = static_cast<int>(attack.bits());
    if (slider("##bits", canvas, 0.6F, bits, 1, 56, counted(static_cast<std::uint64_t>(bits), "unknown bit")))
        attack.set_bits(bits);
    if (flow_button(context, "Search (Enter)", attack.work() == Attack::Work::none, false)) attack.start_search();
    devices(attack, context, canvas);
    if (const Rate& keys = attack.rates().keys; keys.median > 0) {
        canvas.paragraph(FontRole::small, Ink::text,
                         fmt::format("2^{} keys: {} for all of them, half of that on average. Measured on {}: {}.",
                                     bits, long_span_of_time(bits - std::log2(keys.median)),
                                     counted(attack.rates().cores, "core"), keys.words("keys")));
    }
    if (attack.work() == Attack::Work::search) progress(attack, canvas, "keys");
}

void logarithm(Attack& attack, FrameContext& context, ScreenCanvas& canvas) {
    canvas.paragraph(FontRole::text, Ink::secret, "The discrete logarithm");
    const AttackTarget& target = attack.target();
    if (!target.why_no_log.empty())
        return canvas.paragraph(FontRole::small, Ink::muted, "Not here: " + target.why_no_log + ".");
    canvas.paragraph(
        FontRole::small, Ink::muted,
        "From A = g^a modulo p alone: find an exponent that gives A, raise B to it, derive the key as both "
        "sides did.");
    if (flow_button(context, "Find a (A)", attack.work() == Attack::Work::none, true)) attack.start_log();
    if (const Rate& rate = attack.rates().operations; rate.median > 0 && attack.log2_operations() > 0) {
        canvas.paragraph(FontRole::small, Ink::text,
                         fmt::format("p has {} bits: about 2^{:.1f} multiplications, {}. Measured: {}.",
                                     bit_length(target.parameters->p), attack.log2_operations(),
                                     long_span_of_time(attack.log2_operations() - std::log2(rate.median)),
                                     rate.words("multiplications")));
    }
    if (attack.work() == Attack::Work::log) progress(attack, canvas, "multiplications");
}

void conversation(const Attack& attack, ScreenCanvas& canvas) {
    if (!attack.words().empty())
        canvas.paragraph(FontRole::text, attack.failed() ? Ink::error : Ink::current, attack.words());
    if (attack.found_exponent())
        canvas.paragraph(FontRole::figures_small, Ink::secret, "a = " + to_text(*attack.found_exponent()));
    if (!attack.found_key()) return;
    canvas.paragraph(FontRole::figures_small, Ink::key, fmt::format("key 0x{:016X}", *attack.found_key()));
    if (const auto known = attack.target().key; known && *known != *attack.found_key())
        canvas.paragraph(FontRole::small, Ink::muted, des::parity_words(*attack.found_key(), known));
    for (const OpenedMessage& m : attack.opened()) {
        const std::string who =
            m.sender ? fmt::format("{}, message {}", name(*m.sender), m.number) : fmt::format("message {}", m.number);
        canvas.paragraph(FontRole::text, m.reads ? Ink::text : Ink::error,
                         fmt::format("{}: {}", who, m.text.empty() && !m.reads ? "does not decrypt with it" : m.text));
    }
}

} // namespace

float draw_found_key(const Attack& attack, FrameContext& context, Rect room, bool opened, bool text) {
    const std::string key = fmt::format("The eavesdropper has the key: 0x{:016X}", *attack.found_key());
    const auto& all = attack.opened();
    const bool reads = text && !all.empty() && all.front().reads;
    const auto draw = [&](Canvas& canvas) {
        const FontRole font = canvas.largest(key, room.w, {FontRole::hero, FontRole::figures_large, FontRole::figures});
        float y = room.y + 0.2F * canvas.em();
        canvas.text(font, {room.x, y}, Ink::key, canvas.shortened(font, key, room.w, "\u2026"));
        y += 1.15F * canvas.height(font);
        if (!reads) return y;
        // Its line is free until it is opened: what stands below does not jump.
        if (opened)
            canvas.text(FontRole::title, {room.x, y}, Ink::text,
                        canvas.shortened(FontRole::title, "\u201C" + all.front().text + "\u201D", room.w, "\u2026"));
        return y + 1.2F * canvas.height(FontRole::title);
    };
    Picture plain;
    const ScreenTypeface type(context.fonts);
    Canvas canvas({context.theme, type}, plain);
    room.h = std::max(draw(canvas) - room.y, 0.11F * room.h);
    draw_grown(context, room, draw);
    return room.h + 0.4F * canvas.em();
}

float attack_times_height(float em, std::size_t times) { return attack_axis_height(em, times) + 5.2F * em; }

void draw_attack_work(Attack& attack, FrameContext& context, ScreenCanvas& canvas, bool wire) {
    canvas.paragraph(FontRole::title, Ink::text, "An eavesdropper opens the session");
    if (wire) on_the_wire(attack, context, canvas);
    gap(canvas);
    key_search(attack, context, canvas);
    gap(canvas);
    logarithm(attack, context, canvas);
    gap(canvas);
    conversation(attack, canvas);
}

void draw_attack_times(Attack& attack, ScreenCanvas& canvas, float room) {
    const float top = ImGui::GetCursorPosY();
    canvas.paragraph(FontRole::title, Ink::text, "How long it takes");
    const auto sizes = group_sizes();
    int size = attack.size();
    if (slider("##size", canvas, 0.5F, size, 0, static_cast<int>(sizes.size()) - 1,
               fmt::format("safe p of {} bits (<, >)", sizes[static_cast<std::size_t>(size)])))
        attack.set_size(size);
    const auto times = attack.times();
    Rect axis = free_room();
    axis.h = std::max(room - (ImGui::GetCursorPosY() - top) - 0.4F * canvas.em(),
                      attack_axis_height(canvas.em(), times.size()));
    draw_attack_axis(canvas, axis, times);
    ImGui::Dummy({1, axis.h});
}

} // namespace keyhole::viz
