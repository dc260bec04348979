#include "viz/stages/frame/frame_picture.hpp"

#include <algorithm>

#include "viz/stages/frame/base64_picture.hpp"
#include "viz/stages/frame/frame_bytes.hpp"
#include "viz/stages/frame/frame_line.hpp"
#include "viz/stages/message/bytes_picture.hpp"
#include "viz/stages/message/message_head.hpp"
#include "viz/stages/message/message_model.hpp"

namespace keyhole::viz {
namespace {

// The workbench deciphers bytes that came in no line.
bool has_line(const StageInput& input) {
    const Node& node = input.step.node;
    return node.kind() == Kind::frame ||
           !input.trace.recording().messages[node.number(Kind::message) - 1].received->frame.empty();
}

// A list with words above it and a bar at its right.
struct Pane {
    std::string_view name;
    std::string_view caption;
    Point at;
    float width = 0;
    std::uint64_t rows = 0, shown = 1;
    std::optional<std::uint64_t> show; // the row to scroll to
    bool page_keys = false;
};

// Returns the foot.
template <class DrawRows>
float draw_pane(const FrameDrawing& d, const Pane& pane, DrawRows draw_rows) {
    const float em = d.canvas.em();
    const float x = pane.at.x;
    const float y = d.canvas.paragraph(FontRole::small, pane.at, pane.width, Ink::muted, pane.caption) + 0.1F * em;
    const std::uint64_t shown = std::min(pane.shown, std::max<std::uint64_t>(pane.rows, 1));
    const std::string list = std::string(pane.name) + " " + d.input.step.address;
    const RowWindow rows = rows_in_sight(d.input, list, pane.rows, shown, pane.show);
    const float height = d.row * static_cast<float>(shown);
    draw_rows(Point{x, y}, rows);
    if (rows.last_top() > 0)
        d.canvas.picture().lists.push_back({.id = list,
                                            .all = pane.rows,
                                            .shown = shown,
                                            .first = rows.top(),
                                            .bar = {x + pane.width - 0.6F * em, y, 0.55F * em, height},
                                            .list = {x, y, pane.width, height},
                                            .page_keys = pane.page_keys});
    return y + height;
}

class FramePicture {
  public:
    FramePicture(const StageInput& input, Canvas& canvas, const FrameModel& frame)
        : d_{.input = input,
             .canvas = canvas,
             .frame = frame,
             .lit = link_of_item(frame, input.state.followed),
             .sign = canvas.width(FontRole::figures_small, "0"),
             .row = 1.55F * canvas.em()},
          room_(input.room),
          em_(canvas.em()) {}

    /// From `top` down; returns the foot.
    float draw(float top) {
        const float group = line(top) + 0.5F * em_;
        return bytes(std::max(draw_base64_group(d_, {room_.x, group}, room_.w), group + 5.3F * em_) + 0.2F * em_);
    }

  private:
    float line(float top) {
        const std::size_t columns = line_columns(room_.w, em_, d_.sign);
        const float spare = room_.bottom() - top - 7.5F * em_;
        const Pane pane{.name = "line",
                        .caption = d_.input.on_paper
                                       ? "The line, four characters of base64 underlined together."
                                       : "The line, four characters of base64 underlined together. Hover, click, or "
                                         "< and > select.",
                        .at = {room_.x, top},
                        .width = room_.w,
                        .rows = (d_.frame.line.size() + columns - 1) / columns,
                        .shown = static_cast<std::uint64_t>(std::clamp(0.36F * spare / d_.row, 2.0F, 8.0F)),
                        .show = row_to_show(columns)};
        return draw_pane(d_, pane,
                         [&](Point rows_at, const RowWindow& rows) { draw_line_rows(d_, rows_at, columns, rows); });
    }

    // The wire and the blocks, side by side where there is room, else below one another.
    float bytes(float top) {
        const float blocks_w = blocks_width(em_, d_.sign) + 0.9F * em_;
        const bool beside = room_.w - blocks_w > least_wire_width(em_, d_.sign) + em_;
        const float wire_w = beside ? room_.w - blocks_w - em_ : room_.w;
        const float fitting = (room_.bottom() - top - 1.6F * em_) / d_.row;
        const auto shown = static_cast<std::uint64_t>(std::max(beside ? fitting : fitting / 2, 3.0F));
        const float foot = wire({room_.x, top}, wire_w, shown);
        if (beside) return std::max(foot, blocks({room_.x + wire_w + em_, top}, blocks_w, shown));
        return blocks({room_.x, foot + 0.5F * em_}, room_.w, shown);
    }

    float wire(Point at, float width, std::uint64_t shown) {
        const std::size_t columns = wire_columns(width - em_, em_, d_.sign);
        const Pane pane{.name = "wire",
                        .caption = "The same line as bytes on the wire, 0A ends it",
                        .at = at,
                        .width = width,
                        .rows = (d_.frame.wire_size() + columns - 1) / columns,
                        .shown = shown,
                        .show = row_to_show(columns),
                        .page_keys = true};
        return draw_pane(d_, pane, [&](Point rows_at, const RowWindow& rows) {
            draw_wire_rows(d_, rows_at, width - 0.9F * em_, columns, rows);
        });
    }

    float blocks(Point at, float width, std::uint64_t shown) {
        Pane pane{.name = "blocks",
                  .caption = d_.frame.arriving ? "What the base64 says" : "What goes into base64",
                  .at = at,
                  .width = width,
                  .rows = block_rows(d_.frame),
                  .shown = shown,
                  .show = {}};
        if (scrolls() && d_.lit.holds != Holds::nothing)
            pane.show = block_row_of(d_.frame, d_.lit.holds, d_.lit.bytes.begin);
        return draw_pane(d_, pane, [&](Point rows_at, const RowWindow& rows) { draw_block_rows(d_, rows_at, rows); });
    }

    bool scrolls() const { return d_.input.moved || d_.input.stepped; }
    std::optional<std::uint64_t> row_to_show(std::size_t columns) const {
        return scrolls() ? std::optional<std::uint64_t>(d_.lit.line.begin / columns) : std::nullopt;
    }

    FrameDrawing d_;
    Rect room_;
    float em_;
};

} // namespace

Picture frame_picture(const StageInput& input) {
    if (!has_line(input)) return bytes_picture(input);
    Picture picture;
    Canvas canvas(input.style, picture);
    const FrameModel frame = make_frame_model(input.trace, input.step.node);
    const std::string words = frame_words(frame);
    float y = draw_message_head(input, canvas, frame.arriving ? "The line is read" : "One JSON line", words);
    if (!frame.refusal.empty())
        y = canvas.paragraph(FontRole::small, {input.room.x, y}, input.room.w, Ink::error,
                             refusal_words(frame.refusal)) +
            0.3F * canvas.em();
    end_stage(input, canvas, y, FramePicture(input, canvas, frame).draw(y), words);
    return picture;
}

Item next_frame_item(const StageInput& input, Item followed, int step) {
    if (!has_line(input)) return next_character(input, followed, step);
    const FrameModel frame = make_frame_model(input.trace, input.step.node);
    const std::size_t here = wire_position(frame, followed);
    return item_of_wire(step < 0 ? here - std::min<std::size_t>(here, 1) : std::min(here + 1, frame.wire_size() - 1));
}

} // namespace keyhole::viz
