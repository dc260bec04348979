// A bit whose cone somebody asked for, on its way from the menu of the stage to the page Lab.
#pragma once

#include <string>

namespace keyhole::viz {

struct ConeWish {
    std::string bit; // ADDRESS#BIT; empty: none
};

} // namespace keyhole::viz
