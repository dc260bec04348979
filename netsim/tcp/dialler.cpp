#include "netsim/tcp/dialler.hpp"

#include <fmt/format.h>

#include <deque>
#include <vector>

namespace keyhole {
namespace {

using asio::ip::tcp;
using namespace std::chrono_literals;

// RFC 8305, section 8: "Connection Attempt Delay".
constexpr auto between_starts = 250ms;
// TCP repeats an unanswered call after 1, 3, 7, 15 and 31 s. What is dialled anew in between gets through an outage.
constexpr auto between_rounds = 5s;

std::string_view advice(const boost::system::error_code& error) {
    if (error == asio::error::connection_refused) return "is a server listening there?";
    if (error == asio::error::timed_out) return "is the address right, and does no firewall keep it away?";
    return "is the address right, and is the network up?";
}

} // namespace

class Dialler::Attempt : public std::enable_shared_from_this<Dialler::Attempt> {
  public:
    Attempt(asio::io_context& context, const HostPort& where, Failed on_failure)
        : context_(context),
          address_(where),
          failed_(std::move(on_failure)),
          resolver_(context),
          limit_(context),
          next_start_(context) {}

    void watch_time(std::chrono::milliseconds limit) {
        limit_.expires_after(limit);
        limit_.async_wait([self = shared_from_this()](boost::system::error_code stopped) {
            if (stopped || self->over_) return;
            if (!self->last_error_) self->last_error_ = asio::error::timed_out;
            self->fail(self->cannot_connect());
        });
    }

    void look_up(Found found) {
        resolver_.async_resolve(address_.host, std::to_string(address_.port),
                                [self = shared_from_this(), found = std::move(found)](boost::system::error_code error,
                                                                                      const Addresses& addresses) {
                                    if (self->over_) return;
                                    if (error || addresses.empty())
                                        return self->fail(unknown_host(self->address_, error));
                                    found(addresses);
                                });
    }

    void connect(const Addresses& addresses, Connected connected) {
        connected_ = std::move(connected);
        const std::vector<tcp::endpoint> all = interleaved(addresses);
        waiting_.assign(all.begin(), all.end());
        count_ = all.size();
        start_next();
    }

    void end() {
        over_ = true;
        failed_ = nullptr; // and with them whatever they kept alive
        connected_ = nullptr;
        boost::system::error_code ignored;
        limit_.cancel();
        next_start_.cancel();
        resolver_.cancel();
        for (const auto& socket : sockets_) socket->close(ignored);
    }

  private:
    // Each of `endpoints_` once, then, as long as nothing answers, each that did not fail once more.
    void start_next() {
        if (waiting_.empty()) waiting_ = std::exchange(started_, {});
        if (waiting_.empty()) return;
        const tcp::endpoint endpoint = waiting_.front();
        waiting_.pop_front();
        started_.push_back(endpoint);
        const auto socket = std::make_shared<tcp::socket>(context_);
        sockets_.push_back(socket);
        socket->async_connect(endpoint, [self = shared_from_this(), socket, endpoint](boost::system::error_code error) {
            if (self->over_) return;
            error ? self->note_failure(endpoint, error) : self->succeed(socket);
        });
        start_next_after(waiting_.empty() ? std::chrono::milliseconds(between_rounds) : between_starts);
    }

    void start_next_after(std::chrono::milliseconds delay) {
        next_start_.expires_after(delay);
        next_start_.async_wait([self = shared_from_this()](boost::system::error_code stopped) {
            if (!stopped && !self->over_) self->start_next();
        });
    }

    // What is tried next need not wait; what was refused tells more than what led nowhere.
    void note_failure(const tcp::endpoint& endpoint, const boost::system::error_code& error) {
        if (!last_error_ || error == asio::error::connection_refused) last_error_ = error;
        std::erase(started_, endpoint);
        std::erase(waiting_, endpoint);
        if (started_.empty() && waiting_.empty()) return fail(cannot_connect());
        if (!waiting_.empty()) start_next_after(0ms);
    }

    void succeed(const std::shared_ptr<tcp::socket>& socket) {
        const Connected tell = std::move(connected_);
        tcp::socket made = std::move(*socket);
        end();
        tell(std::move(made));
    }

    void fail(const std::string& why) {
        const Failed tell = std::exchange(failed_, nullptr);
        end();
        tell(why);
    }

    std::string cannot_connect() const {
        const std::string tried = count_ > 1 ? fmt::format(" at any of its {} addresses", count_) : "";
        return fmt::format("cannot connect to {}{} ({}; {})", to_text(address_), tried, last_error_.message(),
                           advice(last_error_));
    }

    asio::io_context& context_;
    HostPort address_;
    Failed failed_;
    Connected connected_;
    tcp::resolver resolver_;
    asio::steady_timer limit_, next_start_;
    std::deque<tcp::endpoint> waiting_, started_; // of this round
    std::size_t count_ = 0;                       // addresses
    std::vector<std::shared_ptr<tcp::socket>> sockets_;
    boost::system::error_code last_error_;
    bool over_ = false;
};

std::shared_ptr<Dialler::Attempt> Dialler::begin(const HostPort& address, Failed failed) {
    cancel();
    attempt_ = std::make_shared<Attempt>(context_, address, std::move(failed));
    attempt_->watch_time(limit_);
    return attempt_;
}

void Dialler::look_up(const HostPort& address, Found found, Failed failed) {
    const auto attempt = begin(address, std::move(failed));
    attempt->look_up([attempt, found = std::move(found)](const Addresses& addresses) {
        attempt->end();
        found(addresses);
    });
}

void Dialler::dial(const HostPort& address, Connected connected, Failed failed) {
    const auto attempt = begin(address, std::move(failed));
    attempt->look_up([attempt, connected = std::move(connected)](const Addresses& addresses) {
        attempt->connect(addresses, connected);
    });
}

void Dialler::dial(const HostPort& address, const Addresses& addresses, Connected connected, Failed failed) {
    begin(address, std::move(failed))->connect(addresses, std::move(connected));
}

void Dialler::cancel() {
    if (attempt_) attempt_->end();
    attempt_.reset();
}

} // namespace keyhole
