#include "viz/base/key_queue.hpp"

namespace keyhole::viz {

std::vector<KeyEvent> KeyQueue::take_frame() {
    using enum KeyEvent::Kind;
    std::vector<KeyEvent> frame;
    bool pressed = false, stroke = false, released = false;
    for (; !events_.empty(); events_.pop_front()) {
        const KeyEvent& event = events_.front();
        if (event.kind == release && pressed) break;
        if (event.kind == press && (stroke || released)) break;
        pressed = pressed || event.kind == press;
        stroke = stroke || (event.kind == press && !event.is_modifier);
        released = released || event.kind == release;
        frame.push_back(event);
    }
    return frame;
}

} // namespace keyhole::viz
