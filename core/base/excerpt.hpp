// Text from outside (a message, a file, an argument), made short and safe enough to be quoted in a line of our own.
#pragma once

#include <string>
#include <string_view>

namespace keyhole {

/// The first characters, at most `limit` bytes of them, with control characters escaped; ".." where there was more.
std::string excerpt(std::string_view text, std::size_t limit = 40);

} // namespace keyhole
