// The key search on one core against John the Ripper's benchmark, run as a program. A descrypt hash is 25 DES.
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>

#include "core/attack/key_search.hpp"
#include "tests/bench/measure.hpp"

namespace keyhole::bench {
namespace {

// Debian keeps john where only root's PATH leads.
constexpr const char* john_command = "PATH=\"$PATH:/usr/sbin\" OMP_NUM_THREADS=1 john --test=1 --format=descrypt 2>&1";

// M keys a second: from "Many salts:  6930K c/s real, 6935K c/s virtual" the virtual figure, processor time.
std::optional<double> john_rate() {
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(john_command, "r"), ::pclose);
    if (!pipe) return std::nullopt;
    char line[512];
    std::optional<double> rate;
    while (std::fgets(line, sizeof line, pipe.get()) != nullptr) {
        const std::string text = line;
        const std::size_t comma = text.find("real, ");
        if (text.rfind("Many salts", 0) != 0 || comma == text.npos) continue;
        char* unit = nullptr;
        const double value = std::strtod(text.c_str() + comma + 6, &unit);
        rate = 25 * value * (*unit == 'M' ? 1 : *unit == 'K' ? 1e-3 : 1e-6);
    }
    return rate;
}

double our_rate(const KeySearch& search, bitslice::Level level, std::uint64_t& chunk) {
    const double begin = thread_seconds();
    double keys = 0, seconds = 0;
    while (seconds < 0.5) {
        for (unsigned i = 0; i < 64; ++i) {
            const auto found = search.search_chunk(chunk++, level);
            keep(&found);
        }
        keys += 64 * static_cast<double>(search.keys_per_chunk());
        seconds = thread_seconds() - begin;
    }
    return keys / seconds * 1e-6;
}

} // namespace

Row key_search_row() {
    Row row{.name = {},
            .what = "keys tried on one core",
            .peer_name = "John the Ripper (Debian's), descrypt times 25",
            .unit = "M keys/s",
            .target = 6,
            .missing = {}};
    row.what += ", " + std::string(bitslice::name(bitslice::best_level()));
    if (!john_rate()) {
        row.missing = "John the Ripper (install john)";
        return row;
    }
    KeySearchQuestion question;
    question.pair = {.plaintext = 0x0123456789ABCDEF, .ciphertext = 0x0011223344556677};
    const KeySearch search(question);
    std::uint64_t chunk = search.first_chunk();
    measure(
        row, Better::more, 5, [&] { return our_rate(search, bitslice::best_level(), chunk); },
        [] { return john_rate().value_or(1e9); });
    return row;
}

} // namespace keyhole::bench
