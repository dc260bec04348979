// The order of the keys, and what becomes of a candidate. Inside a chunk the engine walks in Gray code; the bits that
// K1 lacks are walked fastest, because they leave round 1 alone (see bitslice/search_kernel.hpp).
#include "core/attack/key_search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <chrono>

#include "core/base/error.hpp"
#include "core/des/des_keys.hpp"
#include "core/des/des_tables.hpp"
#include "core/fast/bitslice/engine.hpp"

namespace keyhole {
namespace {

using bitslice::SearchChunk;

// Bits of C0 D0 that subkey K1 does not take.
std::uint64_t lacking_in_k1() {
    std::uint64_t lacking = 0;
    for (unsigned i = 0; i < 56; ++i) {
        const auto schedule = des::key_schedule(des::undo_permuted_choice_1(std::uint64_t{1} << i));
        if (schedule.rounds[0].subkey == 0) lacking |= std::uint64_t{1} << i;
    }
    return lacking;
}

// A chunk is 2^17 keys, less in small searches, so that these too divide into 256 parts.
unsigned bits_of_a_chunk(unsigned unknown) {
    return std::min(unknown, std::clamp(unknown, SearchChunk::lane_bits + 8, SearchChunk::max_variable + 8) - 8);
}

std::uint64_t share(std::uint64_t chunks, std::uint64_t part, std::uint64_t parts) {
    return chunks / parts * part + chunks % parts * part / parts; // chunks * part / parts without overflow
}

struct Collector {
    const KeySearch* search;
    std::uint64_t chunk;
    std::vector<des::Block> keys;
};

void collect(void* context, std::uint32_t index, unsigned which) {
    auto& collector = *static_cast<Collector*>(context);
    if (const auto key = collector.search->proven(collector.chunk, index, which)) collector.keys.push_back(*key);
}

} // namespace

des::Block lowest_key_bits(unsigned bits) {
    des::Block mask = 0;
    for (unsigned bit = 1; bit < 64 && bits > 0; ++bit) {
        if ((parity_mask >> bit & 1) != 0) continue;
        mask |= des::Block{1} << bit;
        --bits;
    }
    return mask;
}

KeySearch::KeySearch(const KeySearchQuestion& question) : question_(question) {
    question_.unknown &= ~parity_mask;
    question_.known_key &= ~question_.unknown & ~parity_mask;
    if (question_.parts == 0 || question_.part == 0 || question_.part > question_.parts ||
        question_.parts > most_parts) {
        throw bad_input(fmt::format("part {}/{} does not exist (parts are counted from 1; give i/n with 1 <= i <= n)",
                                    question_.part, question_.parts));
    }
    if (question_.second && question_.second->plaintext == question_.pair.plaintext) {
        throw bad_input("the second plaintext is the first one (it proves nothing more; give another pair)");
    }
    by_complement_ = question_.second && question_.second->plaintext == ~question_.pair.plaintext;
    known_ = des::permuted_choice_1(question_.known_key);
    order_positions();
    variable_ = bits_of_a_chunk(unknown_bits());
    // Of a key and its complement one has a 0 in the last position: with all bits unknown that half is enough.
    unsigned outer = unknown_bits() - variable_;
    if (by_complement_ && unknown_bits() == 56) --outer;
    const std::uint64_t chunks = std::uint64_t{1} << outer;
    first_ = share(chunks, question_.part - 1, question_.parts);
    end_ = share(chunks, question_.part, question_.parts);
}

void KeySearch::order_positions() {
    const std::uint64_t unknown = des::permuted_choice_1(question_.unknown);
    const std::uint64_t lacking = lacking_in_k1();
    std::vector<std::uint8_t> walked, others;
    for (unsigned bit = 1; bit <= 64; ++bit) { // the rightmost key bit first
        const auto place = std::find(des::pc1_table.begin(), des::pc1_table.end(), 65 - bit);
        if (place == des::pc1_table.end()) continue;
        const auto position = static_cast<std::uint8_t>(place - des::pc1_table.begin());
        if ((unknown >> (55 - position) & 1) == 0) continue;
        ((lacking >> (55 - position) & 1) != 0 ? walked : others).push_back(position);
    }
    // Lanes first, then the walked bits, then the rest.
    const std::size_t lanes = std::min<std::size_t>(others.size(), SearchChunk::lane_bits);
    positions_.assign(others.begin(), others.begin() + static_cast<std::ptrdiff_t>(lanes));
    positions_.insert(positions_.end(), walked.begin(), walked.end());
    positions_.insert(positions_.end(), others.begin() + static_cast<std::ptrdiff_t>(lanes), others.end());
}

bool KeySearch::fits(des::Block key) const {
    const des::KeySchedule schedule = des::key_schedule(key);
    return des::crypt(question_.pair.plaintext, schedule) == question_.pair.ciphertext &&
           (!question_.second || des::crypt(question_.second->plaintext, schedule) == question_.second->ciphertext);
}

des::Block KeySearch::input() const { return des::initial_permutation(question_.pair.plaintext); }

des::Block KeySearch::target(unsigned which) const {
    return des::initial_permutation(which == 0 ? question_.pair.ciphertext : ~question_.second->ciphertext);
}

std::uint64_t KeySearch::chunk_key(std::uint64_t chunk) const {
    std::uint64_t cd = known_;
    for (std::size_t i = variable_; i < positions_.size(); ++i) {
        if (chunk >> (i - variable_) & 1) cd |= std::uint64_t{1} << (55 - positions_[i]);
    }
    return cd;
}

std::optional<des::Block> KeySearch::proven(std::uint64_t chunk, std::uint32_t index, unsigned which) const {
    std::uint64_t cd = chunk_key(chunk);
    for (unsigned i = 0; i < variable_; ++i) {
        if (index >> i & 1) cd |= std::uint64_t{1} << (55 - positions_[i]);
    }
    const des::Block key = des::undo_permuted_choice_1(cd);
    if (const des::Block odd = des::with_odd_parity(which == 0 ? key : ~key); fits(odd)) return odd;
    return std::nullopt;
}

std::vector<des::Block> KeySearch::search_chunk(std::uint64_t chunk, bitslice::Level level) const {
    SearchChunk job;
    job.key = chunk_key(chunk);
    job.variable = variable_;
    std::copy_n(positions_.begin(), variable_, job.position);
    job.input = input();
    job.target[0] = target(0);
    if (by_complement_) job.target[job.targets++] = target(1);
    Collector collector{this, chunk, {}};
    job.context = &collector;
    job.candidate = collect;
    bitslice::engine(level).search(job);
    std::sort(collector.keys.begin(), collector.keys.end());
    return collector.keys;
}

double keys_per_second(bitslice::Level level, double seconds) {
    const KeySearch search(KeySearchQuestion{}); // some key may fit; finding it costs nothing more
    const auto start = std::chrono::steady_clock::now();
    double elapsed = 0;
    std::uint64_t chunks = 0;
    while (elapsed < seconds || chunks == 0) {
        search.search_chunk(chunks++, level);
        elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    }
    return static_cast<double>(chunks * search.keys_per_chunk()) / elapsed;
}

} // namespace keyhole
