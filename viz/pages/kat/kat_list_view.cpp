// The list of the known-answer runner: failures with both values one above the other, files, records.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "viz/base/number_model.hpp"
#include "viz/pages/kat/kat_page.hpp"

namespace keyhole::viz {
namespace {

struct Line {
    ScreenCanvas& canvas;
    float right, middle;

    // Words that are too long are cut at their end; the item's other lines or Ctrl+C give the whole.
    float left(FontRole font, float x, Paint ink, const std::string& words) const {
        return canvas.text(font, {x, middle - canvas.height(font) / 2}, ink,
                           canvas.shortened(font, words, right - x, "\u2026"));
    }
};

} // namespace

void KatPage::draw_failure(FrameContext& context, ScreenCanvas& canvas, const KatItem& item, Rect area) {
    const float em = context.fonts.em, line = area.h / 3;
    const KatFileRun& file = *run_->files()[item.file];
    const KatFailure& failure = *file.file.results[item.result].failure;
    const Line head{canvas, area.right(), area.y + line / 2};
    float x = head.left(FontRole::text, area.x, Ink::error, "\uf00d") + 0.5F * em;
    x = head.left(FontRole::figures_small, x, Ink::text, fmt::format("{}:{}", file.name, failure.line)) + 0.8F * em;
    head.left(FontRole::small, x, Ink::muted, fmt::format("{} of {}", failure.field, failure.record));

    const float label = canvas.width(FontRole::small, "expected") + 0.8F * em, left = area.x + 1.4F * em;
    const float digit = canvas.width(FontRole::figures_small, "0");
    const auto room = static_cast<std::size_t>(std::max(4.0F, (area.right() - left - label - 2 * digit) / digit));
    const ValuePair pair = compare(failure, room, shift_);
    if (pair.all > room) longest_ = std::max(longest_, pair.all);
    const auto value = [&](float y, const char* name, const std::string& text) {
        const Line at{canvas, area.right(), y + line / 2};
        at.left(FontRole::small, left, Ink::muted, name);
        const float from = left + label + (pair.from > 0 ? digit : 0);
        if (pair.from > 0) at.left(FontRole::figures_small, left + label, Ink::faint, "\u2026");
        for (const auto& [first, end] : pair.differing) {
            canvas.box({from + static_cast<float>(first) * digit - 1, at.middle - 0.56F * em,
                        static_cast<float>(end - first) * digit + 2, 1.12F * em},
                       faded(Ink::error, 0.22F), Ink::error);
        }
        canvas.text(FontRole::figures_small, {from, at.middle - canvas.height(FontRole::figures_small) / 2}, Ink::text,
                    text);
        if (pair.from + room < pair.all)
            at.left(FontRole::figures_small, from + static_cast<float>(room) * digit, Ink::faint, "\u2026");
    };
    value(area.y + line, "expected", pair.expected);
    value(area.y + 2 * line, "got", pair.got);
}

void KatPage::draw_file(FrameContext& context, ScreenCanvas& canvas, const KatFileRun& file, Rect area) {
    const float em = context.fonts.em;
    const Line line{canvas, area.right(), area.y + area.h / 2};
    const bool bad = file.failed > 0 || !file.error.empty();
    line.left(FontRole::text, area.x, bad ? Ink::error : Ink::right, bad ? "\uf00d" : "\uf00c");
    const float x = area.x + 1.4F * em;
    if (!file.error.empty()) {
        line.left(FontRole::small, x, Ink::error, file.error);
        return;
    }
    std::string words = fmt::format("{} passed", file.passed);
    if (file.failed > 0) words = fmt::format("{} failed, ", file.failed) + words;
    const float width = canvas.width(FontRole::small, words);
    canvas.text_to_right(FontRole::small, {area.right(), line.middle}, bad ? Ink::error : Ink::muted, words);
    const Line before{canvas, area.right() - width - em, line.middle};
    before.left(FontRole::text, x, Ink::text, file.name);
}

void KatPage::draw_record(FrameContext& context, ScreenCanvas& canvas, const KatResult& result, Rect area) {
    const float em = context.fonts.em;
    const Line line{canvas, area.right(), area.y + area.h / 2};
    line.left(FontRole::text, area.x, Ink::right, "\uf00c");
    float x = line.left(FontRole::figures_small, area.x + 1.4F * em, Ink::muted, fmt::format("{:>5}", result.line));
    x = line.left(FontRole::text, x + 0.8F * em, Ink::text, result.record) + em;
    const std::string words = trace_words(result.trace);
    if (x + 2 * em < area.right()) line.left(FontRole::small, x, Ink::muted, words.empty() ? "not a trace" : words);
}

void KatPage::draw_item(FrameContext& context, ScreenCanvas& canvas, std::size_t index, Rect area) {
    const float em = context.fonts.em;
    const KatItem& item = list_.items()[index];
    const Rect box{area.x, area.y + 1, area.w, area.h - 2};
    const bool hovered = canvas.hovered(box);
    if (index == chosen_) {
        canvas.box(box, Ink::current_tint, Ink::current, 2 * canvas.line());
    } else if (hovered) {
        canvas.box(box, Ink::raised, Ink::none);
    }
    const Rect inner{area.x + 0.5F * em, area.y, area.w - em, area.h};
    const KatFileRun& file = *run_->files()[item.file];
    switch (item.kind) {
        case KatItem::Kind::failure: draw_failure(context, canvas, item, inner); break;
        case KatItem::Kind::file: draw_file(context, canvas, file, inner); break;
        case KatItem::Kind::record: draw_record(context, canvas, file.file.results[item.result], inner); break;
    }
}

void KatPage::draw_list(FrameContext& context, ScreenCanvas& canvas, Rect area) {
    const float em = context.fonts.em, line = std::round(1.55F * em), bar = RowBar::width(canvas);
    const float width = area.w - bar - 0.3F * em;
    longest_ = 0;
    if (open_file_) {
        const KatFileRun& file = *run_->files()[*open_file_];
        const Line head{canvas, area.right(), area.y + line / 2};
        head.left(
            FontRole::text, area.x, Ink::text,
            fmt::format("{}: {} of {} passed{}", file.name, file.passed, counted(file.file.results.size(), "record"),
                        file.file.left_out == 0
                            ? ""
                            : fmt::format(", {} of other ciphers or modes left out", file.file.left_out)));
        area.y += line;
        area.h -= line;
    }
    lines_.set_size(list_.line_count(), static_cast<std::uint64_t>(std::max(area.h / line, 1.0F)));
    if (std::exchange(keep_in_sight_, false) && !list_.items().empty()) {
        const KatItem& item = list_.items()[chosen_];
        lines_.show(item.line + item.lines - 1);
        lines_.show(item.line);
    }
    bar_.take_wheel(lines_);
    bar_.draw(canvas, {area.right() - bar, area.y, bar, area.h}, lines_);
    if (list_.items().empty()) return;
    const float outline = 2 * canvas.line(); // of the chosen item, half of it outside
    ImGui::PushClipRect({area.x - outline, area.y - outline},
                        {area.right(), area.y + line * static_cast<float>(lines_.shown()) + outline}, true);
    std::optional<std::size_t> clicked;
    for (std::size_t i = list_.item_at(lines_.top()); i < list_.items().size(); ++i) {
        const KatItem& item = list_.items()[i];
        if (item.line >= lines_.top() + lines_.shown()) break;
        // The first may begin above the room.
        const float y = area.y + line * (static_cast<float>(item.line) - static_cast<float>(lines_.top()));
        const Rect place{area.x, y, width, line * static_cast<float>(item.lines)};
        draw_item(context, canvas, i, place);
        if (canvas.clicked(Rect::between({place.x, std::max(y, area.y)}, {place.right(), place.bottom()}))) clicked = i;
    }
    ImGui::PopClipRect();
    if (!clicked) return;
    choose(*clicked);
    open_chosen(context);
}

} // namespace keyhole::viz
