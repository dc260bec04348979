#include "classroom/qr_code.hpp"

#include <qrencode.h>

#include <memory>

#include "core/base/error.hpp"

namespace keyhole::classroom {

QrCode qr_code(const std::string& text) {
    struct Free {
        void operator()(QRcode* code) const { QRcode_free(code); }
    };
    const std::unique_ptr<QRcode, Free> code(QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M));
    if (!code) throw bad_input("no QR code holds this (it is too long; shorten it)");
    QrCode out{.size = static_cast<unsigned>(code->width)};
    const std::size_t modules = std::size_t{out.size} * out.size;
    for (std::size_t i = 0; i < modules; ++i)
        out.dark.push_back((code->data[i] & 1U) != 0); // the lowest bit is the colour
    return out;
}

} // namespace keyhole::classroom
