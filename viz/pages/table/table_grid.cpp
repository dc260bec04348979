#include "viz/pages/table/table_grid.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "viz/base/number_model.hpp"

namespace keyhole::viz {
namespace {

// Decimal numbers stand with their last digits below each other, but not in a column of long hex values.
constexpr std::size_t widest_decimal = 20;

bool is_number(const std::string& text) { return text.find_first_not_of("0123456789") == std::string::npos; }

} // namespace

void TableGrid::grow(TraceTable table) {
    table_ = std::move(table);
    seen_.clear();
}

void TableGrid::show(TraceTable table) {
    grow(std::move(table));
    rows_.scroll_to(0);
    rows_.set_size(table_->row_count(), rows_.shown());
    chosen_row_ = 0;
}

void TableGrid::follow(const Node& step) {
    if (chosen_row_ < table_->row_count() && mark_of(table_->row(chosen_row_).node, step) == RowMark::here) {
        rows_.show(chosen_row_);
    } else if (const auto row = table_->find(step)) {
        choose_row(*row);
    }
}

void TableGrid::choose_row(std::uint64_t row) {
    const std::uint64_t count = table_->row_count();
    chosen_row_ = count == 0 ? 0 : std::min(row, count - 1);
    rows_.show(chosen_row_);
}

void TableGrid::choose_column(std::size_t number) {
    chosen_column_ = columns_.all == 0 ? 0 : std::min(number, columns_.all - 1);
    first_piece_ = first_to_show(table_->columns(), room_, first_piece_, chosen_column_);
}

bool TableGrid::press(const KeyPress& press) {
    const std::uint64_t page = std::max<std::uint64_t>(rows_.shown(), 2) - 1;
    if (press == KeyPress{.key = Key::page_up}) return choose_row(chosen_row_ - std::min(chosen_row_, page)), true;
    if (press == KeyPress{.key = Key::page_down}) return choose_row(chosen_row_ + page), true;
    if (press == KeyPress{.key = Key::home}) return choose_row(0), true;
    if (press == KeyPress{.key = Key::end}) return choose_row(table_->row_count() - 1), true;
    if (!press.ctrl || press.alt) return false;
    if (press.key == Key::up) return choose_row(chosen_row_ - std::min<std::uint64_t>(chosen_row_, 1)), true;
    if (press.key == Key::down) return choose_row(chosen_row_ + 1), true;
    if (press.key == Key::left) return choose_column(chosen_column_ - std::min<std::size_t>(chosen_column_, 1)), true;
    if (press.key == Key::right) return choose_column(chosen_column_ + 1), true;
    return false;
}

std::string TableGrid::chosen_cell() const {
    const auto shown = std::ranges::find(columns_.shown, chosen_column_, &ShownColumn::number);
    return table_->row(chosen_row_).cells[shown == columns_.shown.end() ? 0 : shown->column];
}

std::string TableGrid::place_words() const {
    std::string words =
        fmt::format("row {} of {}", grouped_decimal(chosen_row_ + 1), grouped_decimal(table_->row_count()));
    if (columns_.last_page == 0) return words;
    const std::size_t first = columns_.pinned + columns_.first + 1, last = columns_.shown.back().number + 1;
    return words + (first == last ? fmt::format(" \u00B7 column {} of {}", first, columns_.all)
                                  : fmt::format(" \u00B7 columns {} to {} of {}", first, last, columns_.all));
}

void TableGrid::take_wheel() {
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

void TableGrid::draw_heads(ScreenCanvas& canvas, Point at, float character) const {
    const FontRole font = FontRole::figures_small;
    for (const ShownColumn& shown : columns_.shown) {
        const TableColumn& column = table_->columns()[shown.column];
        const float x = at.x + static_cast<float>(shown.at) * character;
        const std::string words = shown.from == 0 ? column.name : "\u2026" + std::to_string(shown.from);
        if (canvas.width(font, words) > static_cast<float>(shown.length + column_gap) * character) continue;
        canvas.text(font, {x, at.y}, ink_of(column.meaning), words);
    }
}

void TableGrid::draw_row(FrameContext& context, ScreenCanvas& canvas, std::uint64_t index, Rect area, float character) {
    const FontRole font = FontRole::figures_small;
    const TableRow& row = seen_[index - seen_from_];
    const bool hovered = canvas.hovered(area);
    const RowMark mark = mark_of(row.node, context.step.node);
    if (mark == RowMark::here) {
        canvas.box(area, Ink::current_tint, Ink::current, 2 * canvas.line());
    } else if (hovered) {
        canvas.box(area, Ink::raised, Ink::none);
    }
    // A step below the current one has a bar before it.
    if (mark == RowMark::part)
        canvas.box({area.x, area.y + 1, 0.18F * canvas.em(), area.h - 2}, Ink::current, Ink::none);
    const float left = area.x + 0.4F * canvas.em(), middle = area.y + area.h / 2;
    for (const ShownColumn& shown : columns_.shown) {
        const TableColumn& column = table_->columns()[shown.column];
        const std::string& cell = row.cells[shown.column];
        const float x = left + static_cast<float>(shown.at) * character;
        const float width = static_cast<float>(shown.length) * character;
        const Rect box{x - 0.5F * character, area.y + 2, width + character, area.h - 4};
        if (index == chosen_row_ && shown.number == chosen_column_)
            canvas.box(box, Ink::none, mark == RowMark::here ? Ink::current : Ink::muted, 1.5F * canvas.line());
        if (shown.from < cell.size()) {
            const std::string piece = cell.substr(shown.from, shown.length);
            const Paint ink = mark == RowMark::here || !column.numbering ? Ink::text : Ink::muted;
            const bool to_right = is_number(cell) && column.width <= widest_decimal;
            const float shift = to_right ? width - canvas.width(font, piece) : 0;
            canvas.text(font, {x + shift, middle - canvas.height(font) / 2}, ink, piece);
        }
        if (!canvas.hovered({box.x, area.y, box.w, area.h})) continue;
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

void TableGrid::draw(FrameContext& context, ScreenCanvas& canvas, Rect area) {
    const float em = canvas.em(), line = std::round(1.45F * em), bar = RowBar::width(canvas);
    const float character = canvas.width(FontRole::figures_small, "0");
    const float width = area.w - bar - 0.3F * em;
    room_ = static_cast<std::size_t>(std::max(8.0F, (width - 0.8F * em) / character));
    arrange();
    take_wheel();
    arrange();
    first_piece_ = columns_.first;

    draw_heads(canvas, {area.x + 0.4F * em, area.y}, character);
    const float head = 1.3F * em;
    canvas.straight({area.x, area.y + head}, {area.x + width, area.y + head}, Ink::border, canvas.line());
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
