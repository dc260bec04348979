// keyhole_bench [--json] [NAME...]: the table of docs/performance.md, measured now.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <exception>
#include <nlohmann/json.hpp>

#include "tests/bench/measure.hpp"

namespace {

using namespace keyhole::bench;

struct Entry {
    const char* name;
    Row (*measure)();
};
constexpr Entry entries[] = {
    {"des_cbc_vs_botan", des_cbc_row},
    {"des_bulk_vs_botan", des_bulk_row},
    {"des_recorded_vs_openssl_plain", des_recorded_row},
    {"key_schedule_vs_openssl", key_schedule_row},
    {"key_search_vs_john", key_search_row},
    {"key_search_gpu", key_search_gpu_row},
    {"modexp_recorded_vs_gmp_powm", modexp_row},
    {"csv_vs_fprintf", csv_row},
    {"message_round_trip_vs_bare_tcp", message_row},
};

void print_head() {
    fmt::print("{:<32}{:>11}{:>11}  {:<14}{:>7}  {:<13}{:>7}\n", "name", "value", "peer", "unit", "ratio",
               "middle half", "target");
}

void print_row(const Row& row) {
    if (!row.missing.empty()) {
        fmt::print("{:<32}missing: {}\n", row.name, row.missing);
    } else {
        fmt::print("{:<32}{:>11.5g}{:>11.5g}  {:<14}{:>7.2f}  {:<13}{:>7.2f}\n{:<32}{}; the peer: {}\n", row.name,
                   row.value, row.peer, row.unit, row.ratio, fmt::format("{:.2f}..{:.2f}", row.low, row.high),
                   row.target, "", row.what, row.peer_name);
    }
    std::fflush(stdout);
}

int run(int argc, char** argv) {
    bool json = false;
    std::vector<std::string> wanted;
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        const bool known = std::any_of(std::begin(entries), std::end(entries),
                                       [&](const Entry& entry) { return argument == entry.name; });
        if (argument == "--json") {
            json = true;
        } else if (known) {
            wanted.push_back(argument);
        } else {
            fmt::print(stderr, "usage: keyhole_bench [--json] [NAME...]\nnames:\n");
            for (const Entry& entry : entries) fmt::print(stderr, "  {}\n", entry.name);
            return argument == "--help" ? 0 : 2;
        }
    }
    nlohmann::ordered_json out = nlohmann::ordered_json::object();
    if (!json) print_head();
    for (const Entry& entry : entries) {
        if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), entry.name) == wanted.end()) continue;
        Row row = entry.measure();
        row.name = entry.name;
        if (!json) {
            print_row(row);
        } else if (!row.missing.empty()) {
            fmt::print(stderr, "{}: missing: {}\n", row.name, row.missing);
        } else {
            out[row.name] = {{"value", row.value}, {"peer", row.peer}, {"ratio", row.ratio}, {"unit", row.unit}};
        }
    }
    if (json) fmt::print("{}\n", out.dump(2));
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        fmt::print(stderr, "keyhole_bench: error: {}\n", error.what());
        return 3;
    }
}
