#include "core/base/excerpt.hpp"

#include "core/base/bytes.hpp"

namespace keyhole {

std::string excerpt(std::string_view text, std::size_t limit) {
    const std::string_view head = whole_characters(text, limit);
    return escape_controls(head) + (head.size() < text.size() ? ".." : "");
}

} // namespace keyhole
