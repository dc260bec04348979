// Small recordings of every shape, for tests that walk over steps.
#pragma once

#include <string_view>
#include <vector>

#include "core/recording/recording.hpp"

namespace keyhole::samples {

/// toy23, cbc, seeded: "This is a message" from the client, "This is a response from the server" back.
Recording exchange(Mode mode = Mode::cbc, dh::Kdf kdf = dh::Kdf::sha256, const std::string& group = "toy23");

/// `size` bytes through the workbench under the textbook key, pkcs7 in ecb and cbc.
Recording workbench(Direction direction, Mode mode, std::size_t size);
Recording workbench(Direction direction, Mode mode, std::size_t size, Padding padding);

/// The textbook's block through a variant of DES.
Recording variant(std::string_view list, const des::ReadBox& read_box = {});

/// 5^6 mod 23.
Recording power();

/// One of each shape: exchanges in all modes and key derivations, one side of an exchange, half a handshake, both
/// stages of the workbench in all modes, exponentiations.
std::vector<Recording> all();

} // namespace keyhole::samples
