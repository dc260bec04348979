// Strangers' text in a line of ours.
#pragma once

#include <string>
#include <string_view>

namespace keyhole {

/// At most `limit` bytes of it, whole characters, with its control characters escaped; ".." where there was more.
std::string excerpt(std::string_view text, std::size_t limit);

} // namespace keyhole
