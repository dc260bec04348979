// Text from outside inside a page or a drawing (HTML, SVG): whatever it holds, it stays text.
#pragma once

#include <string>
#include <string_view>

namespace keyhole {

/// The text as it may stand between tags and in a quoted attribute, of HTML and of XML alike: & < > " ' are written as
/// references; what neither may contain (control characters but tab and line ends, noncharacters, bytes that are no
/// UTF-8) becomes U+FFFD, one for each.
std::string markup(std::string_view text);

} // namespace keyhole
