// The trace table's rows and its scroll bar. Only rows in sight are made; the bar counts rows, not pixels.
#include <algorithm>
#include <cmath>
#include <utility>

#include "viz/pages/table/table_page.hpp"

namespace keyhole::viz {
namespace {

// Decimal numbers stand with their last digits below each other, but not in a column of long hex values.
constexpr std::size_t widest_decimal = 20;

bool is_number(const std::string& text) { return text.find_first_not_of("0123456789") == std::string::npos; }

} // namespace

void TablePage::take_wheel() {
    if (!ImGui::IsWindowHovered()) return;
    const ImGuiIO& io = ImGui::GetIO();
    const float sideways = io.MouseWheelH != 0 ? io.MouseWheelH : io.KeyShift ? io.MouseWheel : 0;
    if (sideways != 0) {
        first_piece_ = sideways > 0 ? columns_.first - std::min<std::size_t>(columns_.first, 1)
                                    : std::min(columns_.first + 1, columns_.last_page);
        return;
    }
    bar_.take_wheel(rows_);
}

void TablePage::draw_heads(FrameContext& context, ScreenCanvas& canvas, ImVec2 at, float character) const {
    const ImFont* font = context.fonts.figures_small;
    for (const ShownColumn& shown : columns_.shown) {
        const TableColumn& column = table_->columns()[shown.column];
        const float x = at.x + static_cast<float>(shown.at) * character;
        const std::string words = shown.from == 0 ? column.name : "\u2026" + std::to_string(shown.from);
        if (ScreenCanvas::size(font, words).x > static_cast<float>(shown.length + column_gap) * character) continue;
        canvas.text(font, {x, at.y}, colour(context.theme, column.meaning), words);
    }
}

void TablePage::draw_row(FrameContext& context, ScreenCanvas& canvas, std::uint64_t index, Rect area, float character) {
    const Theme& theme = context.theme;
    const ImFont* font = context.fonts.figures_small;
    const TableRow& row = seen_[index - seen_from_];
    const ImVec2 from{area.x, area.y}, to{area.right(), area.bottom()};
    const bool hovered = canvas.hovered(from, to);
    const RowMark mark = mark_of(row.node, context.step.node);
    if (mark == RowMark::here) {
        canvas.box(from, to, theme.current_tint, theme.current, 2 * canvas.line());
    } else if (hovered) {
        canvas.box(from, to, theme.raised, 0);
    }
    // A step below the current one has a bar before it.
    if (mark == RowMark::part)
        canvas.box({from.x, from.y + 1}, {from.x + 0.18F * context.fonts.em, to.y - 1}, theme.current, 0);
    const float left = area.x + 0.4F * context.fonts.em, middle = (from.y + to.y) / 2;
    for (const ShownColumn& shown : columns_.shown) {
        const TableColumn& column = table_->columns()[shown.column];
        const std::string& cell = row.cells[shown.column];
        const float x = left + static_cast<float>(shown.at) * character;
        const float width = static_cast<float>(shown.length) * character;
        const ImVec2 corner{x - 0.5F * character, from.y + 2}, end{x + width + 0.5F * character, to.y - 2};
        if (index == chosen_row_ && shown.number == chosen_column_)
            canvas.box(corner, end, 0, mark == RowMark::here ? theme.current : theme.muted, 1.5F * canvas.line());
        if (shown.from < cell.size()) {
            const std::string piece = cell.substr(shown.from, shown.length);
            const ImU32 ink = mark == RowMark::here || !column.numbering ? theme.text : theme.muted;
            const bool to_right = is_number(cell) && column.width <= widest_decimal;
            const float shift = to_right ? width - ScreenCanvas::size(font, piece).x : 0;
            canvas.text(font, {x + shift, middle - font->FontSize / 2}, ink, piece);
        }
        if (!canvas.hovered({corner.x, from.y}, {end.x, to.y})) continue;
        if (ImGui::IsMouseClicked(0) || ImGui::IsMouseClicked(1)) {
            chosen_row_ = index;
            chosen_column_ = shown.number;
        }
        if (ImGui::IsMouseClicked(1)) context.requests.copy(cell);
    }
    if (hovered && ImGui::IsMouseClicked(0)) {
        chosen_row_ = index;
        context.requests.go_to(row.node);
        if (ImGui::IsMouseDoubleClicked(0)) context.requests.show(PageName::steps);
    }
}

void TablePage::draw_grid(FrameContext& context, ScreenCanvas& canvas, Rect area) {
    const float em = context.fonts.em, line = std::round(1.45F * em), bar = RowBar::width(canvas);
    const float character = ScreenCanvas::size(context.fonts.figures_small, "0").x;
    const float width = area.w - bar - 0.3F * em;
    room_ = static_cast<std::size_t>(std::max(8.0F, (width - 0.8F * em) / character));
    columns_ = arrange_columns(table_->columns(), room_, first_piece_);
    take_wheel();
    columns_ = arrange_columns(table_->columns(), room_, first_piece_);
    first_piece_ = columns_.first;

    draw_heads(context, canvas, {area.x + 0.4F * em, area.y}, character);
    const float head = 1.3F * em;
    canvas.straight({area.x, area.y + head}, {area.x + width, area.y + head}, context.theme.border, canvas.line());
    const Rect body{area.x, area.y + head + 0.15F * em, width, area.h - head - 0.15F * em};
    const bool settled = rows_.shown() == static_cast<std::uint64_t>(body.h / line);
    rows_.set_size(table_->row_count(), static_cast<std::uint64_t>(std::max(body.h / line, 1.0F)));
    if (!settled && context.moved) rows_.scroll_to(chosen_row_ - std::min(chosen_row_, rows_.shown() / 4));
    bar_.draw(canvas, {area.right() - bar, body.y, bar, body.h}, rows_);

    const std::uint64_t end = std::min(rows_.top() + rows_.shown(), table_->row_count());
    if (seen_.size() != end - rows_.top() || seen_from_ != rows_.top()) {
        seen_.clear();
        seen_from_ = rows_.top();
        for (std::uint64_t i = seen_from_; i < end; ++i) seen_.push_back(table_->row(i));
    }
    for (std::uint64_t i = seen_from_; i < end; ++i)
        draw_row(context, canvas, i, {body.x, body.y + line * static_cast<float>(i - seen_from_), width, line},
                 character);
}

} // namespace keyhole::viz
