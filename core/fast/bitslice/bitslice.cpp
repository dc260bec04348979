// Chooses the engine by CPU, makes round keys for it, and cuts any number of blocks into batches.
#include "core/fast/bitslice/bitslice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdlib>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/des/des_tables.hpp"
#include "core/fast/bitslice/engine.hpp"

namespace keyhole::bitslice {
namespace {

constexpr std::array<std::string_view, 3> level_names = {"portable", "avx2", "avx512"};

bool cpu_has(Level level) {
    switch (level) {
#ifdef KEYHOLE_AVX2
        case Level::avx2: return __builtin_cpu_supports("avx2");
#endif
#ifdef KEYHOLE_AVX512
        case Level::avx512: return __builtin_cpu_supports("avx512f");
#endif
        default: return level == Level::portable;
    }
}

// `subkey(round)`: the 48 bits of a round, counted from 1.
template <typename Subkey>
BulkKeys bulk_keys(Subkey subkey) {
    BulkKeys keys;
    for (unsigned round = 1; round <= 16; ++round) {
        const std::uint64_t bits = subkey(round);
        for (unsigned slot = 0; slot < 48; ++slot) keys.round[round - 1][slot] = -(bits >> (47 - slot) & 1);
    }
    return keys;
}

void crypt_few(const des::KeySchedule& schedule, Direction direction, std::span<const std::uint8_t> in,
               std::span<std::uint8_t> out) {
    for (std::size_t at = 0; at < in.size(); at += 8) {
        store_block(des::crypt(load_block(in.subspan(at, 8)), schedule, direction), out.subspan(at, 8));
    }
}

// As many whole batches as there are; returns their bytes.
std::size_t crypt_batches(const Engine& engine, const BulkKeys& keys, std::span<const std::uint8_t> in,
                          std::span<std::uint8_t> out) {
    const std::size_t batch = std::size_t{engine.batch} * 8;
    std::size_t at = 0;
    for (; at + batch <= in.size(); at += batch) engine.crypt_batch(keys, in.data() + at, out.data() + at);
    return at;
}

void crypt_part_of_a_batch(const Engine& engine, const BulkKeys& keys, std::span<const std::uint8_t> in,
                           std::span<std::uint8_t> out) {
    alignas(64) std::array<std::uint8_t, 8 * BatchRounds::most_blocks> buffer{};
    std::ranges::copy(in, buffer.begin());
    engine.crypt_batch(keys, buffer.data(), buffer.data());
    std::copy_n(buffer.data(), in.size(), out.data());
}

// From how many blocks on a batch, even one that is mostly empty, is faster than the blocks one by one.
constexpr std::size_t few_blocks = 16;

} // namespace

const Engine& engine(Level level) {
    if (!cpu_has(level)) {
        throw bad_input(fmt::format("no bitslice level {} here (this CPU or this build lacks it; the best is {})",
                                    name(level), name(available_levels().back())));
    }
#ifdef KEYHOLE_AVX512
    if (level == Level::avx512) return avx512_engine;
#endif
#ifdef KEYHOLE_AVX2
    if (level == Level::avx2) return avx2_engine;
#endif
    return portable_engine;
}

std::string_view name(Level level) { return level_names[static_cast<std::size_t>(level)]; }

std::optional<Level> find_level(std::string_view name) {
    const auto found = std::find(level_names.begin(), level_names.end(), name);
    if (found == level_names.end()) return std::nullopt;
    return static_cast<Level>(found - level_names.begin());
}

std::vector<Level> available_levels() {
    std::vector<Level> levels;
    for (const Level level : {Level::portable, Level::avx2, Level::avx512}) {
        if (cpu_has(level)) levels.push_back(level);
    }
    return levels;
}

Level best_level() {
    const char* const wanted = std::getenv("KEYHOLE_BITSLICE");
    if (wanted == nullptr || *wanted == '\0') return available_levels().back();
    const auto level = find_level(wanted);
    if (!level) {
        throw bad_input(fmt::format("KEYHOLE_BITSLICE is \"{}\" (no such level; use portable, avx2 or avx512)",
                                    escape_controls(wanted)));
    }
    engine(*level); // throws where it is not available
    return *level;
}

Level chosen_level() {
    static const Level level = best_level();
    return level;
}

unsigned batch_size(Level level) { return engine(level).batch; }

void crypt_blocks(const des::KeySchedule& schedule, Direction direction, std::span<const std::uint8_t> in,
                  std::span<std::uint8_t> out, Level level) {
    assert(in.size() % 8 == 0 && in.size() == out.size());
    if (in.size() < few_blocks * 8) return crypt_few(schedule, direction, in, out);
    const Engine& chosen = engine(level);
    const BulkKeys keys =
        bulk_keys([&](unsigned round) { return schedule.rounds[des::subkey_number(round, direction) - 1].subkey; });
    const std::size_t at = crypt_batches(chosen, keys, in, out);
    in = in.subspan(at);
    out = out.subspan(at);
    return in.size() < few_blocks * 8 ? crypt_few(schedule, direction, in, out)
                                      : crypt_part_of_a_batch(chosen, keys, in, out);
}

void encrypt_rounds(const des::KeySchedule& schedule, unsigned rounds, std::span<const std::uint8_t> in,
                    std::span<std::uint8_t> out, Level level) {
    assert(in.size() % 8 == 0 && in.size() == out.size() && rounds % 2 == 0 && rounds <= 16);
    const Engine& chosen = engine(level);
    BulkKeys keys = bulk_keys([&](unsigned round) { return schedule.rounds[round - 1].subkey; });
    keys.rounds = rounds;
    const std::size_t at = crypt_batches(chosen, keys, in, out);
    if (at < in.size()) crypt_part_of_a_batch(chosen, keys, in.subspan(at), out.subspan(at));
}

void record_rounds(std::span<const std::uint64_t, 16> subkeys, std::span<const std::uint8_t> in, BatchRounds& out,
                   Level level) {
    const Engine& chosen = engine(level);
    const std::size_t batch = chosen.batch;
    assert(in.size() % 8 == 0 && in.size() <= 8 * batch && batch <= BatchRounds::most_blocks);
    const BulkKeys keys = bulk_keys([&](unsigned round) { return subkeys[round - 1]; });
    out.row = batch + BatchRounds::padding; // rows a power of two apart would share a set of the cache
    if (in.size() == 8 * batch)
        return chosen.record_batch(keys, in.data(), out.row, out.halves.data(), out.mixeds.data());
    std::array<std::uint8_t, 8 * BatchRounds::most_blocks> buffer{};
    std::ranges::copy(in, buffer.begin());
    chosen.record_batch(keys, buffer.data(), out.row, out.halves.data(), out.mixeds.data());
}

} // namespace keyhole::bitslice
