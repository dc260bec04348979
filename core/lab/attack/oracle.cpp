#include "core/lab/attack/oracle.hpp"

#include <fmt/format.h>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/des/des_keys.hpp"
#include "core/verify/cells/table.hpp"

namespace keyhole::lab {
namespace {

enum : std::size_t { plaintext, ciphertext };

} // namespace

std::vector<KnownPair> read_oracle(const std::filesystem::path& path) {
    using verify::Format;
    std::vector<KnownPair> texts;
    try {
        verify::Table table(path, {{"plaintext", Format::hex16, true}, {"ciphertext", Format::hex16, true}});
        for (; !table.at_end(); table.advance()) {
            for (const std::size_t column : {plaintext, ciphertext}) {
                if (!table.cell(column).empty) continue;
                throw bad_input(fmt::format("{}:{} has no {} (the cell is empty; give 16 hex digits)", table.name(),
                                            table.line(), column == plaintext ? "plaintext" : "ciphertext"));
            }
            texts.push_back({table[plaintext], table[ciphertext]});
        }
        if (texts.empty())
            throw bad_input(fmt::format("{} has no texts (only a first line; give a row each)", table.name()));
    } catch (const verify::WrongCell& wrong) {
        throw bad_input(fmt::format("{}:{}: {} is {} (no block of 64 bits; give 16 hex digits)", wrong.file, wrong.line,
                                    wrong.column, excerpt(wrong.value)));
    }
    return texts;
}

des::Block draw_key(Random random) { return des::with_odd_parity(random.block()); }

DrawnOracle draw_oracle(const Random& random, const std::function<std::vector<des::Block>(Random)>& choose,
                        unsigned rounds, bitslice::Level level) {
    const des::Block key = draw_key(random.fork("lab.key"));
    return {key, encipher(choose(random.fork("lab.texts")), key, rounds, level)};
}

std::vector<KnownPair> encipher(const std::vector<des::Block>& plaintexts, des::Block key, unsigned rounds,
                                bitslice::Level level) {
    Bytes bytes(8 * plaintexts.size());
    for (std::size_t i = 0; i < plaintexts.size(); ++i) store_big_endian(plaintexts[i], &bytes[8 * i]);
    bitslice::encrypt_rounds(des::key_schedule(key), rounds, bytes, bytes, level);
    std::vector<KnownPair> texts(plaintexts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) texts[i] = {plaintexts[i], load_big_endian(&bytes[8 * i])};
    return texts;
}

std::vector<des::Block> random_texts(std::size_t count, Random random) {
    Bytes bytes(8 * count);
    random.fill(bytes);
    std::vector<des::Block> texts(count);
    for (std::size_t i = 0; i < count; ++i) texts[i] = load_big_endian(&bytes[8 * i]);
    return texts;
}

std::string plaintexts_csv(std::span<const des::Block> plaintexts) {
    std::string csv = "plaintext\r\n";
    for (const des::Block text : plaintexts) csv += fmt::format("0x{:016X}\r\n", text);
    return csv;
}

} // namespace keyhole::lab
