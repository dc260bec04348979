#include "viz/stages/frame/frame_line.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace keyhole::viz {
namespace {

// A piece of the line in one ink.
struct Run {
    Span span;
    Ink ink = Ink::muted; // as what holds the object together has it
    std::string id = {};
};

Span clipped(Span span, Span row) {
    return {std::clamp(span.begin, row.begin, row.end), std::clamp(span.end, row.begin, row.end)};
}

// The row cut where the ink changes: keys, values, and what holds them together.
std::vector<Run> runs_of(const FrameModel& frame, Span row) {
    std::vector<Run> runs;
    std::size_t done = row.begin;
    const auto add = [&](Span span, Ink ink, const std::string& id) {
        const Span part = clipped(span, row);
        if (part.end <= done || part.size() == 0) return;
        if (part.begin > done) runs.push_back({.span = {done, part.begin}});
        runs.push_back({{std::max(done, part.begin), part.end}, ink, id});
        done = part.end;
    };
    for (const Field& field : frame.fields) {
        add(field.key, Ink::muted, "field." + field.name);
        add(field.value, field.holds == Holds::nothing ? Ink::text : Ink::plain, "field." + field.name + ".value");
    }
    if (done < row.end) runs.push_back({.span = {done, row.end}, .id = {}});
    return runs;
}

class LineRow {
  public:
    LineRow(const FrameDrawing& drawing, Point at, Span row)
        : d_(drawing), canvas_(drawing.canvas), at_(at), row_(row), em_(canvas_.em()), height_(d_.row - 0.2F * em_) {}

    void draw() {
        mark(d_.lit.line_group, Ink::none);
        mark(d_.lit.line, Ink::current);
        const float text_y = at_.y + (height_ - canvas_.height(FontRole::figures_small)) / 2;
        for (const Run& run : runs_of(d_.frame, row_))
            canvas_.text(FontRole::figures_small, {x(run.span.begin), text_y}, run.ink,
                         one_sign_a_byte(d_.frame.line.substr(run.span.begin, run.span.size())), run.id);
        for (const Field& field : d_.frame.fields) {
            if (field.holds != Holds::nothing) underline_groups(field);
        }
        for (std::size_t i = row_.begin; i < row_.end; ++i)
            canvas_.area({}, {x(i), at_.y, d_.sign, d_.row}).follow = item_of_wire(i);
    }

  private:
    float x(std::size_t position) const { return at_.x + d_.sign * static_cast<float>(position - row_.begin); }

    void mark(Span span, Ink outline) {
        const Span part = clipped(span, row_);
        if (part.size() == 0) return;
        const float beside = outline == Ink::none ? 0 : 0.18F * d_.sign; // no line runs through a letter
        canvas_.box({x(part.begin) - beside, at_.y, d_.sign * static_cast<float>(part.size()) + 2 * beside, height_},
                    Ink::current_tint, outline, 2 * canvas_.line());
    }

    // A group that goes on in the next row is underlined in both, and named where it begins.
    void underline_groups(const Field& field) {
        const Span part = clipped(field.value, row_);
        const float y = at_.y + d_.row - 0.22F * em_;
        for (std::size_t i = part.begin; i < part.end;) {
            const std::size_t group = (i - field.value.begin) / 4, begin = field.value.begin + 4 * group;
            const std::size_t end = std::min(begin + 4, part.end);
            const float inset = 0.15F * d_.sign;
            canvas_.straight(
                {x(i) + inset, y}, {x(end) - inset, y}, Ink::faint, canvas_.line(),
                i > begin ? "" : fmt::format("{}base64.{}", field.holds == Holds::iv ? "iv." : "", group + 1));
            i = end;
        }
    }

    const FrameDrawing& d_;
    Canvas& canvas_;
    Point at_;
    Span row_;
    float em_, height_;
};

} // namespace

std::string one_sign_a_byte(std::string_view text) {
    std::string shown(text);
    std::ranges::replace_if(
        shown, [](char c) { return c < 0x20 || c >= 0x7F; }, '.');
    return shown;
}

std::size_t line_columns(float width, float em, float sign) {
    return std::max<std::size_t>(4, static_cast<std::size_t>((width - em) / sign) / 4 * 4);
}

void draw_line_rows(const FrameDrawing& drawing, Point at, std::size_t columns, const RowWindow& rows) {
    const std::size_t size = drawing.frame.line.size();
    for (std::uint64_t r = 0; r < rows.shown(); ++r) {
        const std::size_t begin = static_cast<std::size_t>(rows.top() + r) * columns;
        if (begin >= size) break;
        LineRow(drawing, {at.x, at.y + drawing.row * static_cast<float>(r)}, {begin, std::min(begin + columns, size)})
            .draw();
    }
}

} // namespace keyhole::viz
