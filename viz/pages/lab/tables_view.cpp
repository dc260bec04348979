#include "viz/pages/lab/tables_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "viz/draw/imgui_point.hpp"
#include "viz/frame/field_view.hpp"
#include "viz/pages/lab/bench/box_table.hpp"

namespace keyhole::viz {
namespace {

class TablesView final : public LabView {
  public:
    std::span<const PageAction> actions() const override {
        static constexpr std::array all = {
            PageAction{{.key = key_of('x')}, "X", "next box"},
            PageAction{{.key = key_of('c')}, "C", "differences or sums"},
            PageAction{{.key = Key::up}, "Arrows", "another cell"},
            PageAction{{.key = key_of('v')}, "V", "scroll"},
        };
        return all;
    }

    bool press(const KeyPress& press, FrameContext& /*context*/) override {
        if (press.ctrl || press.alt) return false;
        if (press.key == key_of('x')) {
            box_ = box_ % 8 + 1;
        } else if (press.key == key_of('c')) {
            kind_ = turned(kind_, 2);
        } else if (press.key == Key::left || press.key == Key::right) {
            input_ = (input_ + (press.key == Key::right ? 1 : 63)) % 64;
        } else if (press.key == Key::up || press.key == Key::down) {
            output_ = (output_ + (press.key == Key::down ? 1 : 15)) % 16;
        } else if (press.key == key_of('v')) {
            scrolls_on_ = true;
        } else {
            return false;
        }
        return true;
    }

    void draw(FrameContext& context, Rect room) override {
        const des::Variant& variant = context.state.of<LabState>().variant;
        if (!table_ || table_->box != box_ || table_->kind != kind_ || variant != made_for_) {
            table_ = box_table(variant, box_, kind_);
            made_for_ = variant;
        }
        draw_column(context, "tables", room, [&](ScreenCanvas& canvas) {
            const float label = 5 * canvas.em();
            constexpr std::array<std::string_view, 8> boxes = {"1", "2", "3", "4", "5", "6", "7", "8"};
            box_ = 1 + static_cast<unsigned>(choice(context, canvas, "S-box (X)", boxes, box_ - 1, label));
            constexpr std::array<std::string_view, 2> kinds = {"differences", "sums of bits"};
            choose(context, canvas, "Table (C)", kinds, kind_, label);
            if (!variant.is_des()) canvas.paragraph(FontRole::small, Ink::error, variant.mark());
            map(canvas);
            chosen(canvas);
            criteria(canvas);
            if (scrolls_on_) scroll_on();
        });
        scrolls_on_ = false;
    }

  private:
    // 64 inputs across, 16 outputs down.
    void map(ScreenCanvas& canvas) {
        const float em = canvas.em();
        canvas.paragraph(FontRole::small, Ink::muted, table_->axes());
        const Rect room = free_room();
        const float label = 2.2F * em, cell_w = std::max((room.w - label) / 64, 3.0F),
                    cell_h = std::max(cell_w, 0.7F * em);
        const Rect all{room.x + label, room.y + 1.1F * em, 64 * cell_w, 16 * cell_h};
        for (unsigned in = 0; in < 64; in += 8)
            canvas.text(FontRole::figures_tiny, {all.x + cell_w * static_cast<float>(in), room.y}, Ink::muted,
                        fmt::format("{:02X}", in));
        for (unsigned out = 0; out < 16; ++out) {
            const float y = all.y + cell_h * static_cast<float>(out);
            canvas.text_to_right(FontRole::figures_tiny, {all.x - 0.4F * em, y + cell_h / 2}, Ink::muted,
                                 fmt::format("{:X}", out));
            for (unsigned in = 0; in < 64; ++in) {
                const Rect cell{all.x + cell_w * static_cast<float>(in), y, cell_w, cell_h};
                const int entry = table_->entries[in][out];
                const Paint fill =
                    entry == 0 ? Paint(Ink::raised)
                               : Paint(entry < 0 ? Ink::left : Ink::sbox, 0.15F + 0.85F * table_->strength(in, out));
                const bool trivial = in == 0 && out == 0;
                canvas.box(cell, trivial ? Paint(Ink::faint) : fill, Ink::none);
                if (entry == 0) continue;
                const std::string figures = fmt::to_string(entry);
                if (canvas.width(FontRole::figures_tiny, figures) + 2 <= cell_w)
                    canvas.text_centred(FontRole::figures_tiny, cell.centre(),
                                        !trivial && table_->strength(in, out) > 0.55F ? Ink::panel : Ink::text,
                                        figures);
            }
        }
        const Rect here{all.x + cell_w * static_cast<float>(input_), all.y + cell_h * static_cast<float>(output_),
                        cell_w, cell_h};
        canvas.box(here, Ink::none, Ink::current, 2 * canvas.line());
        const auto [clicked, hovered] = button_over(all, 0);
        if (hovered) {
            const ImVec2 mouse = ImGui::GetMousePos();
            const auto in = static_cast<unsigned>(std::clamp((mouse.x - all.x) / cell_w, 0.0F, 63.0F)),
                       out = static_cast<unsigned>(std::clamp((mouse.y - all.y) / cell_h, 0.0F, 15.0F));
            ImGui::SetTooltip("%s", table_->words(in, out).c_str());
            if (clicked) {
                input_ = in;
                output_ = out;
            }
        }
        ImGui::SetCursorScreenPos({room.x, all.bottom() + 0.6F * em});
    }

    void chosen(ScreenCanvas& canvas) const {
        canvas.paragraph(FontRole::text, Ink::text, table_->words(input_, output_));
        std::string lines;
        for (const std::string& line : table_->inputs(input_, output_)) lines += (lines.empty() ? "" : "    ") + line;
        canvas.paragraph(FontRole::figures_small, Ink::muted,
                         lines.empty() ? "no inputs" : table_->inputs_title() + lines);
    }

    void criteria(ScreenCanvas& canvas) const {
        ImGui::Dummy({1, 0.5F * canvas.em()});
        canvas.paragraph(FontRole::title, Ink::text, "Design criteria, published in 1994");
        for (const lab::CriterionResult& one : table_->criteria) {
            canvas.paragraph(
                FontRole::text, one.met ? Ink::right : Ink::error,
                fmt::format("{} {}: {}. {}", one.name, one.met ? "yes" : "NO", one.demanded, one.measured));
        }
    }

    std::optional<BoxTable> table_;
    des::Variant made_for_;
    unsigned box_ = 1, input_ = 0x34, output_ = 2; // the cell that is chosen
    BoxTableKind kind_ = BoxTableKind::differences;
    bool scrolls_on_ = false;
};

} // namespace

std::unique_ptr<LabView> make_tables_view() { return std::make_unique<TablesView>(); }

} // namespace keyhole::viz
