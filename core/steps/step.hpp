// One step as people see it: named values and words. The words are made from the values, so the two cannot disagree.
#pragma once

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/bits.hpp"
#include "core/base/bytes.hpp"
#include "core/base/number.hpp"
#include "core/steps/node.hpp"

namespace keyhole {

/// A big number and the width in bits at which it is shown in hex (that of the modulus).
struct BigValue {
    Number number;
    std::size_t bits = 0;
};

/// A decimal number without a width of its own: a length, a position.
struct Count {
    std::uint64_t value = 0;
};

/// Bytes, perhaps megabytes of them: a view into the recording, or bytes kept alive by `owner`.
struct Octets {
    ByteView view;
    std::shared_ptr<const Bytes> owner;
    bool text = false; // UTF-8 that a person wrote, or a JSON line
};

struct Word {
    std::string text;
};

using Datum = std::variant<Bits, BigValue, Count, Octets, Word>;

struct Value {
    std::string_view name; // as in the CSV columns: right_in, s_out, ciphertext
    Datum datum;
};

/// Bytes and text that somebody else keeps alive, or bytes that are kept here.
Octets octets(ByteView view);
Octets octets(Bytes bytes);
Octets text_octets(std::string_view view);

struct Step {
    Node node;
    std::string address;
    std::string title;
    std::string source;
    std::optional<Role> party;
    std::string mark;    // "not DES: rounds=8", of a variant only
    std::string summary; // what happened, one line
    std::vector<Value> values;
    std::string explanation; // one paragraph

    /// The value of that name; nullptr where the step has none.
    const Datum* find(std::string_view name) const;
    void add(std::string_view name, Datum datum) { values.push_back({name, std::move(datum)}); }
    void add(std::initializer_list<Value> more) { values.insert(values.end(), more); }
};

/// The value of that name. Throws Error (bad_input), naming the step's values, where it has no such one.
const Datum& value_of(const Step& step, std::string_view name);

/// Whether the value is a number of things that its name names: "squarings".
bool says_how_many(std::string_view name, const Datum& datum);

/// What people are asked for it: "What is output of “S-box 1” (4 bits)?"
std::string asked_words(const Step& step, std::string_view name);

/// For a CSV cell or JSON: hex with 0x at full width, decimal counts, text as it is. Nothing is cut.
std::string full_text(const Datum& datum);

/// The same for a line on a screen: control characters escaped, and what is longer than `limit` characters cut in its
/// middle with the size named.
std::string shown_text(const Datum& datum, std::size_t limit);

/// Hex with 0x at full width (numbers below 2^64: at most 64 bits); empty for counts, words and text.
std::string prefixed_hex(const Datum& datum);

/// Bits in the groups that fit the width (6 for 48 bits, 7 for C and D, else 8 or 4); empty where there are none, or
/// more than `max_bits`.
std::string binary_text(const Datum& datum, std::size_t max_bits = 64);
std::string binary_text(Bits bits);

/// Decimal, where the value is a number below 2^64; else empty.
std::string decimal_text(const Datum& datum);

/// The number that the value is; nothing for words and text.
std::optional<Number> as_number(const Datum& datum);

/// Whether people see it as hex digits: bits and bytes, but for few bits, which are shown as decimal numbers, too. Then
/// digits alone may be hex in what they type.
bool shown_in_hex(const Datum& datum);

/// The value's size in bits.
std::size_t bit_size(const Datum& datum);

/// Whether it would begin with 64 zero bits or more if it were written as wide as its modulus.
bool much_shorter(const BigValue& value);

// The short forms in which explanations quote values.
std::string hex_text(Bits bits);               // 0x1B02EFFC7072
std::string plain_binary(Bits bits);           // 101101
std::string short_text(const BigValue& value); // decimal below 2^64, else 0x1A2B3C4D..5E6F7A8B
std::string short_text(const Octets& value);   // 0x546869.. or "This is.."

} // namespace keyhole
