#include "cli/classroom/qr_text.hpp"

namespace keyhole::cli {
namespace {

constexpr int margin = 4; // modules around the code, as the standard asks for

} // namespace

std::string qr_text(const classroom::QrCode& code, bool coloured) {
    const int size = static_cast<int>(code.size);
    const auto light = [&](int x, int y) {
        const bool inside = x >= 0 && y >= 0 && x < size && y < size;
        return !inside || !code.is_dark(static_cast<unsigned>(x), static_cast<unsigned>(y));
    };
    std::string out;
    for (int y = -margin; y < size + margin; y += 2) {
        if (coloured) out += "\x1B[97;40m";
        for (int x = -margin; x < size + margin; ++x) {
            const bool upper = light(x, y), lower = light(x, y + 1);
            out += upper ? (lower ? "█" : "▀") : (lower ? "▄" : " ");
        }
        out += coloured ? "\x1B[0m\n" : "\n";
    }
    return out;
}

} // namespace keyhole::cli
