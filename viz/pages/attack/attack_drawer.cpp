#include "viz/pages/attack/attack_drawer.hpp"

namespace keyhole::viz {
namespace {

constexpr float gap = 1.2F;                                 // all in em
constexpr float wide_room = 52, high_room = 15;             // for a picture with the drawer beside it
constexpr float least_picture_w = 30, least_picture_h = 15; // for the picture alone
constexpr float form_height = 21;                           // while nothing runs
constexpr float picture_share = 0.6F;

} // namespace

void AttackDrawer::fit(Rect room, float em, float times, bool pictured) {
    picture_ = work_ = times_ = {};
    in_one_ = both_ = false;
    pictured_ = pictured && room.w >= least_picture_w * em && room.h >= least_picture_h * em;
    wide_ = room.w >= wide_room * em && room.h > high_room * em;
    if (!pictured_) return divide(room, em, times);
    // The picture comes first where only one of them has room.
    if (!chosen_) shows_ = wide_ ? Shows::form : Shows::picture;
    both_ = room.h >= form_height * em + times;
    if (both_ && shows_ == Shows::times) shows_ = Shows::form;
    if (wide_) {
        picture_ = room;
        if (shows_ == Shows::picture) return;
        picture_.w = picture_share * room.w;
        room.x += picture_.w + gap * em;
        room.w -= picture_.w + gap * em;
    } else if (shows_ == Shows::picture) {
        picture_ = room;
        return;
    }
    beside(room, em, times);
}

void AttackDrawer::beside(Rect room, float em, float times) {
    if (both_) {
        const float upper = room.h - times - gap * em;
        work_ = {room.x, room.y, room.w, upper};
        times_ = {room.x, room.bottom() - times, room.w, times};
    } else {
        (shows_ == Shows::times ? times_ : work_) = room;
    }
}

// Both, beside each other or one below the other; in hardly any room in one column instead of two slivers.
void AttackDrawer::divide(Rect room, float em, float times) {
    const bool narrow = room.w < wide_room * em;
    in_one_ = narrow && room.h < form_height * em + times;
    work_ = room;
    if (in_one_) return;
    if (narrow) {
        work_.h = room.h - times - gap * em;
        times_ = {room.x, room.bottom() - times, room.w, times};
    } else {
        work_.w = 0.46F * room.w;
        times_ = {work_.right() + gap * em, room.y, room.w - work_.w - gap * em, room.h};
    }
}

void AttackDrawer::turn() {
    if (!pictured_) return;
    chosen_ = true;
    switch (shows_) {
        case Shows::form: shows_ = both_ ? Shows::picture : Shows::times; break;
        case Shows::times: shows_ = Shows::picture; break;
        case Shows::picture: shows_ = Shows::form; break;
    }
}

} // namespace keyhole::viz
