#include "viz/stages/parts/parts_picture.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/words.hpp"
#include "core/steps/step_kinds.hpp"
#include "viz/picture/column.hpp"
#include "viz/session/stage_model.hpp"

namespace keyhole::viz {
namespace {

class PartsPicture : Column {
  public:
    PartsPicture(const StageInput& input, const PartsModel& parts, Canvas& canvas)
        : Column(canvas, input.room), input_(input), parts_(parts) {}

    void draw() {
        paragraph(FontRole::title, Ink::text, title(parts_.owner));
        paragraph(FontRole::text, Ink::current, input_.step.summary);
        y_ += 0.6F * em_;
        if (parts_.count > 0) {
            paragraph(FontRole::small, Ink::muted, where());
            for (std::size_t i = 0; i < parts_.rows.size(); ++i) row(parts_.rows[i], parts_.first + i + 1, i > 0);
        }
        canvas_.picture().foot = y_;
    }

  private:
    std::string where() const {
        const std::uint64_t shown = parts_.rows.size();
        return shown == parts_.count
                   ? counted(shown, "part")
                   : fmt::format("parts {} to {} of {}", parts_.first + 1, parts_.first + shown, parts_.count);
    }

    // The title at the left, what happened beside it; as high as the longer of the two.
    void row(const PartRow& part, std::uint64_t number, bool line_above) {
        const float pad = 0.3F * em_, inset = 0.4F * em_;
        const float left = std::min(13 * em_, 0.38F * width_), right = width_ - left - 3 * inset;
        const float height = 2 * pad + std::max(canvas_.paragraph_height(FontRole::text, left, part.title),
                                                canvas_.paragraph_height(FontRole::text, right, part.summary));
        const Rect rect{x_, y_, width_, height};
        const std::string id = fmt::format("part.{}", number);
        if (line_above) canvas_.straight(rect.corner(), {rect.right(), rect.y}, Ink::border, canvas_.line());
        canvas_.box(rect, part.current ? Ink::current_tint : Ink::none, Ink::none, 0, id);
        canvas_.link(id, rect, part.node);
        canvas_.paragraph(FontRole::text, {x_ + inset, y_ + pad}, left, part.current ? Ink::current : Ink::text,
                          part.title);
        canvas_.paragraph(FontRole::text, {x_ + left + 2 * inset, y_ + pad}, right,
                          part.current ? Ink::text : Ink::muted, part.summary);
        if (part.current) {
            canvas_.picture().work_from = rect.y;
            canvas_.picture().work_to = rect.bottom();
        }
        y_ += height;
    }

    const StageInput& input_;
    const PartsModel& parts_;
};

} // namespace

Picture parts_picture(const StageInput& input) {
    Picture picture;
    Canvas canvas(input.style, picture);
    PartsPicture(input, make_parts_model(input.trace, input.step.node), canvas).draw();
    return picture;
}

} // namespace keyhole::viz
