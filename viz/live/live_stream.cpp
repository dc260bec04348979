// The window's end of a connection: it counts what is on the way and hands on what happened.
#include <utility>

#include "core/base/bytes.hpp"
#include "viz/live/live_sockets.hpp"

namespace keyhole::viz {

using Kind = SocketEvent::Kind;

void LiveStream::read() {
    if (!std::exchange(reading_, true)) sockets_.read(id_);
}

void LiveStream::write(std::string bytes) {
    on_the_way_ += bytes.size();
    sockets_.write(id_, std::move(bytes));
}

void LiveStream::finish() {
    if (!std::exchange(finished_, true)) sockets_.finish(id_);
}

void LiveStream::hand_on(const SocketEvent& event, StreamUser& user) {
    switch (event.kind) {
        case Kind::bytes:
            reading_ = false;
            user.on_bytes(to_bytes(event.text));
            break;
        case Kind::input_over:
            loss_ = event.loss;
            user.on_end_of_input();
            break;
        case Kind::drained: on_the_way_ = 0; [[fallthrough]];
        case Kind::progress:
            confirmed_ = event.confirmed;
            user.on_progress();
            break;
        case Kind::gone:
            loss_ = event.loss;
            confirmed_ = event.confirmed;
            user.on_gone();
            break;
        default: break;
    }
}

} // namespace keyhole::viz
