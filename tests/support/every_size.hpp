// The window at every size and scale that is checked.
#pragma once

#include <initializer_list>

#include "tests/support/catch.hpp"
#include "tests/support/null_window.hpp"

namespace keyhole::viz::testing {

/// Calls `look(width, height, scale)` with the window set to each of them.
template <class Look>
void at_every_size(NullWindow& window, std::initializer_list<float> scales, Look look) {
    for (const auto& [width, height] : window_sizes) {
        window.size(width, height);
        for (const float scale : scales) {
            window.app.ui().scale = scale;
            INFO(width << "x" << height << ", scale " << scale);
            look(width, height, scale);
        }
    }
}

/// The page of this key has these words at every size, and no text in it is cut.
inline void check_page(NullWindow& window, char key, std::initializer_list<const char*> words) {
    at_every_size(window, {1, 2}, [&](float, float, float) {
        window.press(key_of(key));
        take_cut_text();
        const std::string text = window.frame();
        for (const char* wanted : words) {
            INFO(wanted);
            CHECK(text.find(wanted) != std::string::npos);
        }
        const auto cut = take_cut_text();
        INFO((cut.empty() ? "" : cut.front()));
        CHECK(cut.empty());
    });
}

} // namespace keyhole::viz::testing
