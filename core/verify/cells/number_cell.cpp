#include "core/verify/cells/number_cell.hpp"

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/csv/csv_reader.hpp"
#include "core/verify/cells/column_base.hpp"

namespace keyhole::verify {

bool says_hex(std::string_view cell) { return digits_of(csv::trimmed(cell), {}).base == Base::hex; }

std::optional<Number> number_in_cell(std::string_view cell) {
    const Digits digits = digits_of(csv::trimmed(cell), {});
    if (digits.base == Base::bits) {
        Number bits;
        const bool read = digits.text.size() <= max_number_bits && bits.set_str(std::string(digits.text), 2) == 0;
        return read ? std::optional(bits) : std::nullopt;
    }
    if (!digits.base && digits.text.find_first_of("ABCDEFabcdef") != std::string_view::npos) {
        if (auto number = number_from_hex(digits.text)) return number;
    }
    try {
        const std::string prefix = digits.base == Base::hex ? "0x" : "";
        return parse_number(prefix + std::string(digits.text), "value");
    } catch (const Error&) {
        return std::nullopt;
    }
}

} // namespace keyhole::verify
