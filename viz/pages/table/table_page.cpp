#include "viz/pages/table/table_page.hpp"

#include <fmt/format.h>
#include <imgui_stdlib.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/error.hpp"
#include "viz/base/number_model.hpp"
#include "viz/draw/field_mark.hpp"
#include "viz/draw/imgui_compat.hpp"

namespace keyhole::viz {

void TablePage::sync(const FrameContext& context) {
    const std::uint64_t steps = context.trace.tree().total();
    const bool other_trace = session_ != context.session.id;
    if (table_ && !other_trace && steps_ == steps && !other_file_) return;
    session_ = context.session.id;
    steps_ = steps;
    for (std::size_t i = 0; i < table_file_count; ++i)
        counts_[i] = count_rows(context.trace, static_cast<TableFile>(i));
    if (other_trace) show_file_of(context);
    if (other_trace || other_file_) read_filter(context);
    table_ = std::make_unique<TraceTable>(context.trace, file_, filter_);
    seen_.clear();
    if (other_trace || other_file_) follow(context);
    other_file_ = false;
}

// The file that has a row of the current step, else one that has rows.
void TablePage::show_file_of(const FrameContext& context) {
    for (const TableFile file : {file_, TableFile::rounds, TableFile::keyschedule, TableFile::modexp}) {
        if (TraceTable(context.trace, file).find(context.step.node)) return show_file(file);
    }
    if (counts_[static_cast<std::size_t>(file_)] == 0) show_next_file();
}

void TablePage::read_filter(const FrameContext& context) {
    error_.clear();
    try {
        filter_ = parse_filter(file_, filter_text());
    } catch (const Error& error) {
        error_ = error.what();
        return;
    }
    table_ = std::make_unique<TraceTable>(context.trace, file_, filter_);
    seen_.clear();
    rows_.scroll_to(0);
    rows_.set_size(table_->row_count(), rows_.shown());
    chosen_row_ = 0;
    follow(context);
}

// The row of the current step is chosen and comes in sight, unless it is already.
void TablePage::follow(const FrameContext& context) {
    const std::uint64_t count = table_->row_count();
    if (chosen_row_ < count && mark_of(table_->row(chosen_row_).node, context.step.node) == RowMark::here) {
        rows_.show(chosen_row_);
        return;
    }
    if (const auto row = table_->find(context.step.node)) choose_row(*row);
}

void TablePage::show_file(TableFile file) {
    if (file_ == file) return;
    file_ = file;
    filter_ = {};
    other_file_ = true;
    first_piece_ = chosen_column_ = 0;
}

void TablePage::show_next_file() {
    for (std::size_t i = 1; i <= table_file_count; ++i) {
        const std::size_t next = (static_cast<std::size_t>(file_) + i) % table_file_count;
        if (counts_[next] > 0) return show_file(static_cast<TableFile>(next));
    }
}

void TablePage::choose_row(std::uint64_t row) {
    const std::uint64_t count = table_->row_count();
    chosen_row_ = count == 0 ? 0 : std::min(row, count - 1);
    rows_.show(chosen_row_);
}

void TablePage::choose_column(std::size_t number) {
    chosen_column_ = columns_.all == 0 ? 0 : std::min(number, columns_.all - 1);
    first_piece_ = first_to_show(table_->columns(), room_, first_piece_, chosen_column_);
}

void TablePage::copy_cell(FrameContext& context, std::uint64_t row, std::size_t column) const {
    if (row >= table_->row_count()) return;
    context.requests.copy(table_->row(row).cells[column]);
}

bool TablePage::press_in_field(const KeyPress& press) {
    if (press.key != Key::enter && press.key != Key::escape) return false;
    compat::leave_field();
    filter_active_ = false;
    return true;
}

bool TablePage::move_choice(const KeyPress& press) {
    const std::uint64_t page = std::max<std::uint64_t>(rows_.shown(), 2) - 1;
    const std::uint64_t up = std::min(chosen_row_, page);
    const auto last = table_->row_count() - 1;
    if (press == KeyPress{.key = Key::page_up}) return choose_row(chosen_row_ - up), true;
    if (press == KeyPress{.key = Key::page_down}) return choose_row(chosen_row_ + page), true;
    if (press == KeyPress{.key = Key::home}) return choose_row(0), true;
    if (press == KeyPress{.key = Key::end}) return choose_row(last), true;
    if (!press.ctrl || press.alt) return false;
    if (press.key == Key::up) return choose_row(chosen_row_ - std::min<std::uint64_t>(chosen_row_, 1)), true;
    if (press.key == Key::down) return choose_row(chosen_row_ + 1), true;
    if (press.key == Key::left) return choose_column(chosen_column_ - std::min<std::size_t>(chosen_column_, 1)), true;
    if (press.key == Key::right) return choose_column(chosen_column_ + 1), true;
    return false;
}

bool TablePage::press(const KeyPress& press, FrameContext& context) {
    sync(context);
    if (filter_active_) return press_in_field(press);
    if (press == KeyPress{.key = Key::tab}) return show_next_file(), true;
    if (press == KeyPress{.key = key_of('f')} || press == KeyPress{.key = key_of('f'), .ctrl = true})
        return focus_filter_ = true;
    if (press == KeyPress{.key = Key::escape} && !filter_text().empty()) {
        filter_text().clear();
        read_filter(context);
        return true;
    }
    if (table_->row_count() == 0) return false;
    if (press == KeyPress{.key = Key::enter}) {
        context.requests.go_to(table_->row(chosen_row_).node);
        context.requests.show(PageName::steps);
        return true;
    }
    if (press == KeyPress{.key = key_of('c'), .ctrl = true}) {
        const auto shown = std::ranges::find(columns_.shown, chosen_column_, &ShownColumn::number);
        copy_cell(context, chosen_row_, shown == columns_.shown.end() ? 0 : shown->column);
        return true;
    }
    return move_choice(press);
}

void TablePage::draw_file(FrameContext& context, ScreenCanvas& canvas, TableFile file, Rect area,
                          std::string_view label) {
    const float em = context.fonts.em, middle = area.y + area.h / 2;
    const std::uint64_t rows = counts_[static_cast<std::size_t>(file)];
    const bool shown = file == file_, empty = rows == 0;
    if (shown || (!empty && canvas.hovered(area)))
        canvas.box(area, shown ? Ink::current_tint : Ink::raised, shown ? Ink::current : Ink::none, 2 * canvas.line());
    const Paint ink = shown ? Ink::text : empty ? Ink::faint : Ink::muted;
    const float end =
        canvas.text(FontRole::text, {area.x + 0.5F * em, middle - canvas.height(FontRole::text) / 2}, ink, label);
    canvas.text(FontRole::figures_tiny, {end + 0.4F * em, middle - canvas.height(FontRole::figures_tiny) / 2},
                empty ? Ink::faint : Ink::muted, grouped_decimal(rows));
    if (empty || !canvas.clicked(area)) return;
    shown ? show_next_file() : show_file(file);
}

// In a very low window only the file that is shown; a click shows the next. Returns where the last one ends.
Point TablePage::draw_files(FrameContext& context, ScreenCanvas& canvas, Rect area, bool one) {
    const float em = context.fonts.em, height = 1.6F * em;
    const bool narrow = area.w < 45 * em;
    float x = area.x, y = area.y;
    for (std::size_t i = 0; i < table_file_count; ++i) {
        const auto file = static_cast<TableFile>(i);
        if (one && file != file_) continue;
        const std::string_view label = narrow ? name(file).substr(0, name(file).find('.')) : name(file);
        const float width = canvas.width(FontRole::text, label) + 1.4F * em +
                            canvas.width(FontRole::figures_tiny, grouped_decimal(counts_[i]));
        if (x > area.x && x + width > area.right()) {
            x = area.x;
            y += height + 0.15F * em;
        }
        draw_file(context, canvas, file, {x, y, width, height}, label);
        x += width + 0.3F * em;
        if (one) break;
    }
    return {x, y + height};
}

// In a low window the line of the foot stands beside the field.
float TablePage::draw_filter(FrameContext& context, ScreenCanvas& canvas, Rect area, bool low) {
    const float em = context.fonts.em;
    const float label = canvas.width(FontRole::small, "Filter") + 0.6F * em;
    const float field = std::min(area.w - label, (low ? 15 : 20) * em),
                height = canvas.height(FontRole::text) + 0.56F * em;
    canvas.text(FontRole::small, {area.x, area.y + (height - canvas.height(FontRole::small)) / 2}, Ink::muted,
                "Filter");
    ImGui::SetCursorScreenPos({area.x + label, area.y});
    ImGui::SetNextItemWidth(field);
    const bool wrong = !error_.empty();
    {
        const FieldMark mark(wrong, context.theme.colour(Ink::error));
        if (std::exchange(focus_filter_, false)) compat::focus_next_field();
        ImGui::InputTextWithHint("##filter", std::string(filter_example(file_)).c_str(), &filter_text());
    }
    filter_active_ = ImGui::IsItemActive();
    const bool edited = ImGui::IsItemEdited();
    if (edited) read_filter(context);
    std::string words = error_;
    if (words.empty() && !filter_text().empty()) {
        const std::uint64_t all = counts_[static_cast<std::size_t>(file_)];
        words = fmt::format("{} of {}", grouped_decimal(table_->row_count()), counted(all, "row"));
    }
    const Paint ink = error_.empty() ? Ink::text : Ink::error;
    const float beside = area.x + label + field + 0.6F * em;
    const auto fits = [&] { return beside + canvas.width(FontRole::small, words) <= area.right(); };
    if (words.empty() && low) {
        words = foot_words(low);
        if (!fits()) words = fmt::format("row {}", grouped_decimal(chosen_row_ + 1));
        if (!fits()) words.clear();
    }
    if (words.empty()) return area.y + height;
    if (fits()) {
        canvas.text(FontRole::small, {beside, area.y + (height - canvas.height(FontRole::small)) / 2}, ink, words);
        return area.y + height;
    }
    return canvas.paragraph(FontRole::small, {area.x, area.y + height + 0.2F * em}, area.w, ink, words);
}

std::string TablePage::foot_words(bool low) const {
    if (table_->row_count() == 0)
        return filters_[static_cast<std::size_t>(file_)].empty() ? "This trace has no such rows."
                                                                 : "No row fits the filter.";
    std::string words =
        fmt::format("row {} of {}", grouped_decimal(chosen_row_ + 1), grouped_decimal(table_->row_count()));
    if (columns_.last_page > 0) {
        const std::size_t first = columns_.pinned + columns_.first + 1, last = columns_.shown.back().number + 1;
        words += first == last ? fmt::format(" \u00B7 column {} of {}", first, columns_.all)
                               : fmt::format(" \u00B7 columns {} to {} of {}", first, last, columns_.all);
    }
    if (low) return words;
    return words +
           " \u00B7 PgUp PgDn Home End and Ctrl+arrows choose \u00B7 Enter opens its step \u00B7 Ctrl+C copies the "
           "cell \u00B7 F filter \u00B7 Tab next file";
}

void TablePage::draw(FrameContext& context, Rect room) {
    sync(context);
    if (context.moved) follow(context);
    ScreenCanvas canvas(context.theme, context.fonts);
    const float em = context.fonts.em, pad = 0.6F * em;
    const Rect area{room.x + pad, room.y + 0.5F * em, room.w - 2 * pad, room.h - em};
    const bool low = area.h < 20 * em, one_row = area.h < 13 * em;
    const Point files = draw_files(context, canvas, area, one_row);
    sync(context); // another file may have been clicked
    float y = one_row ? area.y : files.y + 0.35F * em;
    const float x = one_row ? files.x + 0.3F * em : area.x;
    y = draw_filter(context, canvas, {x, y, area.right() - x, 0}, low) + 0.35F * em;
    if (low) return draw_grid(context, canvas, {area.x, y, area.w, area.bottom() - y});
    const float foot = canvas.paragraph_height(FontRole::small, area.w, foot_words(low));
    draw_grid(context, canvas, {area.x, y, area.w, area.bottom() - y - foot - 0.3F * em});
    canvas.paragraph(FontRole::small, {area.x, area.bottom() - foot}, area.w, Ink::muted, foot_words(low));
}

} // namespace keyhole::viz
