#include "core/kat/kat_intermediates.hpp"

#include <fmt/format.h>

#include "core/des/des_keys.hpp"

namespace keyhole::kat {

Verdict check_round(const Record& record, const Context& context) {
    if (!context.traced) {
        throw record.fault(record.line(), fmt::format("the {} belongs to no DES record", record.short_title()),
                           "put a record with KEY, PLAINTEXT and CIPHERTEXT above the rounds");
    }
    const Field& count = record.need("COUNT", "it tells which round this is");
    const std::uint64_t number = record.decimal(count);
    if (number > 16) {
        throw record.fault(count.line, fmt::format("there is no round {}", number),
                           "rounds go from 1 to 16; 0 is the state before the first");
    }
    record.need("L", "L and R go together");
    record.need("R", "L and R go together");

    struct Part {
        const char* name;
        unsigned bits;
        std::uint64_t value;
    };
    std::vector<Part> parts;
    const auto& [schedule, direction, block] = *context.traced;
    if (number == 0) {
        parts = {{"C", 28, schedule.c0},
                 {"D", 28, schedule.d0},
                 {"L", 32, block.after_ip >> 32},
                 {"R", 32, block.after_ip & 0xFFFFFFFF}};
    } else {
        const des::RoundTrace& round = block.rounds[number - 1];
        const auto& key = schedule.rounds[des::subkey_number(static_cast<unsigned>(number), direction) - 1];
        parts = {{"C", 28, key.c},          {"D", 28, key.d},          {"K", 48, round.subkey},
                 {"E", 48, round.expanded}, {"X", 48, round.mixed},    {"S", 32, round.s_out},
                 {"P", 32, round.p_out},    {"L", 32, round.left_out}, {"R", 32, round.right_out}};
    }
    for (const Part& part : parts) {
        const Field* field = record.find(part.name);
        if (field == nullptr) continue;
        record.short_hex(*field, part.bits);
        if (Verdict verdict = compare_hex(*field, fmt::format("{:0{}X}", part.value, part.bits / 4))) return verdict;
    }
    return std::nullopt;
}

Verdict check_recirculation(const Record& record) {
    des::Block value = record.block(record.need("X0", "the test starts from it"));
    bool compared = false;
    for (unsigned i = 0; i < 16; ++i) {
        const Direction direction = i % 2 == 0 ? Direction::encrypt : Direction::decrypt;
        const des::KeySchedule schedule = des::key_schedule(value);
        const des::Block traced = des::trace(value, schedule, direction).output;
        value = des::crypt(value, schedule, direction);
        const Field* field = record.find(fmt::format("X{}", i + 1));
        if (field == nullptr) continue;
        compared = true;
        record.block(*field);
        if (Verdict verdict = compare_hex(*field, fmt::format("{:016X}", value))) return verdict;
        if (Verdict verdict = compare_hex(*field, fmt::format("{:016X}", traced))) return verdict;
    }
    if (!compared) record.need("X16", "X0 alone tells nothing");
    return std::nullopt;
}

Verdict check_weakness(const Record& record) {
    constexpr std::string_view names[] = {"ordinary", "weak", "semi-weak", "possibly weak"};
    const bool possibly = record.section.starts_with("POSSIBLY");
    const bool semi = record.section.starts_with("SEMI");
    const des::KeyClass wanted = possibly ? des::KeyClass::possibly_weak
                                 : semi   ? des::KeyClass::semi_weak
                                          : des::KeyClass::weak;
    const Field& key = record.need("KEY", "a weak key is to be judged");
    const des::KeyReport report = des::inspect_key(record.block(key));
    if (report.key_class != wanted) {
        const auto says = [&](des::KeyClass c) { return fmt::format("{} key", names[static_cast<std::size_t>(c)]); };
        return Mismatch{&key, says(wanted), says(report.key_class)};
    }
    const Field* pair = record.find("PAIR");
    if (pair == nullptr) return std::nullopt;
    record.block(*pair);
    // A weak key undoes itself.
    const des::Block dual = wanted == des::KeyClass::weak ? record.block(key) : report.dual.value_or(0);
    return compare_hex(*pair, fmt::format("{:016X}", dual));
}

} // namespace keyhole::kat
