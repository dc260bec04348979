#include "viz/pages/workbench/workbench_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "viz/draw/imgui_point.hpp"
#include "viz/frame/field_view.hpp"
#include "viz/pages/workbench/power_model.hpp"
#include "viz/pages/workbench/workbench_view.hpp"
#include "viz/picture/strip.hpp"

namespace keyhole::viz {
namespace {

constexpr Seconds between_looks{0.05}; // while a file is read
constexpr std::size_t most_digits_shown = 128;

class WorkbenchPage final : public Page {
  public:
    std::optional<Seconds> due() const override {
        return bench_.busy() ? std::optional(now_ + between_looks) : std::nullopt;
    }

    std::span<const PageAction> actions() const override {
        static constexpr std::array all = {
            PageAction{{.key = Key::enter}, "Enter", "step through it"},
            PageAction{{.key = key_of('e')}, "E", "edit"},
            PageAction{{.key = key_of('o')}, "O", "direction"},
            PageAction{{.key = key_of('c')}, "C", "mode"},
            PageAction{{.key = key_of('a')}, "A", "padding"},
            PageAction{{.key = key_of('i')}, "I", "form"},
            PageAction{{.key = key_of('<')}, "<", "bit before"},
            PageAction{{.key = key_of('>')}, ">", "next bit"},
            PageAction{{.key = Key::space}, "Space", "flip it"},
            PageAction{{.key = key_of('y')}, "Y", "take over from the trace"},
            PageAction{{.key = key_of('u')}, "U", "power"},
            PageAction{{.key = key_of('w')}, "W", "step through the power"},
            PageAction{{.key = key_of('v')}, "V", "scroll"},
        };
        return all;
    }

    bool press(const KeyPress& press, FrameContext& context) override {
        const bool ctrl_enter = press == KeyPress{.key = Key::enter, .ctrl = true};
        if (ctrl_enter) ring_.enter();
        if (press.ctrl || press.alt) return ctrl_enter;
        if (press.key == Key::enter && editing_power_) return entered_power_ = true;
        if (ring_.press(press)) return true;
        if (ring_.editing()) return false;
        WorkbenchFields& f = bench_.fields;
        if (press.key == key_of('e')) {
            ring_.focus(0);
        } else if (press.key == key_of('u')) {
            ring_.focus(f.mode == Mode::ecb ? 3 : 4); // behind key, IV, message and variant
        } else if (press.key == key_of('c')) {
            f.mode = turned(f.mode, static_cast<int>(every_mode.size()));
        } else if (press.key == key_of('a')) {
            f.padding = turned(f.padding, every_padding.size());
        } else if (press.key == key_of('o')) {
            f.direction = turned(f.direction, 2);
        } else if (press.key == key_of('i')) {
            f.form = turned(f.form, every_form.size());
        } else if (press.key == key_of('y')) {
            take_over(context);
        } else if (press.key == key_of('w')) {
            entered_power_ = true;
        } else if (press.key == Key::left || press.key == key_of('<')) {
            bit_ = std::max(bit_, 2U) - 1;
        } else if (press.key == Key::right || press.key == key_of('>')) {
            bit_ = std::min(bit_, 63U) + 1;
        } else if (press.key == key_of('v')) {
            scrolls_on_ = true;
        } else if (press.key == Key::space) {
            bench_.flip_key_bit(bit_);
        } else {
            return false;
        }
        return true;
    }

    void draw(FrameContext& context, Rect /*room*/) override {
        const Rect room = free_room();
        const float gap = 1.2F * context.fonts.em;
        const bool narrow = room.w < 56 * context.fonts.em;
        const float left = narrow ? room.w : 0.54F * room.w;
        begin(context);
        editing_power_ = false;
        ring_.begin();
        const auto results = [&](ScreenCanvas& canvas) {
            draw_workbench_result(canvas, bench_);
            power(context, canvas);
        };
        draw_column(context, "input", {room.x, room.y, left, room.h}, [&](ScreenCanvas& canvas) {
            input(context, canvas);
            if (narrow) results(canvas);
            if (scrolls_on_) scroll_on();
        });
        if (!narrow) {
            draw_column(context, "result", {room.x + left + gap, room.y, room.w - left - gap, room.h},
                        [&](ScreenCanvas& canvas) {
                            results(canvas);
                            if (scrolls_on_) scroll_on();
                        });
        }
        bench_.refresh();
        power_.refresh();
        if (ring_.take_entered()) open_bench(context);
        if (std::exchange(entered_power_, false)) open_power(context);
        scrolls_on_ = false;
        ring_.end();
    }

    void tick(Seconds now) override { now_ = now; }

  private:
    void input(FrameContext& context, ScreenCanvas& canvas) {
        const float em = canvas.em(), label = 7.2F * em;
        canvas.paragraph(FontRole::title, Ink::text, "Key and block workbench");
        const auto field = [&](const char* name, WorkbenchField which, std::string hint, std::string& text) {
            text_field(context, canvas, ring_,
                       {.label = name, .hint = std::move(hint), .fault = bench_.fault(which), .label_width = label},
                       text);
        };
        WorkbenchFields& f = bench_.fields;
        field("Key (E)", WorkbenchField::key, "16 hex digits, or \"8 bytes\" of text", f.key);
        key_strip(canvas);
        constexpr std::array<std::string_view, 2> directions = {"encrypt", "decrypt"};
        std::array<std::string_view, every_mode.size()> modes;
        std::ranges::transform(every_mode, modes.begin(), [](Mode mode) { return keyhole::name(mode); });
        choose(context, canvas, "Direction (O)", directions, f.direction, label);
        choose(context, canvas, "Mode (C)", modes, f.mode, label);
        if (f.mode != Mode::ecb) {
            const std::string drawn = fmt::format("drawn: {:016X}", bench_.drawn_iv());
            field(f.mode == Mode::ctr ? "First counter" : "IV", WorkbenchField::iv,
                  f.direction == Direction::encrypt ? drawn : "16 hex digits", f.iv);
        }
        choose(context, canvas, "Padding (A)", names_of(every_padding), f.padding, label);
        const std::string padding_fault = bench_.fault(WorkbenchField::padding);
        if (!padding_fault.empty()) canvas.paragraph(FontRole::small, Ink::error, padding_fault);
        choose(context, canvas, "Given as (I)", names_of(every_form), f.form, label);
        field("Message", WorkbenchField::data, f.form == DataForm::file ? "path of a file" : "", f.data);
        field("Variant", WorkbenchField::variant, "none: DES; or rounds=8,no-p", f.variant);
        ImGui::Dummy({1, 0.2F * em});
        if (flow_button(context, "Step through it (Enter)", bench_.all_right(), true)) ring_.enter();
        if (flow_button(context, "Take over from the trace (Y)", true, false)) take_over(context);
        canvas.paragraph(
            FontRole::small, Ink::muted,
            "Tab goes from field to field, Esc leaves them. Left and Right choose a bit of the key, Space flips "
            "it. V scrolls. B leads back from an opened trace.");
    }

    void key_strip(ScreenCanvas& canvas) {
        const float em = canvas.em();
        const Rect at = free_room();
        const KeyLook& look = bench_.key();
        Strip strip{.count = 64, .group = 8, .left = at.x + 0.2F * em, .top = at.y + 1.1F * em, .height = 1.25F * em};
        strip.gap = 0.3F * em;
        strip.pitch = (at.w - 0.6F * em - 7 * strip.gap) / 64;
        draw_ticks(canvas, strip, at.y + 0.5F * em, false);
        for (unsigned i = 1; i <= 64; ++i) {
            const bool parity = i % 8 == 0;
            const CellLook cell = i == bit_ ? CellLook::lit : parity ? CellLook::marked : CellLook::ordinary;
            draw_bit(canvas, strip, i, bit_at(look.key, 64, i), parity ? Ink::plain : Ink::key, cell);
        }
        for (unsigned byte = 0; byte < 8; ++byte) {
            const bool odd = look.odd_parity[byte];
            const float right = strip.x(8 * byte + 8) + strip.cell();
            canvas.text_to_right(FontRole::figures_tiny, {right, strip.top + strip.height + 0.6F * em},
                                 odd ? Ink::muted : Ink::error, odd ? "odd" : "EVEN");
        }
        if (canvas.clicked(strip.area())) {
            bit_ = strip.at(to_point(ImGui::GetIO().MousePos)).value_or(bit_);
            bench_.flip_key_bit(bit_);
        }
        ImGui::Dummy({1, 3.4F * em});
        const bool special = look.report.key_class != des::KeyClass::ordinary || !look.report.odd_parity;
        canvas.paragraph(FontRole::small, special ? Ink::error : Ink::muted,
                         fmt::format("Bit {}{} chosen \u00B7 {}", bit_, bit_ % 8 == 0 ? " (parity)" : "", look.words));
    }

    void power(FrameContext& context, ScreenCanvas& canvas) {
        canvas.paragraph(FontRole::title, Ink::text, "Modular exponentiation");
        constexpr std::array<const char*, 3> labels = {"Base (U)", "Exponent", "Modulus"};
        for (std::size_t i = 0; i < labels.size(); ++i) {
            const bool editing = text_field(context, canvas, ring_,
                                            {.label = labels[i],
                                             .hint = "decimal, or hex with 0x",
                                             .fault = power_.fault(i),
                                             .label_width = 5.2F * canvas.em()},
                                            power_.fields[i]);
            editing_power_ = editing_power_ || editing;
        }
        std::string result = to_text(power_.result());
        if (result.size() > most_digits_shown) result = result.substr(0, most_digits_shown) + "\u2026";
        canvas.paragraph(FontRole::figures, power_.all_right() ? Ink::secret : Ink::muted, fmt::format("= {}", result));
        canvas.paragraph(FontRole::small, Ink::muted,
                         fmt::format("{} exponent bits, square and multiply{}", power_.steps(),
                                     power_.all_right() ? "" : " (of the last right numbers)"));
        if (flow_button(context, "Step through the power (W)", power_.all_right(), true)) entered_power_ = true;
    }

    void open_bench(FrameContext& context) const {
        if (auto opened = bench_.opened()) return context.requests.open(std::move(*opened));
        context.requests.notice(fmt::format("nothing to step through yet ({})",
                                            bench_.busy() ? "the file is being read" : "a field is wrong"));
    }

    void open_power(FrameContext& context) const {
        if (auto opened = power_.opened()) return context.requests.open(std::move(*opened));
        context.requests.notice("nothing to step through yet (a number is wrong)");
    }

    // What was given on the command line, or opened as a trace of its own, is what the page begins with.
    void begin(FrameContext& context) {
        if (std::exchange(begun_, true)) return;
        if (context.trace.recording().power) power_.take_over(context.trace, context.step.node);
        if (!context.trace.recording().des) return;
        if (const std::string why = bench_.take_over(context.trace, context.step.node); !why.empty())
            context.requests.notice(why);
    }

    void take_over(FrameContext& context) {
        const bool power = power_.take_over(context.trace, context.step.node);
        const std::string why = bench_.take_over(context.trace, context.step.node);
        context.requests.notice(why.empty() ? "taken over: key, settings and message of the trace"
                                : power     ? "taken over: base, exponent and modulus of the trace"
                                            : why);
    }

    Workbench bench_;
    PowerBench power_;
    unsigned bit_ = 1; // of the key, chosen by keyboard
    FieldRing ring_;
    bool editing_power_ = false, entered_power_ = false; // one of the last three fields, the exponentiation's
    bool scrolls_on_ = false, begun_ = false;
    Seconds now_{0};
};

} // namespace

std::unique_ptr<Page> make_workbench_page() { return std::make_unique<WorkbenchPage>(); }

} // namespace keyhole::viz
