// The numbers of a student's sheet: HMAC-SHA-256 (RFC 2104) of the lecturer's seed over the student's ID, so that the
// same two give the same sheet on every machine, and nobody without the seed can make a neighbour's. docs/practice.md
// has the rule in four lines of Python.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/base/crypto/crypto.hpp"

namespace keyhole::worksheet {

Digest hmac_sha256(std::string_view key, std::string_view message);

/// An endless stream of bytes for one kind of sheet: HMAC(HMAC(seed, ID), "KIND 1"), HMAC(.., "KIND 2") and so on.
class SheetNumbers {
  public:
    SheetNumbers(std::string_view seed, std::string_view id, std::string_view kind);

    /// The next eight bytes, big-endian.
    std::uint64_t block();

    /// 0 .. count-1, each as likely: blocks from the highest multiple of `count` on are passed over.
    std::uint64_t below(std::uint64_t count);

    /// Not part of the stream: what binds sheet.json to seed and ID.
    std::string seal(std::string_view text) const;

  private:
    Digest student_;
    std::string kind_;
    std::uint64_t made_ = 0;
    Bytes left_; // the next byte is the last one
};

} // namespace keyhole::worksheet
