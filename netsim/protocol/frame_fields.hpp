// The fields of a line that should be one flat JSON object. What the object nests is skipped at the cost of a counter,
// so no peer can make a line expensive by its depth.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace keyhole {

class FrameFields {
  public:
    explicit FrameFields(std::string_view line);

    /// What is wrong with the line, or the first field asked for that is missing or of another type; empty while all
    /// is well.
    const std::string& fault() const { return fault_; }
    /// More of it: which byte, what stands there instead of what. May be empty.
    const std::string& reason() const { return reason_; }

    std::string text(std::string_view name);
    std::optional<std::string> optional_text(std::string_view name);
    /// The same of a field that a peer may use for something else: what is no text is as if it were not there.
    std::optional<std::string> text_if_any(std::string_view name) const;
    /// A number that cannot be a seq (negative, with a fraction, too large) is 0, which no seq is.
    std::uint64_t count(std::string_view name);

  private:
    class Collector;
    // Everything else that JSON has is of no use to a frame.
    using Value = std::variant<std::monostate, std::string, std::uint64_t>;

    template <class Wanted>
    Wanted* find(std::string_view name, bool required);

    std::vector<std::pair<std::string, Value>> fields_;
    std::string fault_, reason_;
};

} // namespace keyhole
