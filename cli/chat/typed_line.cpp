#include "cli/chat/typed_line.hpp"

#include <string_view>
#include <utility>

#include "core/base/spelling/whole_number.hpp"

namespace keyhole::cli {

TypedLine parse_typed(std::string line) {
    if (line.starts_with("##")) return {0, line.substr(1)};
    const std::size_t blank = line.find(' ');
    if (!line.starts_with('#') || blank == std::string::npos) return {0, std::move(line)};
    const auto number = whole_number<unsigned>(std::string_view(line).substr(1, blank - 1));
    if (!number || *number == 0) return {0, std::move(line)};
    return {*number, line.substr(blank + 1)};
}

void KeptLines::keep(TypedLine line) {
    bytes_ += line.text.size() + 1;
    lines_.push_back(std::move(line));
}

std::vector<std::string> KeptLines::take_for(unsigned number) {
    std::vector<std::string> taken;
    for (TypedLine& line : std::exchange(lines_, {})) {
        if (line.number == 0 || line.number == number) {
            bytes_ -= line.text.size() + 1;
            taken.push_back(std::move(line.text));
        } else {
            lines_.push_back(std::move(line));
        }
    }
    return taken;
}

} // namespace keyhole::cli
