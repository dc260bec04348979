// In which line of a text a piece of it stands: md4c tells where a piece is, and not in which line.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <string_view>

namespace keyhole::lesson {

class SourceLines {
  public:
    explicit SourceLines(std::string_view source) : source_(source) {}

    /// The line, from 1, of a place in the text; for a place outside of it the last line that was asked for.
    std::size_t line_of(const char* at) {
        const bool inside =
            std::greater_equal<>()(at, source_.data()) && std::less<>()(at, source_.data() + source_.size());
        if (!inside) return line_;
        const auto offset = static_cast<std::size_t>(at - source_.data());
        if (offset < counted_to_) {
            counted_to_ = 0;
            line_ = 1;
        }
        line_ += static_cast<std::size_t>(std::ranges::count(source_.substr(counted_to_, offset - counted_to_), '\n'));
        counted_to_ = offset;
        return line_;
    }

    std::size_t last() const { return line_; }

  private:
    std::string_view source_;
    std::size_t line_ = 1, counted_to_ = 0;
};

} // namespace keyhole::lesson
