// Ctrl-C and SIGTERM as a flag that a long command looks at between two pieces of work. A second one kills as usual.
#pragma once

namespace keyhole::cli {

/// While it lives, SIGINT, SIGTERM (and SIGHUP) only set the flag.
class StopSignal {
  public:
    StopSignal();
    ~StopSignal();
    StopSignal(const StopSignal&) = delete;
    StopSignal& operator=(const StopSignal&) = delete;

    bool came() const;
};

} // namespace keyhole::cli
