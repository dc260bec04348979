#include "viz/app/file_bar.hpp"

#include <utility>

#include "viz/draw/imgui_compat.hpp"

namespace keyhole::viz {

// Escape is the bar's own even when another panel was clicked.
bool FileBar::press(const KeyPress& press, bool field_active, bool others_type) {
    if (!shown()) return false;
    if (press == KeyPress{.key = Key::enter} && files_.state() == Files::State::asking &&
        (field_active || !others_type)) {
        enter();
        return true;
    }
    return (field_active || press.key == Key::escape) && files_.press(press);
}

void FileBar::open(const std::filesystem::path& file) {
    files_.ask(FileTask::open, {});
    if (files_.state() != Files::State::asking) return;
    files_.type(file.string());
    enter();
}

std::optional<FileOrder> FileBar::begin_work(const Recording& shown) {
    if (!std::exchange(entered_, false)) return std::nullopt;
    auto order = files_.enter();
    if (!order) return std::nullopt;
    compat::leave_field();
    if (order->task == FileTask::picture_stage || order->task == FileTask::picture_window) return order;
    files_.work(*order, order->task == FileTask::open ? nullptr : std::make_shared<const Recording>(shown));
    return std::nullopt;
}

void FileBar::end_work(Sessions& sessions, UiState& ui, Seconds now) {
    if (!files_.tick(now)) return;
    if (std::string result = files_.take_result(); !result.empty()) ui.notice = std::move(result);
    if (auto opened = files_.take_opened()) sessions.try_open(std::move(*opened));
}

} // namespace keyhole::viz
