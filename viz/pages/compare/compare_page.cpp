#include "viz/pages/compare/compare_page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/steps/address.hpp"
#include "viz/draw/imgui_compat.hpp"
#include "viz/draw/imgui_point.hpp"
#include "viz/frame/field_view.hpp"
#include "viz/pages/compare/compare_view.hpp"
#include "viz/picture/strip.hpp"

namespace keyhole::viz {
namespace {

std::string place(unsigned round) { return round == 0 ? "after IP" : fmt::format("after round {}", round); }

} // namespace

bool ComparePage::press(const KeyPress& press, FrameContext& context) {
    if (press.ctrl || press.alt) return false;
    if (press.key == Key::enter) return entered_ = true;
    if (editing_ && press.key == Key::escape) {
        // Before ImGui sees it, which would put back what the field held before.
        compat::leave_field();
        return true;
    }
    if (editing_) return false;
    if (press.key == Key::left) {
        round_ = std::max(round_, 1U) - 1;
    } else if (press.key == Key::right) {
        round_ = std::min(round_ + 1, compare_rounds - 1);
    } else if (press.key == Key::home) {
        round_ = 0;
    } else if (press.key == Key::end) {
        round_ = compare_rounds - 1;
    } else if (press.key == key_of('z')) {
        flip(where_, position_ > 1 ? position_ - 1 : 64);
    } else if (press.key == key_of('x')) {
        flip(where_, position_ < 64 ? position_ + 1 : 1);
    } else if (press.key == Key::up || press.key == Key::down) {
        flip(press.key == Key::up ? Flipped::key : Flipped::text, position_);
    } else if (press.key == key_of('c')) {
        bench_.set_complement();
    } else if (press.key == key_of('f')) {
        round_ = bench_.comparison().first.value_or(round_);
    } else if (press.key == key_of('o')) {
        open_b(context);
    } else if (press.key == key_of('r')) {
        follows_ = true;
        session_ = 0;
    } else if (press.key == key_of('v')) {
        scrolls_on_ = true;
    } else if (press.key == key_of('e')) {
        ring_.focus(0);
    } else {
        return false;
    }
    return true;
}

void ComparePage::flip(Flipped where, unsigned position) {
    where_ = where;
    position_ = position;
    bench_.flip_only(where, position);
}

void ComparePage::follow(const FrameContext& context) {
    if (!follows_ || (session_ == context.session.id && node_ == context.step.node)) return;
    session_ = context.session.id;
    node_ = context.step.node;
    source_ = compare_source(context.trace, node_);
    // Whoever knows no key of this trace is shown none of it either.
    bench_.set_a(followed(), source_ ? source_->direction : Direction::encrypt);
    if (!source_) return;
    if (const auto round = node_.number(Kind::round); round > 0) round_ = static_cast<unsigned>(round);
}

void ComparePage::draw(FrameContext& context, Rect /*room*/) {
    follow(context);
    const Point at = to_point(ImGui::GetCursorScreenPos());
    const ImVec2 room = ImGui::GetContentRegionAvail();
    editing_ = false;
    ring_.begin();
    if (begin_column(context, "compare", {at.x, at.y, room.x, room.y})) {
        ScreenCanvas canvas(context.theme, context.fonts);
        const bool low = room.y < 26 * context.fonts.em;
        if (!low) {
            head(context, canvas);
            fields(context, canvas);
        }
        strip(context, canvas, Flipped::key);
        strip(context, canvas, Flipped::text);
        rounds(context, canvas, room.y - (ImGui::GetCursorScreenPos().y - at.y + ImGui::GetScrollY()));
        // In a low window the picture comes first and its words below it.
        if (low) {
            head(context, canvas);
            fields(context, canvas);
        }
        if (scrolls_on_) scroll_on();
    }
    ImGui::EndChild();
    bench_.refresh();
    if (follows_ && bench_.comparison().a != followed()) {
        source_.reset();
        follows_ = false;
    }
    if (std::exchange(entered_, false)) open_a(context);
    scrolls_on_ = false;
    ring_.end();
}

void ComparePage::head(FrameContext& context, ScreenCanvas& canvas) {
    const float em = context.fonts.em;
    canvas.paragraph(FontRole::text, Ink::text, difference_words(bench_.comparison()));
    ImGui::Dummy({1, 0.1F * em});
    if (flow_button(context, "Go to this round in A (Enter)", true, true)) entered_ = true;
    if (flow_button(context, "Open B (O)", true, false)) open_b(context);
    if (flow_button(context, "First divergence (F)", bench_.comparison().first.has_value(), false))
        round_ = *bench_.comparison().first;
    if (flow_button(context, "Complement (C)", true, false)) bench_.set_complement();
    if (flow_button(context, "A from the trace (R)", !follows_, false)) {
        follows_ = true;
        session_ = 0;
    }
    canvas.paragraph(
        FontRole::small, Ink::muted,
        fmt::format("A is {}. Z and X flip the bit before and the next; Up and Down choose key or text; Left "
                    "and Right choose the round; E edits the fields; V scrolls.",
                    origin()));
}

void ComparePage::fields(FrameContext& context, ScreenCanvas& canvas) {
    const float em = context.fonts.em;
    const bool narrow = ImGui::GetContentRegionAvail().x < 50 * em;
    constexpr std::array<const char*, 4> labels = {"Key A (E)", "Text A", "Key B", "Text B"};
    const auto field = [&](std::size_t i) {
        editing_ =
            text_field(
                context, canvas, ring_,
                {.label = labels[i], .hint = "16 hex digits", .fault = bench_.fault(i), .label_width = 4.8F * em},
                bench_.fields[i]) ||
            editing_;
    };
    if (narrow) {
        for (std::size_t i = 0; i < labels.size(); ++i) field(i);
        return;
    }
    if (!ImGui::BeginTable("inputs", 2)) return;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        ImGui::TableNextColumn();
        field(i);
    }
    ImGui::EndTable();
}

// B's bits; those that differ from A's are outlined. A click makes that bit the only one that differs.
void ComparePage::strip(FrameContext& context, ScreenCanvas& canvas, Flipped which) {
    const float em = context.fonts.em, label = 2.8F * em;
    const Point at = to_point(ImGui::GetCursorScreenPos());
    const Comparison& c = bench_.comparison();
    const bool key = which == Flipped::key;
    const des::Block a = key ? c.a.key : c.a.block, b = key ? c.b.key : c.b.block;
    Strip strip{.count = 64, .group = 8, .left = at.x + label, .top = at.y + 0.95F * em, .height = 1.2F * em};
    strip.gap = 0.3F * em;
    strip.pitch = (ImGui::GetContentRegionAvail().x - label - 7 * strip.gap - 0.5F * em) / 64;
    const bool chosen = which == where_;
    canvas.text(FontRole::small, {at.x, strip.top + 0.1F * em}, chosen ? Ink::current : Ink::muted,
                key ? "Key" : "Text");
    draw_ticks(canvas, strip, at.y + 0.4F * em, false);
    for (unsigned i = 1; i <= 64; ++i) {
        const bool parity = key && is_parity_bit(i);
        const bool differs = bit_at(a ^ b, 64, i) != 0;
        const CellLook look = differs ? CellLook::lit : parity ? CellLook::marked : CellLook::ordinary;
        draw_bit(canvas, strip, i, bit_at(b, 64, i), parity ? Ink::plain : key ? Ink::key : Ink::left, look);
    }
    if (canvas.clicked(strip.area())) {
        if (const auto bit = strip.at(to_point(ImGui::GetIO().MousePos))) flip(which, *bit);
    }
    ImGui::Dummy({1, 2.2F * em});
}

void ComparePage::rounds(FrameContext& context, ScreenCanvas& canvas, float height) {
    const float em = context.fonts.em;
    const float halves = 5.9F * em, least = 8.5F * em;
    Point at = to_point(ImGui::GetCursorScreenPos());
    const float width = ImGui::GetContentRegionAvail().x - 0.3F * em;
    const float chart = std::max(least, height - halves - 0.6F * em);
    if (const auto clicked = draw_differences(canvas, {at.x, at.y, width, chart}, bench_, where_, round_))
        round_ = *clicked;
    ImGui::Dummy({1, chart});
    const HalvesPair& pair = bench_.comparison().rounds[round_];
    std::string words = fmt::format("{}: {} of 64 bits differ", place(round_), pair.bits());
    if (round_ > 0) words += fmt::format("; the subkeys of this round differ in {} of 48", pair.subkey_bits);
    words[0] = 'A';
    canvas.paragraph(FontRole::text, Ink::current, words);
    at = to_point(ImGui::GetCursorScreenPos());
    draw_halves(canvas, {at.x, at.y, width, 4.4F * em}, pair, round_);
    ImGui::Dummy({1, 4.4F * em});
}

std::string ComparePage::origin() const {
    if (source_) return source_->words;
    return follows_ ? "the textbook's example, as no block of this trace is known here" : "typed";
}

std::string ComparePage::address_of_round(const std::string& block) const {
    return round_ == 0 ? block + "/ip" : fmt::format("{}/round.{}", block, round_);
}

void ComparePage::open_a(FrameContext& context) const {
    if (!source_ || session_ != context.session.id) return open(context, bench_.comparison().a, "comparison: A");
    context.requests.go_to_address(address_of_round(address(source_->block)));
    context.requests.show(PageName::steps);
}

void ComparePage::open(FrameContext& context, const BlockCase& what, const char* title) const {
    const Direction direction = bench_.direction();
    context.requests.open({.recording = recording_of(what, bench_.direction()),
                           .title = title,
                           .go_to = address_of_round(fmt::format("message.1/{}/block.1", name(direction)))});
}

} // namespace keyhole::viz
