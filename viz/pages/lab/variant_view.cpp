#include "viz/pages/lab/variant_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/error.hpp"
#include "viz/draw/imgui_point.hpp"
#include "viz/frame/field_view.hpp"
#include "viz/pages/lab/bench/variant_bench.hpp"

namespace keyhole::viz {
namespace {

class VariantView final : public LabView {
  public:
    bool busy() const override { return bench_.busy(); }

    std::span<const PageAction> actions() const override {
        static constexpr std::array all = {
            PageAction{{.key = Key::enter}, "Enter", "step through it"},
            PageAction{{.key = key_of('e')}, "E", "edit the list"},
            PageAction{{.key = key_of('o')}, "O", "one round fewer"},
            PageAction{{.key = key_of('s')}, "S", "last swap"},
            PageAction{{.key = key_of('i')}, "I", "IP"},
            PageAction{{.key = key_of('a')}, "A", "P"},
            PageAction{{.key = key_of('u')}, "U", "subkeys"},
            PageAction{{.key = key_of('x')}, "X", "next box"},
            PageAction{{.key = key_of('y')}, "Y", "what it is"},
            PageAction{{.key = Key::space}, "Space", "an entry one more"},
            PageAction{{.key = key_of('w')}, "W", "back to DES"},
            PageAction{{.key = key_of('v')}, "V", "scroll"},
        };
        return all;
    }

    bool press(const KeyPress& press, FrameContext& /*context*/) override {
        if (press.ctrl || press.alt) return false;
        if (ring_.press(press)) return true;
        if (ring_.editing()) return false;
        des::Variant v = bench_.variant();
        const int step = press.key == Key::right || press.key == Key::down ? 1 : -1;
        if (press.key == key_of('e')) {
            ring_.focus(0);
        } else if (press.key == key_of('v')) {
            scrolls_on_ = true;
        } else if (press.key == key_of('x')) {
            box_ = box_ % 8 + 1;
        } else if (press.key == Key::left || press.key == Key::right) {
            column_ = (column_ + 16 + static_cast<unsigned>(step)) % 16;
        } else if (press.key == Key::up || press.key == Key::down) {
            row_ = (row_ + 4 + static_cast<unsigned>(step)) % 4;
        } else if (change(press, v)) {
            bench_.set(v);
        } else {
            return false;
        }
        return true;
    }

    void draw(FrameContext& context, Rect room) override {
        const float gap = 1.2F * context.fonts.em;
        const bool narrow = room.w < 60 * context.fonts.em;
        const float left = narrow ? room.w : 0.54F * room.w;
        ring_.begin();
        draw_column(context, "changes", {room.x, room.y, left, room.h}, [&](ScreenCanvas& canvas) {
            changes(context, canvas);
            if (narrow) facts(context, canvas);
            if (scrolls_on_) scroll_on();
        });
        if (!narrow)
            draw_column(context, "facts", {room.x + left + gap, room.y, room.w - left - gap, room.h},
                        [&](ScreenCanvas& canvas) {
                            facts(context, canvas);
                            if (scrolls_on_) scroll_on();
                        });
        bench_.refresh();
        context.state.of<LabState>().variant = bench_.variant();
        if (ring_.take_entered()) open(context);
        scrolls_on_ = false;
        ring_.end();
    }

  private:
    // The keys that change the variant itself.
    bool change(const KeyPress& press, des::Variant& v) const {
        if (press.key == key_of('o')) {
            v.rounds = v.rounds > 1 ? v.rounds - 1 : 16;
        } else if (press.key == key_of('s')) {
            v.final_swap = !v.final_swap;
        } else if (press.key == key_of('i')) {
            v.has_ip = !v.has_ip;
        } else if (press.key == key_of('a')) {
            v.has_p = !v.has_p;
        } else if (press.key == key_of('u')) {
            v.subkeys = turned(v.subkeys, 4);
        } else if (press.key == key_of('y')) {
            choose_box(v, box_, next_choice(v, box_));
        } else if (press.key == Key::space) {
            add_one(v, row_, column_);
        } else if (press.key == key_of('w')) {
            v = {};
        } else {
            return false;
        }
        return true;
    }

    void add_one(des::Variant& v, unsigned row, unsigned column) const {
        std::uint8_t& value = v.boxes[box_ - 1][row][column];
        value = static_cast<std::uint8_t>((value + 1) % 16);
    }

    void changes(FrameContext& context, ScreenCanvas& canvas) {
        const float label = 7.2F * canvas.em();
        text_field(context, canvas, ring_,
                   {.label = "List (E)", .hint = "none", .fault = bench_.fault(), .label_width = label}, bench_.list);
        des::Variant v = bench_.variant();
        constexpr std::array<std::string_view, 16> numbers = {"1", "2",  "3",  "4",  "5",  "6",  "7",  "8",
                                                              "9", "10", "11", "12", "13", "14", "15", "16"};
        v.rounds = 1 + static_cast<unsigned>(choice(context, canvas, "Rounds (O)", numbers, v.rounds - 1, label));
        constexpr std::array<std::string_view, 2> kept = {"as in DES", "left out"};
        const auto part = [&](const char* name, bool& has) {
            has = choice(context, canvas, name, kept, has ? 0 : 1, label) == 0;
        };
        part("Last swap (S)", v.final_swap);
        part("IP, FP (I)", v.has_ip);
        part("P (A)", v.has_p);
        constexpr std::array<std::string_view, 4> subkeys = {"as in DES", "all K1", "reversed", "no shifts"};
        choose(context, canvas, "Subkeys (U)", subkeys, v.subkeys, label);
        std::size_t box = box_ - 1;
        box = choice(context, canvas, "S-box (X)", std::span(numbers).first(8), box, label);
        box_ = static_cast<unsigned>(box) + 1;
        BoxChoice what = box_choice(v, box_);
        constexpr std::array<std::string_view, 11> places = {"its own", "S1", "S2", "S3",     "S4",     "S5",
                                                             "S6",      "S7", "S8", "linear", "changed"};
        choose(context, canvas, "is (Y)", std::span(places).first(what == BoxChoice::other ? 11 : 10), what, label);
        choose_box(v, box_, what);
        entries(canvas, v);
        if (v != bench_.variant()) bench_.set(v);
        if (flow_button(context, "Step through it (Enter)", bench_.fault().empty(), true)) ring_.enter();
        canvas.paragraph(FontRole::small, Ink::muted,
                         "The workbench's message goes through it; B leads back. Click an entry of the box, or choose "
                         "one with the arrows and press Space. What is changed is no DES: it reaches no wire.");
    }

    // The box as the standard prints it; entries that differ from its own stand out.
    void entries(ScreenCanvas& canvas, des::Variant& v) {
        const float em = canvas.em();
        const Rect at = free_room();
        const float width = std::min(2.4F * em, (at.w - 0.4F * em) / 16), height = 1.35F * em;
        for (unsigned r = 0; r < 4; ++r) {
            for (unsigned c = 0; c < 16; ++c) {
                const Rect rect{at.x + 0.2F * em + width * static_cast<float>(c),
                                at.y + 0.3F * em + height * static_cast<float>(r), width - 0.12F * em,
                                height - 0.12F * em};
                const bool differs = v.boxes[box_ - 1][r][c] != des::s_boxes[box_ - 1][r][c];
                const bool here = r == row_ && c == column_;
                canvas.box(rect, differs ? Ink::current_tint : Ink::raised, here ? Ink::current : Ink::border,
                           here ? 2.2F * canvas.line() : 0);
                canvas.small_figures_within(rect.centre(), rect.w, differs ? Ink::current : Ink::text,
                                            fmt::to_string(v.boxes[box_ - 1][r][c]));
                if (!canvas.clicked(rect)) continue;
                row_ = r;
                column_ = c;
                add_one(v, r, c);
            }
        }
        ImGui::Dummy({1, 4 * height + 0.6F * em});
    }

    void facts(FrameContext& context, ScreenCanvas& canvas) {
        const des::Variant& v = bench_.variant();
        canvas.paragraph(FontRole::title, v.is_des() ? Ink::text : Ink::error, v.is_des() ? "DES" : v.mark());
        if (bench_.busy()) canvas.paragraph(FontRole::small, Ink::muted, "looking at random keys and blocks ..");
        for (const FactLine& line : bench_.fact_lines())
            canvas.paragraph(FontRole::text, line.as_in_des ? Ink::text : Ink::error, line.words);
        if (bench_.facts().trials > 0 && bench_.standard().trials > 0) spread(context, canvas);
    }

    // How many bits differ behind each round, as bars: the variant's, and DES's below it.
    void spread(FrameContext& context, ScreenCanvas& canvas) const {
        const float em = context.fonts.em;
        canvas.paragraph(
            FontRole::small, Ink::muted,
            fmt::format("Bits of 64 that differ behind each round when one bit of the text is flipped: the mean of "
                        "{} pairs and its spread. Above the variant, below DES.",
                        bench_.facts().trials));
        const Rect at = free_room();
        const float label = 2 * em, figures = 7.5F * em, width = std::max(at.w - label - figures, 4 * em),
                    row = 1.5F * em;
        const auto& own = bench_.facts().rounds;
        const auto& des = bench_.standard().rounds;
        for (std::size_t n = 0; n < des.size(); ++n) {
            const float y = at.y + row * static_cast<float>(n);
            canvas.text_to_right(FontRole::figures_small, {at.x + label - 0.4F * em, y + row / 2}, Ink::muted,
                                 fmt::to_string(n));
            const auto bar = [&](const lab::Spread& one, float top, Ink ink) {
                canvas.box({at.x + label, top, std::max(width * static_cast<float>(one.text_mean) / 64, canvas.line()),
                            0.55F * em},
                           ink, Ink::none);
            };
            if (n < own.size()) bar(own[n], y + 0.1F * em, Ink::current);
            bar(des[n], y + 0.72F * em, Ink::muted);
            const std::string words = n < own.size()
                                          ? fmt::format("{:.1f} \u00B1 {:.1f}", own[n].text_mean, own[n].text_deviation)
                                          : std::string("no round");
            canvas.text(FontRole::figures_tiny, {at.x + label + width + 0.5F * em, y + 0.3F * em}, Ink::text, words);
        }
        ImGui::Dummy({1, row * static_cast<float>(des.size()) + 0.4F * em});
    }

    void open(FrameContext& context) const {
        if (!bench_.fault().empty()) return context.requests.notice("nothing to step through yet (the list is wrong)");
        try {
            context.requests.open(bench_.opened(context.trace));
        } catch (const Error& error) {
            context.requests.notice(error.what());
        }
    }

    VariantBench bench_;
    FieldRing ring_;
    unsigned box_ = 1, row_ = 0, column_ = 0; // the entry that is chosen
    bool scrolls_on_ = false;
};

} // namespace

std::unique_ptr<LabView> make_variant_view() { return std::make_unique<VariantView>(); }

} // namespace keyhole::viz
