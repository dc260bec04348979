// Meet in the middle on double DES: a second key adds one bit of work and not fifty-six, for whoever has the memory
// (Diffie and Hellman, "Exhaustive cryptanalysis of the NBS data encryption standard", Computer 10(6), 1977). The first
// plaintext is enciphered under every first key, the first ciphertext deciphered under every second one; where the two
// meet, the other pairs decide.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/attack/key_search.hpp"
#include "core/base/random.hpp"
#include "core/fast/bitslice/bitslice.hpp"

namespace keyhole::lab {

/// E(second key, E(first key, plaintext)).
des::Block double_encipher(des::Block plaintext, des::Block first_key, des::Block second_key);

struct MeetQuestion {
    std::vector<KnownPair> pairs; // at least two
    unsigned unknown_bits = 20;   // of each key, its rightmost ones, parity bits passed over: 1 to most_unknown
    des::Block first_known = 0, second_known = 0; // the keys' other bits

    static constexpr unsigned most_unknown = 26; // 2^26 entries of 12 bytes
};

struct KeyPair {
    des::Block first = 0, second = 0; // with odd parity

    bool operator==(const KeyPair&) const = default;
};

struct MeetState {
    std::uint64_t enciphered = 0, deciphered = 0; // keys done, first ones and second ones
    std::uint64_t met = 0;                        // pairs of keys that agree on the first pair's middle
    std::vector<std::uint64_t> left;              // of these: that fit the first pair, the first two, .. all pairs
    double seconds = 0;
};

struct MeetResult {
    std::vector<KeyPair> keys; // all that fit every pair
    MeetState state;
    bool stopped = false;
};

/// Both keys and `pairs` texts drawn, and all of it that the attack is told: the texts, and the keys' known bits.
struct DrawnMeet {
    KeyPair keys;
    MeetQuestion question;
};
DrawnMeet draw_meet(const Random& random, unsigned unknown_bits, std::size_t pairs = 2);

/// Bytes of memory that the table takes, and the same in words: "12 MiB".
std::uint64_t meet_memory(unsigned unknown_bits);
std::string meet_memory_words(unsigned unknown_bits);

/// Keys of either kind that were done in a second, with all that belongs to it; nothing where it was over too soon to
/// tell.
std::optional<double> meet_rate(const MeetState& state);

/// How many wrong pairs of keys fit all pairs by chance: 2^(2 unknown - 64 pairs).
double chance_keys(const MeetQuestion& question);

/// `progress` is called now and then; false stops.
MeetResult meet_in_the_middle(const MeetQuestion& question, bitslice::Level level,
                              const std::function<bool(const MeetState&)>& progress = {});

} // namespace keyhole::lab
