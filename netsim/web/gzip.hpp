// gzip (RFC 1952), which every browser takes: pages become a quarter as long.
#pragma once

#include <string>
#include <string_view>

namespace keyhole {

std::string gzipped(std::string_view bytes);

} // namespace keyhole
