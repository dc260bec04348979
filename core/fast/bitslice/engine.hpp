// What the three builds of the engine have in common with their callers: plain data and plain functions only. The
// builds (engine_portable.cpp, engine_avx2.cpp, engine_avx512.cpp) are compiled for different CPUs, so nothing inline
// of the standard library may pass between them: the linker could keep the wide copy and run it on an older CPU.
#pragma once

#include <cstddef>
#include <cstdint>

namespace keyhole::bitslice {

/// The subkeys of the sixteen rounds in their order: one mask of all zeros or all ones a bit.
struct BulkKeys {
    std::uint64_t round[16][48];
    unsigned rounds = 16; // how many of them are done, an even number: 16 but in the lab
};

/// One block under as many keys as a word has lanes.
struct KeyBatch {
    std::uint64_t key = 0;                  // C0 D0, 56 bits; the bits that vary are 0
    const std::uint8_t* position = nullptr; // bit i of a lane's number is this bit of C0 D0, 0 the first bit of C0
    std::uint64_t input = 0;                // the block after IP: L0 R0
    bool decrypt = false;                   // the subkeys from K16 to K1
};

/// One walk over the keys that some equations leave, through DES of `rounds` rounds: the first key, and for each bit of
/// the index that is 1 the bits of one of the vectors turned over.
struct KeySpan {
    std::uint64_t key = 0;                 // C0 D0 of the first key
    unsigned variable = 0;                 // 2^variable keys
    const std::uint64_t* vector = nullptr; // of each bit of the index: bits of C0 D0, written as `key` is
    unsigned rounds = 16;                  // 3 to 16
    std::uint64_t input = 0;               // the plaintext after IP: L0 R0
    std::uint64_t target = 0;              // the preoutput: R_n L_n
    void* context = nullptr;
    /// Called for each index whose key agrees with the target in R_(n-2): about one in 2^32 keys by chance.
    void (*candidate)(void* context, std::uint32_t index) = nullptr;
};

/// One walk over all values of a few key bits.
struct SearchChunk {
    static constexpr unsigned max_variable = 17;
    static constexpr unsigned lane_bits = 9; // index bits 0 .. 8 lie in a word's lanes where it is wide enough

    std::uint64_t key = 0;                 // C0 D0, 56 bits; the variable bits are 0
    unsigned variable = 0;                 // how many key bits vary: 2^variable keys
    std::uint8_t position[max_variable]{}; // index bit i is this bit of C0 D0, 0 the first bit of C0
    std::uint64_t input = 0;               // the plaintext after IP: L0 R0
    std::uint64_t target[2]{};             // preoutputs (ciphertext after IP): R16 L16
    unsigned targets = 1;                  // how many of them, 1 or 2
    void* context = nullptr;
    /// Called for each index whose key agrees with target number `which` in R13: about one in 2^32 keys by chance.
    void (*candidate)(void* context, std::uint32_t index, unsigned which) = nullptr;
};

/// One build of the engine.
struct Engine {
    unsigned batch;                                                                       // blocks or keys in a word
    void (*crypt_batch)(const BulkKeys& keys, const std::uint8_t* in, std::uint8_t* out); // exactly one batch
    /// Exactly one batch, and what happens in its rounds, as BatchRounds has it: of round r (0 to 15) and block i at
    /// [r * row + i].
    void (*record_batch)(const BulkKeys& keys, const std::uint8_t* in, std::size_t row, std::uint64_t* halves,
                         std::uint64_t* mixed);
    void (*search)(const SearchChunk& chunk);
    void (*search_span)(const KeySpan& span);
    /// The preoutput of each key of the batch, in the order of the lanes' numbers.
    void (*crypt_keys)(const KeyBatch& keys, std::uint64_t* out);
    /// S-box `box` (1 to 8) of the 64 inputs 0 .. 63, in lanes 0 .. 63: for the proof in the tests.
    void (*select_all)(unsigned box, std::uint8_t outputs[64]);
};

extern const Engine portable_engine;
extern const Engine avx2_engine;
extern const Engine avx512_engine;

} // namespace keyhole::bitslice
