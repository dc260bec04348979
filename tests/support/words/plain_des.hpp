// DES and its modes on strings of the digits 0 and 1, as the standards print them: an oracle that has nothing but the
// standard's tables in common with the program. It is slow and keeps everything on the way. (FIPS 46-3, FIPS 81.)
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/des/des_tables.hpp"
#include "core/modes/modes.hpp"

namespace keyhole::testing {

/// Bits in writing, the first one leftmost.
using BitText = std::string;

inline BitText bit_text(std::uint64_t value, unsigned width) { return fmt::format("{:0{}b}", value, width); }
inline BitText bit_text(ByteView bytes) {
    BitText out;
    for (const std::uint8_t byte : bytes) out += bit_text(byte, 8);
    return out;
}
inline std::uint64_t number_of(const BitText& bits) { return std::stoull(bits, nullptr, 2); }

inline Bytes bytes_of(const BitText& bits) {
    Bytes out;
    for (std::size_t at = 0; at < bits.size(); at += 8)
        out.push_back(static_cast<std::uint8_t>(number_of(bits.substr(at, 8))));
    return out;
}

/// 0x1B02EFFC7072: a digit for every four bits.
inline std::string hex(const BitText& bits) {
    std::string out = "0x";
    for (std::size_t at = 0; at < bits.size(); at += 4) out += "0123456789ABCDEF"[number_of(bits.substr(at, 4))];
    return out;
}

/// Bit by bit, modulo 2; as long as the shorter one.
inline BitText added(const BitText& a, const BitText& b) {
    BitText out;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) out += a[i] == b[i] ? '0' : '1';
    return out;
}

template <std::size_t N>
BitText picked(const BitText& bits, const std::array<std::uint8_t, N>& table) {
    BitText out;
    for (const std::size_t place : table) out += bits.at(place - 1);
    return out;
}

/// What may be changed of DES, each by itself.
struct Switches {
    unsigned rounds = 16;
    bool swap = true, ip = true, p = true, shifts = true;
    bool same_subkeys = false, reversed_subkeys = false; // after the sixteen were made
    std::array<std::array<std::array<std::uint8_t, 16>, 4>, 8> boxes = des::s_boxes;
};

struct PlainRound {
    BitText left_in, right_in, expanded, subkey, mixed, s_out, p_out, left_out, right_out;
};

struct PlainBlock {
    BitText input, after_ip, preoutput, output;
    std::array<PlainRound, 17> rounds; // by their numbers, from 1
};

struct PlainDes {
    BitText key;
    std::array<BitText, 17> c, d, subkeys; // of subkeys the first is empty
    static constexpr std::array<unsigned, 17> shifts{0, 1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1};

    Switches with;

    explicit PlainDes(std::uint64_t of, const Switches& switches = {}) : key(bit_text(of, 64)), with(switches) {
        const BitText chosen = picked(key, des::pc1_table);
        c[0] = chosen.substr(0, 28);
        d[0] = chosen.substr(28);
        for (unsigned n = 1; n <= 16; ++n) {
            const unsigned shift = with.shifts ? shifts[n] : 0;
            c[n] = c[n - 1].substr(shift) + c[n - 1].substr(0, shift);
            d[n] = d[n - 1].substr(shift) + d[n - 1].substr(0, shift);
            subkeys[n] = picked(c[n] + d[n], des::pc2_table);
        }
        if (with.same_subkeys) std::fill(subkeys.begin() + 1, subkeys.end(), BitText(subkeys[1]));
        if (with.reversed_subkeys) std::reverse(subkeys.begin() + 1, subkeys.end());
    }

    BitText box(unsigned number, const BitText& six) const {
        const BitText outer{six.front(), six.back()};
        return bit_text(with.boxes[number - 1][number_of(outer)][number_of(six.substr(1, 4))], 4);
    }

    PlainBlock block(const BitText& input, bool backwards) const {
        PlainBlock out{.input = input,
                       .after_ip = with.ip ? picked(input, des::ip_table) : input,
                       .preoutput = {},
                       .output = {},
                       .rounds = {}};
        BitText left = out.after_ip.substr(0, 32), right = out.after_ip.substr(32);
        for (unsigned n = 1; n <= with.rounds; ++n) {
            PlainRound& r = out.rounds[n];
            r.left_in = left;
            r.right_in = right;
            r.expanded = picked(right, des::e_table);
            r.subkey = subkeys[backwards ? with.rounds + 1 - n : n];
            r.mixed = added(r.expanded, r.subkey);
            for (unsigned number = 1; number <= 8; ++number) r.s_out += box(number, r.mixed.substr(6 * number - 6, 6));
            r.p_out = with.p ? picked(r.s_out, des::p_table) : r.s_out;
            right = r.right_out = added(left, r.p_out);
            left = r.left_out = r.right_in;
        }
        out.preoutput = with.swap ? right + left : left + right;
        out.output = with.ip ? picked(out.preoutput, des::fp_table) : out.preoutput;
        return out;
    }
};

/// One block of a message in its mode, or one segment of cfb8 and cfb1.
struct PlainSegment {
    BitText input;
    BitText chain; // IV, ciphertext before, register or counter, before this block
    PlainBlock block;
    BitText kept; // of what DES gave, as much as the input is long
    BitText output;
    BitText next; // the chain behind this block
};

inline std::vector<PlainSegment> plain_mode(Mode mode, bool forwards, std::uint64_t key, std::uint64_t iv,
                                            ByteView data, const Switches& switches = {}) {
    const PlainDes des(key, switches);
    const std::size_t size = mode == Mode::cfb1 ? 1 : mode == Mode::cfb8 ? 8 : 64;
    const BitText bits = bit_text(data);
    BitText chain = bit_text(iv, 64);
    std::vector<PlainSegment> out;
    for (std::size_t at = 0; at < bits.size(); at += size) {
        PlainSegment s{
            .input = bits.substr(at, size), .chain = chain, .block = {}, .kept = {}, .output = {}, .next = {}};
        if (mode == Mode::ecb) {
            s.block = des.block(s.input, !forwards);
            s.output = s.block.output;
        } else if (mode == Mode::cbc) {
            s.block = des.block(forwards ? added(s.input, chain) : s.input, !forwards);
            s.output = forwards ? s.block.output : added(s.block.output, chain);
            chain = forwards ? s.output : s.input;
        } else {
            s.block = des.block(chain, false);
            s.kept = s.block.output.substr(0, s.input.size());
            s.output = added(s.input, s.kept);
            const BitText& ciphertext = forwards ? s.output : s.input;
            chain = mode == Mode::ctr   ? bit_text(number_of(chain) + 1, 64)
                    : mode == Mode::ofb ? s.block.output
                                        : (chain + ciphertext).substr(ciphertext.size());
        }
        s.next = chain;
        out.push_back(std::move(s));
    }
    return out;
}

/// What the whole message becomes.
inline Bytes outputs(const std::vector<PlainSegment>& segments) {
    BitText out;
    for (const PlainSegment& s : segments) out += s.output;
    return bytes_of(out);
}

} // namespace keyhole::testing
