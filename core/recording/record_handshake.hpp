// A handshake whose two private keys are known, without a party that runs it.
#pragma once

#include "core/recording/recording.hpp"

namespace keyhole {

/// Without messages. The parameters must be good ones and the keys fit them (check_parameters, private_key_fault of
/// core/dh/dh.hpp).
Recording record_handshake(Parameters parameters, const Number& server_private, const Number& client_private);

} // namespace keyhole
