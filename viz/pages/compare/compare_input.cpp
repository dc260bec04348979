#include "viz/pages/compare/compare_input.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.hpp"

namespace keyhole::viz {
namespace {

std::string hex(des::Block block) { return fmt::format("{:016X}", block); }

} // namespace

CompareBench::CompareBench() { show(textbook_case, with_flipped(textbook_case, Flipped::text, 1)); }

void CompareBench::show(const BlockCase& a, const BlockCase& b) {
    fields = {hex(a.key), hex(a.block), hex(b.key), hex(b.block)};
    read();
}

void CompareBench::refresh() {
    if (fields != read_) read();
}

void CompareBench::read() {
    constexpr std::array<std::string_view, 4> names = {"key A", "text A", "key B", "text B"};
    read_ = fields;
    std::array<des::Block, 4> blocks{};
    for (std::size_t i = 0; i < fields.size(); ++i) {
        faults_[i].clear();
        try {
            const auto text = in_double_quotes(fields[i]);
            blocks[i] =
                text ? text_block(*text, names[i]) : parse_block(fields[i], names[i], "write it in double quotes");
        } catch (const Error& error) {
            faults_[i] = error.what();
        }
    }
    if (!all_right()) return;
    const BlockCase a{blocks[key_a], blocks[text_a]};
    comparison_ = compare(a, {blocks[key_b], blocks[text_b]}, direction_, variant_);
    averages_ = {average_over_flips(a, Flipped::key, direction_, variant_),
                 average_over_flips(a, Flipped::text, direction_, variant_)};
}

bool CompareBench::all_right() const {
    return std::ranges::all_of(faults_, [](const std::string& fault) { return fault.empty(); });
}

void CompareBench::set_a(const BlockCase& a, Direction direction, const des::Variant& variant) {
    const BlockCase &old = comparison_.a, &b = comparison_.b;
    direction_ = direction;
    variant_ = variant;
    show(a, {a.key ^ old.key ^ b.key, a.block ^ old.block ^ b.block});
}

void CompareBench::flip_only(Flipped where, unsigned position) {
    const BlockCase a = comparison_.a;
    show(a, with_flipped(a, where, position));
}

void CompareBench::set_complement() {
    const BlockCase a = comparison_.a;
    show(a, complement(a));
}

} // namespace keyhole::viz
