// Modes of operation (FIPS 81; counter mode of NIST SP 800-38A), and `Pass`: one message on its way through the cipher,
// whose blocks are traced one by one when somebody looks.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/des/des.hpp"
#include "core/modes/padding.hpp"

namespace keyhole {

enum class Mode { ecb, cbc, ctr };

std::string_view name(Mode mode);
std::optional<Mode> find_mode(std::string_view name);

/// The whole message through the mode. `data` is whole blocks in ecb and cbc (pad first), of any length in ctr.
/// `iv` is the chaining block of cbc, the first counter of ctr, unused in ecb. Throws Error for a length that does not
/// fit.
Bytes apply_mode(Mode mode, Direction direction, des::Block key, des::Block iv, ByteView data);

/// One block of a pass, as blocks.csv has it.
struct BlockRun {
    Bytes input;           // what the message brings: 8 bytes, fewer only at the end of ctr
    Bytes previous;        // what cbc chains with: the ciphertext block before, or the IV; empty in other modes
    des::BlockTrace trace; // trace.input is `chained`, the block that enters IP
    Bytes output;          // what the message gets: trace.output, after the XOR of cbc decryption or of ctr
};

/// One message in one direction. No round is stored: the trace of any block is computed when it is asked for, in
/// constant time. The bytes are owned by somebody else and must outlive the pass.
struct Pass {
    Mode mode = Mode::ecb;
    Direction direction = Direction::encrypt;
    des::KeySchedule schedule;
    des::Block iv = 0;
    ByteView input;  // padded plaintext, or ciphertext
    ByteView output; // ciphertext, or padded plaintext

    /// ctr runs the cipher forwards in both directions.
    Direction cipher_direction() const {
        return mode == Mode::ctr || direction == Direction::encrypt ? Direction::encrypt : Direction::decrypt;
    }
    std::uint64_t block_count() const { return (input.size() + 7) / 8; }

    /// The block of that number (1 to block_count()).
    BlockRun block(std::uint64_t number) const;

    /// The block that enters IP, without running the cipher.
    des::Block chained(std::uint64_t number) const;
};

} // namespace keyhole
