#include "viz/app/keys.hpp"

#include <utility>

namespace keyhole::viz {
namespace {

bool field_keeps(const KeyPress& press) {
    if (press.key == Key::f1 || press.key == Key::f5 || press.key == Key::f12 || press.key == Key::escape || press.alt)
        return false;
    return !press.ctrl || press.key == key_of('c');
}

} // namespace

void Keys::hand_out(std::initializer_list<Receiver> receivers) {
    for (const KeyPress& press : std::exchange(waiting_, {})) {
        for (const Receiver& receiver : receivers) {
            if (receiver(press)) break;
        }
    }
}

bool TypedKeys::press(const KeyPress& press) {
    if (typing_ && field_keeps(press)) return true;
    if (press.key == Key::escape) typing_ = false;
    return false;
}

} // namespace keyhole::viz
