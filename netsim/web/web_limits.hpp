// What a web server takes of strangers at most.
#pragma once

#include <chrono>
#include <cstddef>

namespace keyhole {

struct WebLimits {
    std::size_t connections = 512;         // at a time
    std::size_t requests = 1000;           // over one connection
    std::size_t head = 8192;               // bytes of a request before its body, which none may have
    std::chrono::seconds head_time{15};    // for a whole head, and between two requests
    std::chrono::seconds answer_time{120}; // for a peer to take an answer
    std::chrono::seconds idle_time{40};    // a WebSocket from which nothing came, not even the answer to a ping
};

} // namespace keyhole
