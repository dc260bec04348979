#include "viz/pages/table/table_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/error.hpp"
#include "viz/base/number_model.hpp"
#include "viz/draw/field_mark.hpp"
#include "viz/draw/imgui_compat.hpp"
#include "viz/frame/text_input.hpp"
#include "viz/pages/table/table_grid.hpp"

namespace keyhole::viz {
namespace {

std::size_t index(TableFile file) { return static_cast<std::size_t>(file); }

class TablePage final : public Page {
  public:
    bool press(const KeyPress& press, FrameContext& context) override {
        sync(context);
        if (filter_active_) return press_in_field(press);
        if (press == KeyPress{.key = Key::tab}) return show_next_file(), true;
        if (press == KeyPress{.key = key_of('i')} || press == KeyPress{.key = key_of('f'), .ctrl = true})
            return focus_filter_ = true;
        if (press == KeyPress{.key = Key::escape} && !filter_text().empty()) {
            filter_text().clear();
            read_filter();
            show_rows(context);
            return true;
        }
        if (grid_.table().row_count() == 0) return false;
        if (press == KeyPress{.key = Key::enter}) {
            context.requests.go_to(grid_.table().row(grid_.chosen_row()).node);
            context.requests.show(PageName::steps);
            return true;
        }
        if (press == KeyPress{.key = key_of('c'), .ctrl = true})
            return context.requests.copy(grid_.chosen_cell()), true;
        return grid_.press(press);
    }

    void draw(FrameContext& context, Rect room) override {
        sync(context);
        if (context.moved) grid_.follow(context.step.node);
        ScreenCanvas canvas(context.theme, context.fonts);
        const float em = canvas.em(), pad = 0.6F * em;
        const Rect area{room.x + pad, room.y + 0.5F * em, room.w - 2 * pad, room.h - em};
        const bool low = area.h < 20 * em, one_row = area.h < 13 * em;
        const Point files = draw_files(canvas, area, one_row);
        sync(context); // another file may have been clicked
        float y = one_row ? area.y : files.y + 0.35F * em;
        const float x = one_row ? files.x + 0.3F * em : area.x;
        y = draw_filter(context, canvas, {x, y, area.right() - x, 0}, low) + 0.35F * em;
        if (low) return grid_.draw(context, canvas, {area.x, y, area.w, area.bottom() - y});
        const float foot = canvas.paragraph_height(FontRole::small, area.w, foot_words(low));
        grid_.draw(context, canvas, {area.x, y, area.w, area.bottom() - y - foot - 0.3F * em});
        canvas.paragraph(FontRole::small, {area.x, area.bottom() - foot}, area.w, Ink::muted, foot_words(low));
    }

  private:
    std::string& filter_text() { return filters_[index(file_)]; }

    // Makes the table anew where trace or file changed.
    void sync(const FrameContext& context) {
        const std::uint64_t steps = context.trace.tree().total();
        const bool other_trace = session_ != context.session.id;
        if (grid_.has_table() && !other_trace && steps_ == steps && !other_file_) return;
        session_ = context.session.id;
        steps_ = steps;
        for (std::size_t i = 0; i < table_file_count; ++i)
            counts_[i] = count_rows(context.trace, static_cast<TableFile>(i));
        if (other_trace) show_file_of(context);
        if (!other_trace && !std::exchange(other_file_, false))
            return grid_.grow(TraceTable(context.trace, file_, filter_));
        other_file_ = false;
        read_filter();
        show_rows(context);
    }

    // False where the filter is wrong: the one before still holds.
    bool read_filter() {
        error_.clear();
        try {
            filter_ = parse_filter(file_, filter_text());
        } catch (const Error& error) {
            error_ = error.what();
        }
        return error_.empty();
    }

    void show_rows(const FrameContext& context) {
        grid_.show(TraceTable(context.trace, file_, filter_));
        grid_.follow(context.step.node);
    }

    // The file that has a row of the current step, else one that has rows.
    void show_file_of(const FrameContext& context) {
        for (const TableFile file : {file_, TableFile::rounds, TableFile::keyschedule, TableFile::modexp}) {
            if (TraceTable(context.trace, file).find(context.step.node)) return show_file(file);
        }
        if (counts_[index(file_)] == 0) show_next_file();
    }

    void show_file(TableFile file) {
        if (file_ == file) return;
        file_ = file;
        filter_ = {};
        other_file_ = true;
        grid_.first_column();
    }

    void show_next_file() {
        for (std::size_t i = 1; i <= table_file_count; ++i) {
            const std::size_t next = (index(file_) + i) % table_file_count;
            if (counts_[next] > 0) return show_file(static_cast<TableFile>(next));
        }
    }

    bool press_in_field(const KeyPress& press) {
        if (press.key != Key::enter && press.key != Key::escape) return false;
        compat::leave_field();
        filter_active_ = false;
        return true;
    }

    void draw_file(ScreenCanvas& canvas, TableFile file, Rect area, std::string_view label) {
        const float em = canvas.em(), middle = area.y + area.h / 2;
        const std::uint64_t rows = counts_[index(file)];
        const bool shown = file == file_, empty = rows == 0;
        if (shown || (!empty && canvas.hovered(area)))
            canvas.box(area, shown ? Ink::current_tint : Ink::raised, shown ? Ink::current : Ink::none,
                       2 * canvas.line());
        const Paint ink = shown ? Ink::text : empty ? Ink::faint : Ink::muted;
        const float end =
            canvas.text(FontRole::text, {area.x + 0.5F * em, middle - canvas.height(FontRole::text) / 2}, ink, label);
        canvas.text(FontRole::figures_tiny, {end + 0.4F * em, middle - canvas.height(FontRole::figures_tiny) / 2},
                    empty ? Ink::faint : Ink::muted, grouped_decimal(rows));
        if (empty || !canvas.clicked(area)) return;
        shown ? show_next_file() : show_file(file);
    }

    // In a very low window only the file that is shown; a click shows the next. Returns where the last one ends.
    Point draw_files(ScreenCanvas& canvas, Rect area, bool one) {
        const float em = canvas.em(), height = 1.6F * em;
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
            draw_file(canvas, file, {x, y, width, height}, label);
            x += width + 0.3F * em;
            if (one) break;
        }
        return {x, y + height};
    }

    // In a low window the line of the foot stands beside the field.
    float draw_filter(FrameContext& context, ScreenCanvas& canvas, Rect area, bool low) {
        const float em = canvas.em();
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
            text_input(context, "##filter", std::string(filter_example(file_)).c_str(), filter_text());
        }
        filter_active_ = ImGui::IsItemActive();
        if (ImGui::IsItemEdited() && read_filter()) show_rows(context);
        std::string words = error_;
        if (words.empty() && !filter_text().empty()) {
            const std::uint64_t all = counts_[index(file_)];
            words = fmt::format("{} of {}", grouped_decimal(grid_.table().row_count()), counted(all, "row"));
        }
        const Paint ink = error_.empty() ? Ink::text : Ink::error;
        const float beside = area.x + label + field + 0.6F * em;
        const auto fits = [&] { return beside + canvas.width(FontRole::small, words) <= area.right(); };
        if (words.empty() && low) {
            words = foot_words(low);
            if (!fits()) words = fmt::format("row {}", grouped_decimal(grid_.chosen_row() + 1));
            if (!fits()) words.clear();
        }
        if (words.empty()) return area.y + height;
        if (fits()) {
            canvas.text(FontRole::small, {beside, area.y + (height - canvas.height(FontRole::small)) / 2}, ink, words);
            return area.y + height;
        }
        return canvas.paragraph(FontRole::small, {area.x, area.y + height + 0.2F * em}, area.w, ink, words);
    }

    std::string foot_words(bool low) {
        if (grid_.table().row_count() == 0)
            return filter_text().empty() ? "This trace has no such rows." : "No row fits the filter.";
        return grid_.place_words() +
               (low ? ""
                    : " \u00B7 PgUp PgDn Home End and Ctrl+arrows choose \u00B7 Enter opens its step \u00B7 Ctrl+C "
                      "copies the cell \u00B7 I filter \u00B7 Tab next file");
    }

    TableFile file_ = TableFile::rounds;
    std::array<std::string, table_file_count> filters_; // as typed
    std::string error_;
    TableFilter filter_; // the last good one of this file
    std::array<std::uint64_t, table_file_count> counts_{};
    std::uint64_t session_ = 0, steps_ = 0; // what the table was made for
    TableGrid grid_;
    bool other_file_ = false; // since the table was made
    bool filter_active_ = false, focus_filter_ = false;
};

} // namespace

std::unique_ptr<Page> make_table_page() { return std::make_unique<TablePage>(); }

} // namespace keyhole::viz
