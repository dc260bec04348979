// What the rows of exchange.csv say of the inputs of an exchange. Each input stands in several rows, of which a student
// or an attacker may have altered one: every row votes, and the value with the most votes counts.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/number.hpp"
#include "core/des/des.hpp"

namespace keyhole::verify {

/// What counts of a message's line on the wire.
struct LineContent {
    std::string seq, iv, ciphertext; // decimal, hex (empty where there is none), hex

    LineContent(std::string seq_text, const std::optional<des::Block>& iv_block, ByteView ciphertext_bytes);
    bool operator==(const LineContent&) const = default;
};

/// Empty where the line is none of a message.
std::optional<LineContent> read_line(std::string_view line);

/// Of which input a row of the handshake has a value: "p", "g", "server x" (its private key), "client y" (its public
/// key). Empty where of none.
std::optional<std::string> input_told(std::string_view address, std::string_view name);

class ExchangeFacts {
  public:
    /// One row of the file.
    void add(std::string_view address, std::string_view party, std::string_view name, std::string_view value);

    /// Whether a row stands at this address, which is above exponent bits, rounds and blocks.
    bool has(const std::string& address) const { return steps_.contains(address); }
    std::uint64_t messages() const { return messages_; }

    // What most rows say: of "p", "g", "group", "kdf" and "mode", of "server x" and "server y" (keys), of a power's
    // "base", "exponent", "modulus" and "result", and of a message's "3 sender", "3 seq", "3 plaintext", "3 sent iv",
    // "3 received ciphertext", "3 confirmed". Empty where no row says anything.
    std::optional<std::string> winner(const std::string& about) const;
    std::optional<Number> number(const std::string& about) const;
    std::optional<des::Block> block(const std::string& about) const;
    /// The two values that most rows have, the commonest first.
    std::vector<Number> candidates(const std::string& about) const;
    /// How many rows say something, and whether more of them say the same than anything else.
    std::size_t rows(const std::string& about) const;
    bool agreed(const std::string& about) const;
    /// Takes this value, whatever the rows say.
    void settle(const std::string& about, const std::string& value) { votes_[about] = {{value, 1}}; }
    /// Whether any row has this value.
    bool mentions(const std::string& about, const std::string& value) const;

    /// The bits of a lone exponentiation's exponent, from the top, as its rows have them.
    const std::string& exponent_bits() const { return exponent_bits_; }

    /// The line of that message on that side, "sent" or "received"; the other side's copy where only that one says
    /// what it should.
    std::string line(std::uint64_t message, const std::string& side, const LineContent& expected) const;

  private:
    void add_handshake(std::string_view address, std::string_view name, std::string_view value);
    void add_power(std::string_view address, std::string_view name, std::string_view value);
    void add_message(std::uint64_t number, std::string_view step, std::string_view party, std::string_view name,
                     std::string_view value);
    void add_line(std::uint64_t number, const std::string& side, std::string_view line);
    void vote(const std::string& about, std::string value) { ++votes_[about][std::move(value)]; }
    void vote_number(const std::string& about, std::string_view value);
    void vote_hex(const std::string& about, std::string_view value);

    std::map<std::string, std::map<std::string, std::size_t>> votes_;
    std::map<std::string, std::string> lines_;              // by message and side, as written
    std::set<std::pair<std::uint64_t, std::string>> texts_; // by message
    std::set<std::string, std::less<>> steps_;
    std::string exponent_bits_;
    std::uint64_t messages_ = 0;
};

} // namespace keyhole::verify
