// The stage of the handshake: the server's numbers at the left, the client's at the right, the wire that everybody can
// read between them, and the secret in which they meet below. Boxes of the current step have a thick outline.
#pragma once

#include "viz/picture/stage.hpp"

namespace keyhole::viz {

/// The step is `connect`, or lies within `keys` or `secret`. A side's boxes are "server.private", "server.public",
/// "server.shared" and "server.key"; on the wire are "connect", "parameters", "server.sent" and "client.sent", and
/// where both sides have the same (or should), "secret" and "key".
Picture handshake_picture(const StageInput& input);

} // namespace keyhole::viz
