#include "viz/pages/attack/attack_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/attack/search_times.hpp"
#include "core/base/words.hpp"
#include "core/steps/step.hpp"
#include "viz/draw/imgui_point.hpp"
#include "viz/frame/field_view.hpp"
#include "viz/pages/attack/attack_view.hpp"

namespace keyhole::viz {
namespace {

constexpr Seconds between_frames{0.05};

void gap(float em) { ImGui::Dummy({1, 0.35F * em}); }

} // namespace

bool AttackPage::press(const KeyPress& press, FrameContext& context) {
    if (!attack_ || press.ctrl || press.alt) return false;
    if (press.key == Key::up || press.key == Key::down) {
        attack_->set_bits(static_cast<int>(attack_->bits()) + (press.key == Key::up ? 1 : -1));
    } else if (press.key == key_of('z') || press.key == key_of('x')) {
        attack_->set_size(attack_->size() + (press.key == key_of('x') ? 1 : -1));
    } else if (press.key == Key::enter) {
        attack_->start_search();
    } else if (press.key == key_of('d')) {
        attack_->start_log();
    } else if (press.key == Key::escape && attack_->work() != Attack::Work::none) {
        attack_->cancel();
    } else {
        return false;
    }
    context.requests.notice({});
    return true;
}

std::optional<Seconds> AttackPage::due() const {
    return attack_ && attack_->work() != Attack::Work::none ? std::optional(now_ + between_frames) : std::nullopt;
}

void AttackPage::draw(FrameContext& context, Rect /*room*/) {
    const Recording& r = context.trace.recording();
    if (session_ != context.session.id || messages_ != r.messages.size()) {
        begin(context);
        session_ = context.session.id;
        messages_ = r.messages.size();
    }
    attack_->poll();
    const float em = context.fonts.em;
    const Point at = to_point(ImGui::GetCursorScreenPos());
    const ImVec2 room = ImGui::GetContentRegionAvail();
    const bool narrow = room.x < 52 * em;
    // Hardly any room: all of it in one column, instead of two slivers.
    const bool one = narrow && room.y < 20 * em;
    const float left = narrow ? room.x : 0.46F * room.x;
    if (begin_column(context, "work", {at.x, at.y, left, narrow && !one ? 0.58F * room.y : room.y})) {
        ScreenCanvas canvas(context.theme, context.fonts);
        work(context, canvas);
        if (one) times(context, 0);
    }
    ImGui::EndChild();
    if (one) return;
    const Rect second = narrow ? Rect{at.x, at.y + 0.6F * room.y, room.x, 0.4F * room.y}
                               : Rect{at.x + left + 1.2F * em, at.y, room.x - left - 1.2F * em, room.y};
    if (begin_column(context, "times", second)) times(context, second.h);
    ImGui::EndChild();
}

// With the next message of the same exchange the rates stay, and what the sliders say.
void AttackPage::begin(const FrameContext& context) {
    std::optional<AttackRates> known;
    if (attack_ && session_ == context.session.id && attack_->rates().keys.median > 0) known = attack_->rates();
    auto next = std::make_unique<Attack>(context.trace, std::move(known));
    if (attack_) {
        next->set_bits(static_cast<int>(attack_->bits()));
        next->set_size(attack_->size());
    }
    attack_ = std::move(next);
}

void AttackPage::size_slider(FrameContext& context, ScreenCanvas& canvas) {
    const float em = context.fonts.em;
    const auto sizes = group_sizes();
    const std::string words = fmt::format("safe p of {} bits (Z, X)", sizes[static_cast<std::size_t>(attack_->size())]);
    canvas.paragraph(FontRole::title, Ink::text, "How long it takes");
    int size = attack_->size();
    ImGui::SetNextItemWidth(std::min(16 * em, 0.5F * ImGui::GetContentRegionAvail().x));
    if (ImGui::SliderInt("##size", &size, 0, static_cast<int>(sizes.size()) - 1, "")) attack_->set_size(size);
    ImGui::SameLine();
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted(words.c_str());
}

void AttackPage::times(FrameContext& context, float room) {
    ScreenCanvas canvas(context.theme, context.fonts);
    const float em = context.fonts.em;
    const float top = ImGui::GetCursorPosY();
    size_slider(context, canvas);
    const Point from = to_point(ImGui::GetCursorScreenPos());
    const auto times = attack_->times();
    const float height =
        std::max(room - (ImGui::GetCursorPosY() - top) - 0.4F * em, attack_axis_height(em, times.size()));
    draw_attack_axis(canvas, {from.x, from.y, ImGui::GetContentRegionAvail().x, height}, times);
    ImGui::Dummy({1, height});
}

void AttackPage::work(FrameContext& context, ScreenCanvas& canvas) {
    canvas.paragraph(FontRole::title, Ink::text, "An eavesdropper opens the session");
    on_the_wire(context, canvas);
    gap(context.fonts.em);
    key_search(context, canvas);
    gap(context.fonts.em);
    logarithm(context, canvas);
    gap(context.fonts.em);
    conversation(canvas);
}

void AttackPage::on_the_wire(FrameContext& context, ScreenCanvas& canvas) {
    const AttackTarget& target = attack_->target();
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
    words += fmt::format("; {} in {} mode.", counted(messages_, "message"), name(context.trace.recording().mode()));
    canvas.paragraph(FontRole::text, Ink::text, words);
}

void AttackPage::progress(FrameContext& context, ScreenCanvas& canvas, std::string_view unit) {
    const float em = context.fonts.em;
    const Point at = to_point(ImGui::GetCursorScreenPos());
    const float width = ImGui::GetContentRegionAvail().x - 0.3F * em;
    const float full = static_cast<float>(attack_->share()) * width;
    canvas.box({at.x, at.y, width, 0.7F * em}, Ink::raised, Ink::border);
    canvas.box({at.x, at.y, std::max(full, 0.2F * em), 0.7F * em}, Ink::current, Ink::none);
    ImGui::Dummy({1, 0.8F * em});
    canvas.paragraph(FontRole::small, Ink::text,
                     fmt::format("{:.1f} % \u00B7 {} {}/s \u00B7 Esc stops it", 100 * attack_->share(),
                                 short_number(attack_->rate()), unit));
}

void AttackPage::key_search(FrameContext& context, ScreenCanvas& canvas) {
    const float em = context.fonts.em;
    const AttackTarget& target = attack_->target();
    canvas.paragraph(FontRole::text, Ink::key, "Trying every key");
    if (!target.why_no_search.empty()) {
        canvas.paragraph(FontRole::small, Ink::muted, "Not here: " + target.why_no_search + ".");
        return;
    }
    canvas.paragraph(
        FontRole::small, Ink::muted,
        fmt::format("The eavesdropper guesses how message {} begins, so knows one block before and after "
                    "DES: 0x{:016X} and 0x{:016X}. All but the rightmost bits of the key are given away, so "
                    "that the class need not wait.",
                    target.message, target.pair->plaintext, target.pair->ciphertext));
    int bits = static_cast<int>(attack_->bits());
    ImGui::SetNextItemWidth(std::min(16 * em, 0.6F * ImGui::GetContentRegionAvail().x));
    if (ImGui::SliderInt("##bits", &bits, 1, 56, "")) attack_->set_bits(bits);
    ImGui::SameLine();
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted(counted(static_cast<std::uint64_t>(bits), "unknown bit").c_str());
    if (flow_button(context, "Search (Enter)", attack_->work() == Attack::Work::none, false)) attack_->start_search();
    if (const Rate& keys = attack_->rates().keys; keys.median > 0) {
        canvas.paragraph(FontRole::small, Ink::text,
                         fmt::format("2^{} keys: {} for all of them, half of it on average. Measured on {}: {}.", bits,
                                     long_span_of_time(bits - std::log2(keys.median)),
                                     counted(attack_->rates().cores, "core"), keys.words("keys")));
    }
    if (attack_->work() == Attack::Work::search) progress(context, canvas, "keys");
}

void AttackPage::logarithm(FrameContext& context, ScreenCanvas& canvas) {
    canvas.paragraph(FontRole::text, Ink::secret, "The discrete logarithm");
    const AttackTarget& target = attack_->target();
    if (!target.why_no_log.empty()) {
        canvas.paragraph(FontRole::small, Ink::muted, "Not here: " + target.why_no_log + ".");
        return;
    }
    canvas.paragraph(
        FontRole::small, Ink::muted,
        "From A = g^a modulo p alone: find an exponent that gives A, raise B to it, derive the key as both "
        "sides did.");
    if (flow_button(context, "Find a (D)", attack_->work() == Attack::Work::none, true)) attack_->start_log();
    if (const Rate& rate = attack_->rates().operations; rate.median > 0 && attack_->log2_operations() > 0) {
        canvas.paragraph(FontRole::small, Ink::text,
                         fmt::format("p has {} bits: about 2^{:.1f} multiplications, {}. Measured: {}.",
                                     bit_length(target.parameters->p), attack_->log2_operations(),
                                     long_span_of_time(attack_->log2_operations() - std::log2(rate.median)),
                                     rate.words("multiplications")));
    }
    if (attack_->work() == Attack::Work::log) progress(context, canvas, "multiplications");
}

void AttackPage::conversation(ScreenCanvas& canvas) {
    if (!attack_->words().empty())
        canvas.paragraph(FontRole::text, attack_->failed() ? Ink::error : Ink::current, attack_->words());
    if (attack_->found_exponent())
        canvas.paragraph(FontRole::figures_small, Ink::secret, "a = " + to_text(*attack_->found_exponent()));
    if (!attack_->found_key()) return;
    canvas.paragraph(FontRole::figures_small, Ink::key, fmt::format("key 0x{:016X}", *attack_->found_key()));
    for (const OpenedMessage& m : attack_->opened()) {
        const std::string who =
            m.sender ? fmt::format("{}, message {}", name(*m.sender), m.number) : fmt::format("message {}", m.number);
        canvas.paragraph(FontRole::text, m.reads ? Ink::text : Ink::error,
                         fmt::format("{}: {}", who, m.text.empty() && !m.reads ? "does not decrypt with it" : m.text));
    }
}

} // namespace keyhole::viz
