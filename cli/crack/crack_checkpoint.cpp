#include "cli/crack/crack_checkpoint.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/des/des_keys.hpp"

namespace keyhole::cli {
namespace {

using nlohmann::json;

constexpr std::string_view format_name = "keyhole-crack-des/1";
constexpr std::size_t largest_file = std::size_t{64} << 10;

std::string hex(des::Block block) { return fmt::format("{:016X}", block); }

// Everything that tells this search from another.
json identity(const KeySearch& search) {
    const KeySearchQuestion& question = search.question();
    json pairs = json::array({{hex(question.pair.plaintext), hex(question.pair.ciphertext)}});
    if (question.second) pairs.push_back({hex(question.second->plaintext), hex(question.second->ciphertext)});
    return {{"format", format_name},
            {"pairs", pairs},
            {"known_key", hex(question.known_key)},
            {"mask", hex(question.unknown)},
            {"part", fmt::format("{}/{}", question.part, question.parts)}};
}

Error refuse(const std::filesystem::path& path, const std::string& why) {
    return bad_input(fmt::format("checkpoint {} cannot be used ({}; name another file, or delete it to start anew)",
                                 shown(path), why));
}

} // namespace

void write_checkpoint(const std::filesystem::path& path, const KeySearch& search, const KeySearchState& state) {
    json checkpoint = identity(search);
    checkpoint["next_chunk"] = state.next_chunk;
    checkpoint["end_chunk"] = search.end_chunk();
    checkpoint["seconds"] = state.seconds;
    json found = json::array();
    for (const des::Block key : state.found) found.push_back(hex(key));
    checkpoint["found"] = found;
    write_file(path, checkpoint.dump(2) + "\n");
}

std::optional<KeySearchState> read_checkpoint(const std::filesystem::path& path, const KeySearch& search) {
    std::error_code error;
    if (!std::filesystem::exists(path, error) && !error) return std::nullopt;
    const json checkpoint = json::parse(read_file(path, largest_file), nullptr, false);
    if (!checkpoint.is_object()) throw refuse(path, "it is no JSON object");
    const json mine = identity(search);
    for (const auto& [name, value] : mine.items()) {
        const auto there = checkpoint.find(name);
        if (there == checkpoint.end()) throw refuse(path, fmt::format("\"{}\" is missing", name));
        if (*there != value) throw refuse(path, fmt::format("it belongs to another search: its \"{}\" differs", name));
    }
    const json next = checkpoint.value("next_chunk", json());
    const json seconds = checkpoint.value("seconds", json());
    const json found = checkpoint.value("found", json());
    KeySearchState state;
    if (!next.is_number_unsigned() || next < search.first_chunk() || next > search.end_chunk()) {
        throw refuse(path, "\"next_chunk\" is no chunk of this part");
    }
    state.next_chunk = next.get<std::uint64_t>();
    if (!seconds.is_number() || !std::isfinite(seconds.get<double>()) || seconds < 0) {
        throw refuse(path, "\"seconds\" is no time");
    }
    state.seconds = seconds.get<double>();
    if (!found.is_array() || found.size() > 64) throw refuse(path, "\"found\" is no list of keys");
    for (const json& key : found) {
        const auto bytes = key.is_string() ? from_hex(key.get<std::string>()) : std::nullopt;
        if (!bytes || bytes->size() != 8 || !search.fits(load_block(*bytes))) {
            throw refuse(path, "\"found\" holds what is no key of this search");
        }
        state.found.push_back(des::with_odd_parity(load_block(*bytes)));
    }
    return state;
}

} // namespace keyhole::cli
