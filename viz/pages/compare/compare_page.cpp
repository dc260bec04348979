#include "viz/pages/compare/compare_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/steps/address.hpp"
#include "viz/draw/imgui_point.hpp"
#include "viz/frame/field_view.hpp"
#include "viz/pages/compare/compare_view.hpp"
#include "viz/pages/compare/trace_difference.hpp"

namespace keyhole::viz {
namespace {

class ComparePage final : public Page {
  public:
    std::span<const PageAction> actions() const override {
        static constexpr std::array all = {
            PageAction{{.key = Key::left}, "Left", "round before"},
            PageAction{{.key = Key::right}, "Right", "next round"},
            PageAction{{.key = key_of('<')}, "<", "flip the bit before"},
            PageAction{{.key = key_of('>')}, ">", "flip the next"},
            PageAction{{.key = Key::up}, "Up", "in the key"},
            PageAction{{.key = Key::down}, "Down", "in the text"},
            PageAction{{.key = key_of('i')}, "I", "first that differs"},
            PageAction{{.key = key_of('c')}, "C", "complement"},
            PageAction{{.key = key_of('e')}, "E", "edit"},
            PageAction{{.key = key_of('a')}, "A", "A from the trace"},
            PageAction{{.key = Key::enter}, "Enter", "go to the round"},
            PageAction{{.key = key_of('o')}, "O", "open B"},
            PageAction{{.key = key_of('s')}, "S", "two traces"},
            PageAction{{.key = key_of('v')}, "V", "scroll"},
        };
        return all;
    }

    bool press(const KeyPress& press, FrameContext& context) override {
        if (press.ctrl || press.alt) return false;
        if (ring_.press(press)) return true;
        if (ring_.editing()) return false;
        if (press.key == Key::left) {
            round_ = std::max(round_, 1U) - 1;
        } else if (press.key == Key::right) {
            round_ = std::min(round_ + 1, bench_.comparison().last());
        } else if (press.key == Key::home) {
            round_ = 0;
        } else if (press.key == Key::end) {
            round_ = bench_.comparison().last();
        } else if (press.key == key_of('<')) {
            flip(where_, position_ > 1 ? position_ - 1 : 64);
        } else if (press.key == key_of('>')) {
            flip(where_, position_ < 64 ? position_ + 1 : 1);
        } else if (press.key == Key::up || press.key == Key::down) {
            flip(press.key == Key::up ? Flipped::key : Flipped::text, position_);
        } else if (press.key == key_of('c')) {
            bench_.set_complement();
        } else if (press.key == key_of('i')) {
            round_ = bench_.comparison().first.value_or(round_);
        } else if (press.key == key_of('s')) {
            compare_traces_of(context);
        } else if (press.key == key_of('o')) {
            open_b(context);
        } else if (press.key == key_of('a')) {
            follow_again();
        } else if (press.key == key_of('v')) {
            scrolls_on_ = true;
        } else if (press.key == key_of('e')) {
            ring_.focus(0);
        } else {
            return false;
        }
        return true;
    }

    void tick(Seconds now) override {
        now_ = now;
        traces_.tick();
    }

    std::optional<Seconds> due() const override {
        return traces_.running() ? std::optional(now_ + between_looks) : std::nullopt;
    }

    void draw(FrameContext& context, Rect /*room*/) override {
        follow(context);
        const Rect room = free_room();
        ring_.begin();
        draw_column(context, "compare", room, [&](ScreenCanvas& canvas) {
            // In a low window the picture comes first and its words below it.
            const bool low = room.h < 30 * context.fonts.em;
            // A trace opened since may be DES.
            if (const std::string mark = bench_.comparison().variant.mark(); mark != context.trace.mark())
                canvas.paragraph(FontRole::text, Ink::error, mark.empty() ? "compared in DES" : mark);
            if (!low) words_and_fields(context, canvas);
            for (const Flipped which : {Flipped::key, Flipped::text}) {
                const Comparison& shown = bench_.comparison();
                if (const auto bit = draw_case_bits(canvas, shown, which, which == where_)) flip(which, *bit);
            }
            rounds(canvas, room.h - (ImGui::GetCursorScreenPos().y - room.y + ImGui::GetScrollY()));
            if (low) words_and_fields(context, canvas);
            if (scrolls_on_) scroll_on();
        });
        bench_.refresh();
        if (follows_ && bench_.comparison().a != followed()) {
            source_.reset();
            follows_ = false;
        }
        if (ring_.take_entered()) open_a(context);
        scrolls_on_ = false;
        ring_.end();
    }

  private:
    void flip(Flipped where, unsigned position) {
        where_ = where;
        position_ = position;
        bench_.flip_only(where, position);
    }

    // This trace and the one that was shown before it; then to the first step in which they differ.
    void compare_traces_of(FrameContext& context) {
        if (const std::string address = traces_.address(context.session); !address.empty()) {
            context.requests.go_to_address(address);
            context.requests.show(PageName::steps);
        } else if (context.before != nullptr && !traces_.running()) {
            traces_.begin(*context.before, context.session);
        }
    }

    void follow_again() {
        follows_ = true;
        session_ = 0;
    }

    void follow(const FrameContext& context) {
        if (!follows_ || (session_ == context.session.id && node_ == context.step.node)) return;
        session_ = context.session.id;
        node_ = context.step.node;
        source_ = compare_source(context.trace, node_);
        // Without a key that is known here, A is the textbook's example.
        bench_.set_a(followed(), source_ ? source_->direction : Direction::encrypt,
                     source_ ? source_->variant : des::Variant{});
        round_ = std::min(round_, bench_.comparison().last());
        if (!source_) return;
        if (const auto round = node_.number(Kind::round); round > 0) round_ = static_cast<unsigned>(round);
    }

    void words_and_fields(FrameContext& context, ScreenCanvas& canvas) {
        canvas.paragraph(FontRole::text, Ink::text, difference_words(bench_.comparison()));
        ImGui::Dummy({1, 0.1F * canvas.em()});
        if (flow_button(context, "Go to this round in A (Enter)", true, true)) ring_.enter();
        if (flow_button(context, "Open B (O)", true, false)) open_b(context);
        if (flow_button(context, "First divergence (I)", bench_.comparison().first.has_value(), false))
            round_ = *bench_.comparison().first;
        if (flow_button(context, "Complement (C)", true, false)) bench_.set_complement();
        if (flow_button(context, "A from the trace (A)", !follows_, false)) follow_again();
        const bool there = !traces_.address(context.session).empty();
        if (flow_button(context, there ? "Go where the traces part (S)" : "Where two traces part (S)",
                        there || (context.before != nullptr && !traces_.running()), false))
            compare_traces_of(context);
        if (!traces_.words().empty()) canvas.paragraph(FontRole::small, Ink::current, traces_.words());
        canvas.paragraph(
            FontRole::small, Ink::muted,
            fmt::format("A is {}. < and > flip the bit before and the next; Up and Down choose key or text; Left "
                        "and Right choose the round; E edits the fields; V scrolls.",
                        origin()));
        draw_case_fields(context, canvas, ring_, bench_);
    }

    void rounds(ScreenCanvas& canvas, float height) {
        const float em = canvas.em(), halves = 5.9F * em, least = 8.5F * em;
        const Rect room = free_room();
        const float width = room.w - 0.3F * em;
        const float chart = std::max(least, height - halves - 0.6F * em);
        if (const auto clicked = draw_differences(canvas, {room.x, room.y, width, chart}, bench_, where_, round_))
            round_ = *clicked;
        ImGui::Dummy({1, chart});
        const HalvesPair& pair = bench_.comparison().rounds[round_];
        std::string words =
            fmt::format("After {}: {} of 64 bits differ", bench_.comparison().place(round_), pair.bits());
        if (round_ > 0) words += fmt::format("; the subkeys of this round differ in {} of 48", pair.subkey_bits);
        canvas.paragraph(FontRole::text, Ink::current, words);
        draw_halves(canvas, {room.x, ImGui::GetCursorScreenPos().y, width, 4.4F * em}, pair, round_);
        ImGui::Dummy({1, 4.4F * em});
    }

    std::string origin() const {
        if (source_) return source_->words;
        return follows_ ? "the textbook's example, as no block of this trace is known here" : "typed";
    }

    std::string address_of_round(const std::string& block) const {
        return round_ == 0 ? block + "/ip" : fmt::format("{}/round.{}", block, round_);
    }

    void open_a(FrameContext& context) const {
        if (!source_ || session_ != context.session.id) return open(context, bench_.comparison().a, "comparison: A");
        context.requests.go_to_address(address_of_round(address(source_->block)));
        context.requests.show(PageName::steps);
    }

    void open(FrameContext& context, const BlockCase& what, const char* title) const {
        const std::string block = fmt::format("message.1/{}/block.1", name(bench_.direction()));
        context.requests.open({.recording = recording_of(what, bench_.direction(), bench_.comparison().variant),
                               .title = title,
                               .go_to = address_of_round(block)});
    }

    void open_b(FrameContext& context) const { open(context, bench_.comparison().b, "comparison: B"); }

    BlockCase followed() const { return source_ ? source_->what : textbook_case; }

    static constexpr Seconds between_looks{0.1};

    CompareBench bench_;
    TraceDifference traces_;
    Seconds now_{0};
    std::optional<CompareSource> source_; // where A comes from; empty: typed, or the textbook's
    bool follows_ = true;                 // A is the current block of the trace
    std::uint64_t session_ = 0;
    Node node_;
    Flipped where_ = Flipped::text;
    unsigned position_ = 1, round_ = 1;
    FieldRing ring_;
    bool scrolls_on_ = false;
};

} // namespace

std::unique_ptr<Page> make_compare_page() { return std::make_unique<ComparePage>(); }

} // namespace keyhole::viz
