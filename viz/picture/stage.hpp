// What a stage is: a function from a step to a picture. A stage reads no mouse and keeps nothing; what the user follows
// or has switched comes in, what can be pointed at goes out as areas of the picture.
#pragma once

#include <map>
#include <set>
#include <string>

#include "core/steps/trace.hpp"
#include "viz/picture/canvas.hpp"

namespace keyhole::viz {

/// What the user did on the stage, kept while the window is open. The picture is made from it, never the other way.
struct StageState {
    Item followed = 0;                                       // the item under the mouse, or the one that was clicked
    bool kept = false;                                       // it was clicked: it stays followed when the mouse leaves
    std::string zoom;                                        // what fills the stage; empty: nothing does
    std::set<std::string, std::less<>> toggled;              // the switches that are on
    std::map<std::string, std::uint64_t, std::less<>> first; // of each list that scrolls: the first row in sight
    std::map<std::uint64_t, std::uint64_t> last_block;       // of each message: the block that was looked at last

    bool on(std::string_view toggle) const { return toggled.contains(toggle); }
    void follow(Item item, bool keep) {
        followed = item;
        kept = keep;
    }
    bool operator==(const StageState&) const = default;
};

struct StageInput {
    const Trace& trace;
    const Step& step;
    Style style;
    Rect room;               // pixels; what does not fit below it is scrolled
    bool covered = false;    // what the step gives is to be guessed: it is drawn as "?"
    bool predicting = false; // and so is what the steps after it give
    bool unseen = false;     // nothing of it is to be seen yet: it comes after what is to be guessed
    const StageState& state;
    bool moved = false;    // the first picture of this step: lists scroll to what it is about
    bool stepped = false;  // the first picture after a key went on to another item: lists scroll to it
    bool on_paper = false; // nobody can point or click: no words say how
};

using MakePicture = Picture (*)(const StageInput& input);

/// The picture that a `Drawing`, which is made of the input, a model and a canvas, draws on an empty canvas.
template <class Drawing, class Model>
Picture draw_picture(const StageInput& input, const Model& model) {
    Picture picture;
    Canvas canvas(input.style, picture);
    Drawing(input, model, canvas).draw();
    return picture;
}

/// The item after (`step` 1) or before (-1) the followed one in the stage's own order; the first or the last where none
/// is followed.
using NextItem = Item (*)(const StageInput& input, Item followed, int step);

/// How the item that is followed is called: "R4 bit 7".
using ItemName = std::string (*)(const StageInput& input, Item item);

/// What the key for it zooms into where the step is at `input`; empty where nothing can be.
using ZoomOf = std::string (*)(const StageInput& input);

/// The same where the items are 1 to `count`, in a ring.
inline Item turned_in_ring(Item count, Item followed, int step) {
    if (step > 0) return followed % count + 1;
    return followed > 1 ? followed - 1 : count;
}
/// For a stage that always has so many.
template <Item count>
Item next_in_ring(const StageInput& /*input*/, Item followed, int step) {
    return turned_in_ring(count, followed, step);
}

} // namespace keyhole::viz
