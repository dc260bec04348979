// An address as a QR code (ISO 18004, by libqrencode), for telephones that look at a wall.
#pragma once

#include <string>
#include <vector>

namespace keyhole::classroom {

struct QrCode {
    unsigned size = 0;           // modules along a side
    std::vector<bool> dark = {}; // row by row

    bool is_dark(unsigned x, unsigned y) const { return dark[std::size_t{y} * size + x]; }
};

/// Throws Error (bad_input) for a text that no code holds.
QrCode qr_code(const std::string& text);

} // namespace keyhole::classroom
