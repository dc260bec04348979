// From the rows of exchange.csv back to a recording: every input of the exchange by the vote of the rows that hold it.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "core/recording/recording.hpp"

namespace keyhole::verify {

/// True when a JSON line on the wire says this and nothing else of seq, IV and ciphertext.
bool line_says(std::string_view line, std::uint64_t seq, const std::optional<des::Block>& iv, const Bytes& ciphertext);

class ExchangeFacts {
  public:
    /// One row of the file.
    void add(std::string_view address, std::string_view party, std::string_view name, std::string_view value);

    /// The exchange with everything computed anew; empty when the rows tell too little of it.
    std::optional<Recording> recording() const;

  private:
    void add_handshake(std::string_view address, std::string_view name, std::string_view value);
    void add_power(std::string_view address, std::string_view name, std::string_view value);
    void add_message(std::uint64_t number, std::string_view step, std::string_view party, std::string_view name,
                     std::string_view value);
    void add_line(std::uint64_t number, const std::string& side, std::string_view line);
    void vote(const std::string& about, std::string value) { ++votes_[about][std::move(value)]; }
    void vote_number(const std::string& about, std::string_view value);
    void vote_block(const std::string& about, std::string_view value);

    bool has(const std::string& address) const { return steps_.contains(address); }
    std::optional<std::string> winner(const std::string& about) const;
    std::optional<Number> number(const std::string& about) const;
    std::vector<Number> candidates(const std::string& about) const;
    std::optional<Recording> power_recording() const;
    bool handshake(Recording& out) const;
    bool party(Recording& out, Role role) const;
    bool message(Recording& out, std::uint64_t number) const;
    std::string line(std::uint64_t number, const std::string& side, const std::string& other_side,
                     const std::string& content) const;

    std::map<std::string, std::map<std::string, std::size_t>> votes_;
    std::map<std::string, std::string> lines_;    // by message and side, as written
    std::map<std::string, std::string> contents_; // what such a line says: seq, iv and ciphertext
    std::set<std::string, std::less<>> steps_;    // the addresses above bits, rounds and blocks
    std::string exponent_bits_;                   // of a trace of one exponentiation, from the top
    std::uint64_t messages_ = 0;
};

} // namespace keyhole::verify
