// The keys that were pressed since the last frame, and who gets them.
#pragma once

#include <functional>
#include <initializer_list>
#include <vector>

#include "viz/base/command.hpp"

namespace keyhole::viz {

class Keys {
  public:
    /// True: it has used the key, and nobody after it gets it.
    using Receiver = std::function<bool(const KeyPress&)>;

    void press(const KeyPress& press) { waiting_.push_back(press); }

    /// Hands each key that waits to the receivers in their order.
    void hand_out(std::initializer_list<Receiver> receivers);

  private:
    std::vector<KeyPress> waiting_;
};

/// A text field that has the keyboard takes what it needs for itself: all but the commands that no field knows. What
/// follows an Escape within one slow frame is no text any more.
class TypedKeys {
  public:
    explicit TypedKeys(bool typing) : typing_(typing) {}

    bool press(const KeyPress& press);

  private:
    bool typing_;
};

} // namespace keyhole::viz
