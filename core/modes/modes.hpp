// Modes of operation (FIPS 81; counter mode of NIST SP 800-38A), and `Pass`: one message on its way through the cipher,
// whose blocks are traced one by one when somebody looks.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/des/des.hpp"
#include "core/des/variant.hpp"
#include "core/modes/padding.hpp"

namespace keyhole {

/// cfb feeds back 64 bits, cfb8 and cfb1 8 and 1.
enum class Mode { ecb, cbc, cfb, cfb8, cfb1, ofb, ctr };

inline constexpr std::array every_mode = {Mode::ecb,  Mode::cbc, Mode::cfb, Mode::cfb8,
                                          Mode::cfb1, Mode::ofb, Mode::ctr};

/// In which keyhole/1 sends messages.
inline constexpr std::array chat_modes = {Mode::cbc, Mode::ctr, Mode::ecb};

std::string_view name(Mode mode);
/// In any case of letters.
std::optional<Mode> find_mode(std::string_view name);
/// One of chat_modes, spelt as on the wire.
std::optional<Mode> find_chat_mode(std::string_view name);

/// The names of all modes, as a sentence lists them: "ecb, cbc, cfb, cfb8, cfb1, ofb or ctr".
std::string mode_names();

/// Whether the cipher makes a key stream that is XORed with the text: DES then runs forwards in both directions, and
/// the text may have any length.
constexpr bool makes_key_stream(Mode mode) { return mode != Mode::ecb && mode != Mode::cbc; }

/// How a message of the chat is padded: a key stream needs no padding.
constexpr Padding usual_padding(Mode mode) { return makes_key_stream(mode) ? Padding::none : Padding::pkcs7; }

/// Whether ciphertext is shifted into the register that enters DES.
constexpr bool shifts_ciphertext(Mode mode) { return mode == Mode::cfb || mode == Mode::cfb8 || mode == Mode::cfb1; }

/// How many bits of the message a block of the trace takes: 64, in cfb8 and cfb1 a segment of 8 or 1.
constexpr unsigned segment_bits(Mode mode) { return mode == Mode::cfb1 ? 1 : mode == Mode::cfb8 ? 8 : 64; }

/// How many blocks that many bytes are.
constexpr std::uint64_t block_count(Mode mode, std::size_t bytes) {
    return (std::uint64_t{8} * bytes + segment_bits(mode) - 1) / segment_bits(mode);
}

/// "3 blocks", or "3 segments of 8 bits".
std::string counted_blocks(Mode mode, std::uint64_t count);

/// The whole message through the mode. `data` is whole blocks in ecb and cbc (pad first), else of any length.
/// `iv` is the chaining block of cbc, what the shift register starts with in cfb and ofb, the first counter of ctr,
/// unused in ecb. Throws Error for a length that does not fit.
Bytes apply_mode(Mode mode, Direction direction, des::Block key, des::Block iv, ByteView data);

/// The same with a variant in place of DES, by the classroom's code; DES itself goes the fast way.
Bytes apply_mode(Mode mode, Direction direction, des::Block key, des::Block iv, ByteView data,
                 const des::Variant& variant);

/// One block of a pass, as blocks.csv has it.
struct BlockRun {
    Bytes input;           // what the message brings: 8 bytes, fewer only at the end; in cfb8 one byte; in cfb1 0 or 1
    Bytes previous;        // what cbc chains with: the ciphertext block before, or the IV; empty in other modes
    des::BlockTrace trace; // trace.input is `chained`, the block that enters IP
    Bytes key_stream;      // what is kept of trace.output and XORed with the input; empty in ecb and cbc
    Bytes output; // what the message gets: trace.output, after the XOR of cbc decryption or with the key stream
};

/// One message in one direction. No round is stored: the trace of any block is computed when it is asked for, in
/// constant time. That holds for the shift registers too: those of cfb are ciphertext, and that of ofb is the key
/// stream before, which is plaintext XOR ciphertext. The bytes are owned by somebody else and must outlive the pass.
struct Pass {
    Mode mode = Mode::ecb;
    Direction direction = Direction::encrypt;
    des::KeySchedule schedule;
    des::Block iv = 0;
    ByteView input;  // padded plaintext, or ciphertext
    ByteView output; // ciphertext, or padded plaintext
    des::Variant variant = {};

    Direction cipher_direction() const {
        return makes_key_stream(mode) || direction == Direction::encrypt ? Direction::encrypt : Direction::decrypt;
    }
    std::uint64_t block_count() const { return keyhole::block_count(mode, input.size()); }

    /// The block of that number (1 to block_count()).
    BlockRun block(std::uint64_t number) const;

    /// What the message brings to that block; BlockRun::input.
    Bytes segment(std::uint64_t number) const;

    /// The block that enters IP, without running the cipher. In cfb and ofb one number more gives what the register
    /// becomes behind the last whole segment.
    des::Block chained(std::uint64_t number) const;
};

} // namespace keyhole
