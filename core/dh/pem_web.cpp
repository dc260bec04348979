#include <fmt/format.h>

#include "core/base/error.hpp"
#include "core/dh/pem.hpp"

namespace keyhole::dh {

PemNumbers read_pem(std::string_view /*text*/, PemKind /*kind*/, std::string_view name) {
    throw bad_input(fmt::format("{} cannot be read here (a browser's window knows no PEM; keyhole-viz does)", name));
}

} // namespace keyhole::dh
