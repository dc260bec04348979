// Where secrets come from: the system's generator, or, on request, a seed that makes every draw repeatable
// on every machine. Each use forks a stream with its own label, so the order of draws does not matter.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/number.hpp"

namespace keyhole {

class Random {
  public:
    /// Draws from the system's CSPRNG.
    static Random system();

    /// SHA-256 in counter mode over the seed: predictable by anyone who knows it.
    static Random seeded(std::string_view seed);

    bool predictable() const { return state_.has_value(); }

    /// An independent stream for one purpose, e.g. "server.private" or "message.3.iv". The system's generator stays
    /// what it is.
    Random fork(std::string_view label) const;

    void fill(std::span<std::uint8_t> out);
    /// Eight bytes as a DES block.
    std::uint64_t block();

    /// Uniform in low..high, both included.
    Number between(const Number& low, const Number& high);

  private:
    struct Stream {
        std::string key;
        std::uint64_t counter = 0;
        Bytes left;
    };
    std::optional<Stream> state_;
};

} // namespace keyhole
