// What was heard of a chat between two others, and the recording that an eavesdropper makes of it. What is missing is
// said and never made up.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/dh/role.hpp"
#include "core/recording/recording.hpp"

namespace keyhole {

/// A line, or a gap where something was not heard.
struct Heard {
    Role from = Role::server;
    std::string line;  // without its `\n`
    bool whole = true; // its `\n` was heard
    bool cut = false;  // what stands before it was not heard: it may be the end of a longer line
    bool gap = false;
    std::uint64_t missing = 0; // bytes of a gap; 0 where that is not known
};

struct Conversation {
    std::string name; // "127.0.0.1:46100 with 127.0.0.1:4646", "lines 1 to 12"
    std::vector<Heard> heard;
    std::vector<std::string> remarks; // what a person should know of it, a sentence each
};

/// Those of a file that are keyhole/1 from their parameters on.
struct Conversations {
    std::vector<Conversation> found;
    std::vector<std::string> remarks; // of the file as a whole
    std::size_t headless = 0;         // others that have lines of keyhole/1, but no parameters
};

/// Whether the line is the one that begins a conversation of keyhole/1.
bool is_params(std::string_view line);

struct Overheard {
    Recording recording;
    std::vector<std::string> remarks;
};

/// The recording that the quiet relay (netsim/relay) makes of the same lines. Takes seconds for the largest p.
Overheard overhear(const Conversation& conversation);

} // namespace keyhole
