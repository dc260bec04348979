#include "viz/session/player.hpp"

#include <array>

namespace keyhole::viz {
namespace {

constexpr std::array speeds = {0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0};

// However late a tick comes (a sleeping machine, a window being dragged), it never takes more steps than this.
constexpr int most_steps_a_tick = 32;

} // namespace

double Player::speed() const { return speeds[speed_]; }

bool Player::has_next() const {
    const Node& here = cursor_->node();
    if (!on_one_level_) return tree_->next(here).has_value();
    const auto next = tree_->next_over(here);
    return next && next->parent() == here.parent();
}

bool Player::run(Command command, Seconds now) {
    switch (command) {
        case Command::play_pause:
            playing_ = !playing_ && has_next();
            due_ = now + Seconds(1 / speed());
            return true;
        case Command::faster:
        case Command::slower:
            if (command == Command::faster && speed_ + 1 < speeds.size()) ++speed_;
            if (command == Command::slower && speed_ > 0) --speed_;
            due_ = now + Seconds(1 / speed());
            return true;
        case Command::play_level:
            on_one_level_ = !on_one_level_;
            playing_ = playing_ && has_next();
            return true;
        case Command::start: cursor_->start(); break;
        case Command::out: cursor_->out(); break;
        case Command::back: cursor_->back(); break;
        case Command::over: cursor_->over(); break;
        case Command::into: cursor_->into(); break;
        case Command::end: cursor_->end(); break;
        case Command::undo: cursor_->undo(); break;
        case Command::redo: cursor_->redo(); break;
        default: return false;
    }
    playing_ = false;
    return true;
}

bool Player::go_to(const Node& node) {
    playing_ = false;
    return cursor_->go_to(node);
}

bool Player::go_to(std::string_view address) {
    playing_ = false;
    return cursor_->go_to(address);
}

bool Player::seek(std::uint64_t number, bool going_on) {
    playing_ = false;
    if (number == cursor_->number()) return false;
    if (going_on) cursor_->undo();
    return cursor_->go_to_number(number);
}

bool Player::tick(Seconds now) {
    bool moved = false;
    for (int i = 0; playing_ && now >= due_ && i < most_steps_a_tick; ++i) {
        moved = (on_one_level_ ? cursor_->over() : cursor_->into()) || moved;
        due_ += Seconds(1 / speed());
        playing_ = has_next();
    }
    if (playing_ && due_ < now) due_ = now;
    return moved;
}

std::optional<Seconds> Player::due() const { return playing_ ? std::optional(due_) : std::nullopt; }

} // namespace keyhole::viz
