// The application's files: the bar's keys, its work and what comes of it, and the pictures that somebody else draws.
#include <cassert>

#include "viz/app/app.hpp"
#include "viz/draw/imgui_compat.hpp"

namespace keyhole::viz {

// Keys for the bar for files. Esc is its own even when another panel was clicked.
bool App::press_files(const KeyPress& press) {
    if (files_.state() == Files::State::closed || ui_.go_to_active) return false;
    const bool typing = ui_.file_field_active || !ImGui::GetIO().WantTextInput;
    if (press == KeyPress{.key = Key::enter} && files_.state() == Files::State::asking && typing) {
        file_entered_ = true;
        return true;
    }
    return (ui_.file_field_active || press.key == Key::escape) && files_.press(press);
}

void App::do_file() {
    const auto order = files_.enter();
    if (!order) return;
    compat::leave_field();
    if (order->task == FileTask::picture_stage || order->task == FileTask::picture_window) {
        picture_order_ = order;
        picture_request_ = PictureRequest{.stage_only = order->task == FileTask::picture_stage};
        return;
    }
    std::shared_ptr<const Recording> copy;
    if (order->task != FileTask::open) copy = std::make_shared<const Recording>(session_->recording);
    files_.work(*order, std::move(copy));
}

void App::end_file_work(Seconds now) {
    if (!files_.tick(now)) return;
    if (std::string result = files_.take_result(); !result.empty()) ui_.notice = std::move(result);
    if (auto opened = files_.take_opened()) try_open(std::move(*opened));
}

void App::picture_drawn(Image picture) {
    assert(picture_request_);
    picture_request_.reset();
    files_.work(*picture_order_, std::move(picture));
}

void App::picture_failed(const Error& error) {
    picture_request_.reset();
    files_.fail(error.what());
}

void App::begin_picture(float ratio) {
    aside_ = Aside{.fonts = std::exchange(fonts_, {}), .scale = ui_.scale, .moved = moved_};
    ui_.scale *= ratio;
}

void App::draw_picture() {
    Requests nothing;
    draw(nothing);
    moved_ = false;
}

App::Drawn App::end_picture() {
    fonts_ = aside_->fonts;
    ui_.scale = aside_->scale;
    moved_ = aside_->moved;
    aside_.reset();
    return {stage_, stage_overflow_};
}

} // namespace keyhole::viz
