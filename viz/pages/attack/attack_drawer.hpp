// Where the attack's page has its picture, and its drawer: the form, and the axis of times. The drawer lies beside the
// picture where there is room, else it takes its place; it shows both, or one after the other.
#pragma once

#include "viz/base/geometry.hpp"

namespace keyhole::viz {

class AttackDrawer {
  public:
    /// Divides the room. `times`: how high the axis is, in pixels. Without a picture the drawer is all there is.
    void fit(Rect room, float em, float times, bool pictured);
    /// On to what the drawer shows next: the form, the times, nothing but the picture.
    void turn();

    // Nothing wide where it is not shown.
    Rect picture() const { return picture_; }
    Rect work() const { return work_; }
    Rect times() const { return times_; }
    /// The times stand below the form, in the same column.
    bool in_one() const { return in_one_; }

  private:
    enum class Shows { form, times, picture };

    void divide(Rect room, float em, float times);
    void beside(Rect room, float em, float times);

    Shows shows_ = Shows::form;
    bool chosen_ = false;                                                // by the user
    bool pictured_ = true, wide_ = true, both_ = false, in_one_ = false; // as the room was last
    Rect picture_, work_, times_;
};

} // namespace keyhole::viz
