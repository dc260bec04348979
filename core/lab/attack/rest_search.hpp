// The rest by search: every key that the equations leave, tried on DES of fewer rounds by the bitsliced engine, and
// proven by the classroom's.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>

#include "core/attack/key_search.hpp"
#include "core/fast/bitslice/bitslice.hpp"
#include "core/lab/attack/key_equations.hpp"

namespace keyhole::lab {

/// Texts that a key has to fit before it is called found.
inline constexpr std::size_t texts_of_proof = 16;

/// True when DES of `rounds` rounds under `key` turns the first texts_of_proof plaintexts into their ciphertexts.
bool proves(des::Block key, unsigned rounds, std::span<const KnownPair> texts);

class RestSearch {
  public:
    /// `texts`: at least one, and they must outlive the search. `go_on` is told every few milliseconds how many keys
    /// have been tried; false stops it.
    RestSearch(unsigned rounds, std::span<const KnownPair> texts, bitslice::Level level,
               std::function<bool(std::uint64_t tried)> go_on)
        : rounds_(rounds), texts_(texts), level_(level), go_on_(std::move(go_on)) {}

    /// The key, with odd parity, where one of those left fits.
    std::optional<des::Block> find(const KeyEquations& known);

    std::uint64_t tried() const { return tried_; } // keys, all calls together
    bool stopped() const { return stopped_; }      // go_on said no

  private:
    unsigned rounds_;
    std::span<const KnownPair> texts_;
    bitslice::Level level_;
    std::function<bool(std::uint64_t tried)> go_on_;
    std::uint64_t tried_ = 0;
    bool stopped_ = false;
};

} // namespace keyhole::lab
