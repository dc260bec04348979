// One message through DES, as encrypt, decrypt and trace des make it: with what a person should know said aloud.
#pragma once

#include "flags/workbench_flags.hpp"

namespace keyhole::cli {

/// One message through DES. Says on stderr what a person should know: a drawn IV, a weak or bad-parity key, zeros that
/// may be padding or not. Throws Error as resolve and record_des do.
Recording record_aloud(const WorkbenchText& text);

} // namespace keyhole::cli
