// A browser's connections: WebSockets that the page opens, a line a message. Nobody can connect to a page.
#include <emscripten/em_macros.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "core/base/bytes.hpp"
#include "netsim/lecture/lecture_line.hpp"
#include "viz/base/web/browser.hpp"
#include "viz/live/live_sockets.hpp"

namespace keyhole::viz {
namespace {

using Kind = SocketEvent::Kind;

// What came and was not asked for: the page's script has no way to let a peer wait.
constexpr std::size_t most_waiting = 2 * max_lecture_line;

} // namespace

// What the page's script tells comes in by the functions at the end of this file.
class LiveSockets::Network {
  public:
    explicit Network(std::function<void()> wake) : wake_(std::move(wake)) {}
    ~Network() {
        for (const auto& [id, connection] : connections_) browser_close_socket(static_cast<int>(id));
    }
    Network(const Network&) = delete;
    Network& operator=(const Network&) = delete;

    void tell(SocketEvent event) {
        events_.push_back(std::move(event));
        if (wake_) wake_();
    }
    void fail(const std::string& why) { tell({Kind::failed, 0, why, round_}); }

    void connect(const HostPort& address, std::string_view path) {
        ++round_;
        const std::string where = to_text(address);
        const int id = browser_open_socket(this, fmt::format("{}{}", where, path).c_str());
        if (id == 0) return fail(fmt::format("cannot connect to {} (the browser refuses such an address)", where));
        connections_[static_cast<std::uint64_t>(id)] = {.peer = where, .round = round_};
    }
    void stop() {
        ++round_;
        std::erase_if(connections_, [](const auto& one) {
            if (!one.second.opened) browser_close_socket(static_cast<int>(one.first));
            return !one.second.opened;
        });
    }
    void write(std::uint64_t id, const std::string& bytes) {
        Connection* const one = find(id);
        if (one == nullptr) return;
        // A line is a message, without its line end.
        one->unsent += bytes;
        std::size_t from = 0;
        for (std::size_t end = one->unsent.find('\n'); end != std::string::npos; end = one->unsent.find('\n', from)) {
            browser_send(static_cast<int>(id), one->unsent.data() + from, static_cast<int>(end - from));
            from = end + 1;
        }
        one->unsent.erase(0, from);
        one->written += bytes.size();
        tell({.kind = Kind::drained,
              .connection = id,
              .text = {}}); // what arrives there, a browser tells only at the end
    }
    void read(std::uint64_t id) {
        Connection* const one = find(id);
        if (one == nullptr) return;
        if (one->waiting.empty()) {
            one->reading = true;
            return;
        }
        tell({.kind = Kind::bytes, .connection = id, .text = std::exchange(one->waiting, {})});
    }
    /// The page's script tells nothing more of a connection that is closed from here.
    void close(std::uint64_t id, const Loss& loss) {
        const auto found = connections_.find(id);
        if (found == connections_.end()) return;
        const Connection last = std::move(found->second);
        connections_.erase(found);
        gone(id, last, loss, browser_close_socket(static_cast<int>(id)));
    }
    void abandon(std::uint64_t id) {
        if (connections_.erase(id) != 0) browser_close_socket(static_cast<int>(id));
    }

    void opened(std::uint64_t id) {
        Connection* const one = find(id);
        if (one == nullptr) return;
        one->opened = true;
        tell({Kind::opened, id, one->peer, one->round});
    }
    void message(std::uint64_t id, std::string_view text) {
        Connection* const one = find(id);
        if (one == nullptr) return;
        if (one->waiting.size() + text.size() >= most_waiting)
            return close(id, {.how = Ending::failed, .detail = "more came than is kept until it is read"});
        one->waiting.append(text).push_back('\n');
        if (std::exchange(one->reading, false)) read(id);
    }
    void closed(std::uint64_t id, std::string_view why, double unsent) {
        const auto found = connections_.find(id);
        if (found == connections_.end()) return;
        const Connection last = std::move(found->second);
        connections_.erase(found);
        if (!last.opened)
            return tell({Kind::failed, 0,
                         fmt::format("cannot connect to {} (nothing answers there, or it takes no browsers; is that "
                                     "the address of keyhole class or of serve --web?)",
                                     last.peer),
                         last.round});
        if (!last.waiting.empty()) tell({.kind = Kind::bytes, .connection = id, .text = last.waiting});
        const Loss loss{.how = why.empty() ? Ending::closed : Ending::failed, .detail = escape_controls(why)};
        tell({.kind = Kind::input_over, .connection = id, .text = {}, .loss = loss});
        gone(id, last, loss, unsent);
    }

    bool has_events() const { return !events_.empty(); }
    std::vector<SocketEvent> take() {
        std::vector<SocketEvent> events = std::exchange(events_, {});
        std::erase_if(events, [this](const SocketEvent& event) {
            const bool old = (event.kind == Kind::failed || event.kind == Kind::opened) && event.round != round_;
            if (old && event.kind == Kind::opened) abandon(event.connection);
            return old;
        });
        return events;
    }

  private:
    struct Connection {
        std::string peer, unsent = {}, waiting = {}; // `waiting`: came, and was not asked for yet
        std::uint64_t round = 0, written = 0;
        bool opened = false, reading = true; // as of a socket, which is read as soon as it is made
    };
    Connection* find(std::uint64_t id) {
        const auto found = connections_.find(id);
        return found == connections_.end() ? nullptr : &found->second;
    }
    // `unsent`: bytes that the browser still has.
    void gone(std::uint64_t id, const Connection& last, const Loss& loss, double unsent) {
        const auto kept = std::min(last.written, static_cast<std::uint64_t>(unsent));
        tell({.kind = Kind::gone, .connection = id, .text = {}, .loss = loss, .confirmed = last.written - kept});
    }

    std::function<void()> wake_;
    std::vector<SocketEvent> events_;
    std::map<std::uint64_t, Connection> connections_;
    std::uint64_t round_ = 0; // counts connect() and stop()
};

LiveSockets::LiveSockets(std::function<void()> wake) : network_(std::make_unique<Network>(std::move(wake))) {}
LiveSockets::~LiveSockets() = default;

void LiveSockets::listen(const HostPort& /*address*/, std::size_t /*most*/) {
    network_->stop();
    network_->fail("a page in a browser cannot be connected to (only programs can listen; connect from here instead)");
}
void LiveSockets::connect(const HostPort& address, std::string_view path) { network_->connect(address, path); }
void LiveSockets::stop() { network_->stop(); }
void LiveSockets::read(std::uint64_t connection) { network_->read(connection); }
void LiveSockets::write(std::uint64_t connection, std::string bytes) { network_->write(connection, bytes); }
// A WebSocket has no such thing: the peer knows by the line that was said last.
void LiveSockets::half_close(std::uint64_t /*connection*/) {}
void LiveSockets::finish(std::uint64_t connection) { network_->close(connection, {.how = Ending::closed}); }
void LiveSockets::abandon(std::uint64_t connection) { network_->abandon(connection); }
bool LiveSockets::has_events() const { return network_->has_events(); }
std::vector<SocketEvent> LiveSockets::take() { return network_->take(); }

// Called by the page's script.

extern "C" EMSCRIPTEN_KEEPALIVE void keyhole_socket_opened(void* owner, int socket) {
    static_cast<LiveSockets::Network*>(owner)->opened(static_cast<std::uint64_t>(socket));
}

extern "C" EMSCRIPTEN_KEEPALIVE void keyhole_socket_message(void* owner, int socket, const char* text) {
    static_cast<LiveSockets::Network*>(owner)->message(static_cast<std::uint64_t>(socket), text);
}

extern "C" EMSCRIPTEN_KEEPALIVE void keyhole_socket_closed(void* owner, int socket, const char* why, double unsent) {
    static_cast<LiveSockets::Network*>(owner)->closed(static_cast<std::uint64_t>(socket), why, unsent);
}

} // namespace keyhole::viz
