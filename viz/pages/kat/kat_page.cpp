#include "viz/pages/kat/kat_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/error.hpp"
#include "core/base/resources.hpp"
#include "viz/base/number_model.hpp"
#include "viz/draw/field_mark.hpp"
#include "viz/draw/imgui_compat.hpp"
#include "viz/frame/text_input.hpp"

namespace keyhole::viz {
namespace {

constexpr Seconds between_frames{0.05};

} // namespace

void KatPage::start() {
    run_ = std::make_unique<KatRun>(path_.empty() ? resources::asset_dir() / "kat" : std::filesystem::path(path_));
    open_file_.reset();
    shift_ = 0;
    list_anew(std::nullopt);
}

void KatPage::list_anew(const std::optional<KatItem>& keep) {
    list_ = open_file_ ? KatList::of(*run_, *open_file_) : KatList::of(*run_);
    lines_.set_size(list_.line_count(), lines_.shown());
    chosen_ = keep ? list_.find(*keep).value_or(0) : 0;
}

void KatPage::tick(Seconds now) {
    now_ = now;
    if (!run_ || !run_->collect() || open_file_) return;
    // A user who has not chosen yet stays at the top, where failures appear.
    if (chosen_ == 0) return list_anew(std::nullopt);
    const KatItem chosen = list_.items()[chosen_];
    const bool in_sight = chosen.line >= lines_.top() && chosen.line - lines_.top() < lines_.shown();
    list_anew(chosen);
    keep_in_sight_ = keep_in_sight_ || in_sight;
}

std::optional<Seconds> KatPage::due() const {
    return run_ && run_->running() ? std::optional(now_ + between_frames) : std::nullopt;
}

void KatPage::choose(std::size_t item) {
    if (list_.items().empty()) return;
    chosen_ = std::min(item, list_.items().size() - 1);
    shift_ = 0;
    keep_in_sight_ = true;
}

bool KatPage::move_choice(const KeyPress& press) {
    if (press.ctrl || press.alt || list_.items().empty()) return false;
    const std::size_t line = list_.items()[chosen_].line;
    const std::size_t page = std::max<std::size_t>(lines_.shown(), 2) - 1, half = 16;
    switch (press.key) {
        case Key::up: choose(chosen_ - std::min<std::size_t>(chosen_, 1)); return true;
        case Key::down: choose(chosen_ + 1); return true;
        case Key::page_up: choose(list_.item_at(line - std::min(line, page))); return true;
        case Key::page_down: choose(list_.item_at(std::min(line + page, list_.line_count() - 1))); return true;
        case Key::home: choose(0); return true;
        case Key::end: choose(list_.items().size() - 1); return true;
        case Key::left: shift_ -= std::min(shift_, half); return true;
        case Key::right: shift_ = std::min(shift_ + half, longest_); return true;
        default: return false;
    }
}

// One step back: stops the work, closes the file.
bool KatPage::leave() {
    if (open_file_) {
        open_file_.reset();
        list_anew(opened_);
        choose(chosen_);
        return true;
    }
    if (!run_->running()) return false;
    run_->cancel();
    return true;
}

void KatPage::open_file(std::size_t file) {
    open_file_ = file;
    opened_ = list_.items()[chosen_];
    list_anew(std::nullopt);
    choose(0);
}

void KatPage::open_chosen(FrameContext& context) {
    if (chosen_ >= list_.items().size()) return;
    const KatItem& item = list_.items()[chosen_];
    const KatFileRun& file = *run_->files()[item.file];
    if (!file.error.empty()) {
        context.requests.notice(file.error);
        return;
    }
    if (item.kind == KatItem::Kind::file) return open_file(item.file);
    const KatResult& result = file.file.results[item.result];
    try {
        if (auto opened = open_record(file, result)) return context.requests.open(std::move(*opened));
        context.requests.notice(result.record +
                                ": it has no steps of its own to show (only messages through single "
                                "DES and modular exponentiations open as a trace)");
    } catch (const Error& error) {
        context.requests.notice(error.what());
    }
}

void KatPage::copy_chosen(FrameContext& context) const {
    const KatItem& item = list_.items()[chosen_];
    const KatFileRun& file = *run_->files()[item.file];
    if (item.kind == KatItem::Kind::file) {
        context.requests.copy(file.error.empty() ? file.file.path : file.error);
        return;
    }
    const KatResult& result = file.file.results[item.result];
    context.requests.copy(result.failure ? failure_line(*result.failure)
                                         : fmt::format("{}:{}: {}", file.file.path, result.line, result.record));
}

bool KatPage::press(const KeyPress& press, FrameContext& context) {
    if (!run_) return false;
    if (field_active_) {
        if (press.key == Key::escape || press.key == Key::enter) compat::leave_field();
        if (press.key == Key::enter) start();
        return press.key == Key::escape || press.key == Key::enter;
    }
    if (press == KeyPress{.key = key_of('o')} || press == KeyPress{.key = key_of('f'), .ctrl = true})
        return focus_field_ = true;
    if (press == KeyPress{.key = key_of('a')}) return start(), true;
    if (press == KeyPress{.key = Key::escape}) return leave();
    if (press == KeyPress{.key = Key::enter}) return open_chosen(context), true;
    if (press == KeyPress{.key = key_of('c'), .ctrl = true} && !list_.items().empty())
        return copy_chosen(context), true;
    return move_choice(press);
}

float KatPage::draw_field(FrameContext& context, ScreenCanvas& canvas, Rect area) {
    const float em = context.fonts.em, height = canvas.height(FontRole::text) + 0.56F * em, button = 5.5F * em;
    const char* words = "File or folder";
    const float label = canvas.width(FontRole::small, words) + 0.6F * em;
    canvas.text(FontRole::small, {area.x, area.y + (height - canvas.height(FontRole::small)) / 2}, Ink::muted, words);
    const float field = std::min(area.w - label - button - 0.5F * em, 34 * em);
    ImGui::SetCursorScreenPos({area.x + label, area.y});
    ImGui::SetNextItemWidth(field);
    const bool wrong = run_ && !run_->error().empty();
    {
        const FieldMark mark(wrong, context.theme.colour(Ink::error));
        if (std::exchange(focus_field_, false)) compat::focus_next_field();
        text_input(context, "##path", field > 20 * em ? "every vector that comes with Keyhole" : "all of Keyhole's",
                   path_);
    }
    field_active_ = ImGui::IsItemActive();
    ImGui::SetCursorScreenPos({area.x + label + field + 0.5F * em, area.y});
    const bool running = run_ && run_->running();
    if (ImGui::Button(running ? "Cancel" : "Run", {button, height})) running ? run_->cancel() : start();
    const float foot = area.y + height;
    if (!wrong) return foot;
    return canvas.paragraph(FontRole::small, {area.x, foot + 0.2F * em}, area.w, Ink::error, run_->error());
}

float KatPage::draw_result(FrameContext& context, ScreenCanvas& canvas, Rect area) {
    const float em = context.fonts.em;
    if (!run_->error().empty()) return area.y;
    const KatTotals& totals = run_->totals();
    const bool bad = totals.failed > 0 || totals.unreadable > 0;
    const char* sign = run_->running() ? "\uf017" : bad ? "\uf071" : run_->cancelled() ? "\uf05e" : "\uf00c";
    const Paint ink = bad ? Ink::error : run_->running() || run_->cancelled() ? Ink::muted : Ink::right;
    const FontRole font = FontRole::text;
    const float middle = area.y + 0.75F * em;
    canvas.text(font, {area.x, middle - canvas.height(font) / 2}, ink, sign);
    std::string words = result_line(totals);
    if (run_->cancelled()) words += ", cancelled";
    const float end =
        canvas.text(font, {area.x + 1.4F * em, middle - canvas.height(font) / 2}, bad ? Ink::error : Ink::text, words);
    const float bar = area.right() - end - em;
    if (run_->running() && bar > 4 * em) {
        const Rect whole{end + em, middle - 0.3F * em, bar, 0.6F * em};
        canvas.box(whole, Ink::background, Ink::border);
        const float share = static_cast<float>(run_->share());
        if (share > 0) canvas.box({whole.x, whole.y, share * bar, whole.h}, Ink::right, Ink::none);
    }
    return area.y + 1.5F * em;
}

std::string KatPage::foot_words() const {
    std::string words = "\u2191 \u2193 choose \u00B7 Enter opens";
    words += open_file_ ? " as a trace \u00B7 Esc back to the files" : "";
    if (longest_ > 0) words += " \u00B7 \u2190 \u2192 along long values";
    return words + " \u00B7 Ctrl+C copies \u00B7 O file \u00B7 A run again";
}

void KatPage::draw(FrameContext& context, Rect room) {
    if (!std::exchange(started_, true)) start();
    ScreenCanvas canvas(context.theme, context.fonts);
    const float em = context.fonts.em, pad = 0.6F * em;
    const Rect area{room.x + pad, room.y + 0.5F * em, room.w - 2 * pad, room.h - em};
    float y = draw_field(context, canvas, {area.x, area.y, area.w, 0}) + 0.3F * em;
    y = draw_result(context, canvas, {area.x, y, area.w, 0}) + 0.2F * em;
    const bool low = area.h < 12 * em;
    const float foot = low ? 0 : canvas.paragraph_height(FontRole::small, area.w, foot_words());
    draw_list(context, canvas, {area.x, y, area.w, area.bottom() - y - foot - 0.3F * em});
    if (!low) canvas.paragraph(FontRole::small, {area.x, area.bottom() - foot}, area.w, Ink::muted, foot_words());
}

std::unique_ptr<Page> make_kat_page() { return std::make_unique<KatPage>(); }

} // namespace keyhole::viz
