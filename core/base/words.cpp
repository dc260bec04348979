#include "core/base/words.hpp"

#include <fmt/format.h>

namespace keyhole {

std::string grouped_decimal(std::uint64_t number) {
    std::string text = fmt::to_string(number);
    if (text.size() < 5) return text;
    for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, 1, ' ');
    return text;
}

std::string counted(std::uint64_t count, std::string_view thing) {
    return fmt::format("{} {}{}", grouped_decimal(count), thing, count == 1 ? "" : "s");
}

std::string_view singular_or(std::uint64_t count, std::string_view singular, std::string_view plural) {
    return count == 1 ? singular : plural;
}

} // namespace keyhole
