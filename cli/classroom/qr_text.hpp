// A QR code in a terminal: two modules a sign, upper half and lower half.
#pragma once

#include <string>

#include "classroom/qr_code.hpp"

namespace keyhole::cli {

/// `coloured`: black on white whatever the terminal's colours are; else light modules are drawn and dark ones left
/// empty, which telephones read on a dark terminal, and most on a light one.
std::string qr_text(const classroom::QrCode& code, bool coloured);

} // namespace keyhole::cli
