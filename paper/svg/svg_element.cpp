#include "paper/svg/svg_element.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "core/base/markup.hpp"

namespace keyhole::paper {
namespace {

using namespace viz;

// By Ink.
constexpr std::array ink_names = std::to_array<std::string_view>(
    {"none", "background", "panel", "raised", "border", "text", "muted", "faint",  "current", "on-current",
     "tint", "followed",   "plain", "left",   "right",  "key",  "sbox",  "secret", "on-fill", "error"});
static_assert(ink_names.size() == ink_count, "each ink has its class");

// By PaperFont: families of the system, or those that lie in the file, under the same names.
constexpr std::array<std::string_view, paper_font_count + 1> families = {
    "Inter, 'Helvetica Neue', Arial, sans-serif", "'JetBrains Mono', 'DejaVu Sans Mono', monospace",
    "'DejaVu Sans', sans-serif", "FontAwesome", "sans-serif"};
constexpr std::array<std::string_view, paper_font_count + 1> font_classes = {"w", "m", "d", "i", "o"};

std::string n(float pixels) { return svg_number(pixels); }

std::string opacity(std::string_view property, float alpha) {
    return alpha >= 0.995F ? std::string() : fmt::format(" {}-opacity=\"{}\"", property, n(alpha));
}

std::string hex(Colour colour) {
    return fmt::format("#{:02X}{:02X}{:02X}", colour & 0xFFU, colour >> 8U & 0xFFU, colour >> 16U & 0xFFU);
}

} // namespace

std::string svg_number(float pixels) {
    std::string text = fmt::format("{:.2f}", pixels);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text == "-0" ? "0" : text;
}

std::string_view SvgElements::class_of(Ink ink) { return ink_names[static_cast<std::size_t>(ink)]; }

std::string SvgElements::fill(Paint paint, std::string_view use) const {
    if (paint.ink == Ink::none) return theme_ != nullptr ? " fill=\"none\"" : "";
    if (theme_ == nullptr)
        return fmt::format(" class=\"{}{}\"{}", use, class_of(paint.ink), opacity("fill", paint.alpha));
    return fmt::format(" fill=\"{}\"{}", hex(theme_->colour(paint.ink)), opacity("fill", paint.alpha));
}

std::string SvgElements::stroke(Paint paint, float thickness) const {
    if (paint.ink == Ink::none) return {};
    const std::string colour = theme_ != nullptr ? fmt::format(" stroke=\"{}\"", hex(theme_->colour(paint.ink)))
                                                 : fmt::format(" class=\"s-{}\"", class_of(paint.ink));
    return colour + opacity("stroke", paint.alpha) + fmt::format(" stroke-width=\"{}\"", n(thickness));
}

std::string SvgElements::run_attributes(FontRole role, const Run& run) const {
    const auto font = static_cast<std::size_t>(run.font);
    std::string out = theme_ != nullptr ? fmt::format(" font-family=\"{}\"", families[font]) : "";
    out += fmt::format(" font-size=\"{}\"", n(type_.size(role, run.font)));
    // A font of another width than the one that was measured is set into the same room.
    if (run.text.size() > 1) out += fmt::format(" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"", n(run.width));
    return out;
}

std::string SvgElements::text_head(const shape::Text& text, const std::string& attributes) const {
    const std::vector<Run> runs = type_.runs(text.font, text.words);
    if (runs.size() != 1) return {};
    const auto font = static_cast<std::size_t>(runs.front().font);
    const std::string use = theme_ != nullptr ? "" : fmt::format("{} f-", font_classes[font]);
    return fmt::format("<text{} x=\"{}\" y=\"{}\"{}{}>", attributes, n(text.box.x),
                       n(text.box.y + type_.base_line(text.font)), run_attributes(text.font, runs.front()),
                       fill(text.paint, use));
}

std::string SvgElements::element(const Plain& plain, const std::string& attributes) const {
    struct Write {
        const SvgElements& self;
        const std::string& attributes;
        bool one;

        // Two classes are one attribute.
        std::string both(Paint inside, Paint outline, float thickness) const {
            if (self.theme_ != nullptr) return self.fill(inside, "") + self.stroke(outline, thickness);
            std::string classes = inside.ink == Ink::none ? "" : fmt::format("b-{}", class_of(inside.ink));
            if (one) classes += classes.empty() ? "one" : " one";
            if (outline.ink != Ink::none)
                classes += fmt::format("{}s-{}", classes.empty() ? "" : " ", class_of(outline.ink));
            std::string out = fmt::format(" class=\"{}\"", classes);
            if (inside.ink != Ink::none) out += opacity("fill", inside.alpha);
            if (outline.ink != Ink::none)
                out += opacity("stroke", outline.alpha) + fmt::format(" stroke-width=\"{}\"", n(thickness));
            return out;
        }

        std::string operator()(const shape::Box& b) const {
            const float round = std::min(b.rounding, std::min(b.rect.w, b.rect.h) / 2);
            return fmt::format("<rect{} x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{}{}/>", attributes, n(b.rect.x),
                               n(b.rect.y), n(std::max(0.0F, b.rect.w)), n(std::max(0.0F, b.rect.h)),
                               round > 0 ? fmt::format(" rx=\"{}\"", n(round)) : "",
                               both(b.fill, b.outline, b.thickness));
        }
        std::string operator()(const shape::Circle& c) const {
            return fmt::format("<circle{} cx=\"{}\" cy=\"{}\" r=\"{}\"{}/>", attributes, n(c.centre.x), n(c.centre.y),
                               n(c.radius), both(c.fill, c.outline, c.thickness));
        }
        std::string operator()(const shape::Line& l) const {
            return fmt::format("<line{} x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"{}/>", attributes, n(l.from.x),
                               n(l.from.y), n(l.to.x), n(l.to.y), self.stroke(l.paint, l.thickness));
        }
        std::string operator()(const shape::Wire& w) const {
            const float bend = wire_bend(w.from, w.to);
            return fmt::format("<path{} d=\"M{} {}C{} {} {} {} {} {}\"{}{}/>", attributes, n(w.from.x), n(w.from.y),
                               n(w.from.x), n(w.from.y + bend), n(w.to.x), n(w.to.y - bend), n(w.to.x), n(w.to.y),
                               self.theme_ != nullptr ? " fill=\"none\"" : "", self.stroke(w.paint, w.thickness));
        }
        std::string operator()(const shape::Triangle& t) const {
            return fmt::format("<path{} d=\"M{} {}L{} {}L{} {}Z\"{}/>", attributes, n(t.a.x), n(t.a.y), n(t.b.x),
                               n(t.b.y), n(t.c.x), n(t.c.y), self.fill(t.paint, "f-"));
        }
        std::string operator()(const shape::Text& t) const {
            if (t.words.empty()) return {};
            if (const std::string head = self.text_head(t, attributes); !head.empty())
                return head + markup(t.words) + "</text>";
            std::string out = fmt::format("<text{} y=\"{}\"{}>", attributes, n(t.box.y + self.type_.base_line(t.font)),
                                          self.fill(t.paint, "f-"));
            for (const Run& run : self.type_.runs(t.font, t.words))
                out += fmt::format("<tspan{} x=\"{}\"{}>{}</tspan>",
                                   self.theme_ != nullptr
                                       ? ""
                                       : fmt::format(" class=\"{}\"", font_classes[static_cast<std::size_t>(run.font)]),
                                   n(t.box.x + run.x), self.run_attributes(t.font, run), markup(run.text));
            return out + "</text>";
        }
        std::string operator()(const shape::Cell&) const { return {}; } // each_plain leaves none
    };
    return std::visit(Write{*this, attributes, plain.one}, plain.form);
}

} // namespace keyhole::paper
