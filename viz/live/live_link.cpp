#include "viz/live/live_link.hpp"

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"

namespace keyhole::viz {
namespace {

using asio::ip::tcp;
using Kind = LiveNews::Kind;
using namespace std::chrono_literals;

constexpr auto parting = 300ms; // for the last bytes when the window closes

} // namespace

LiveLink::LiveLink(std::function<void()> wake)
    : wake_(std::move(wake)), thread_([this] {
          const auto work = asio::make_work_guard(context_);
          while (!context_.stopped()) {
              try {
                  context_.run();
              } catch (const std::exception& error) {
                  fail(escape_controls(error.what()));
              }
          }
      }) {}

LiveLink::~LiveLink() {
    asio::post(context_, [this] {
        end_round();
        ++running_round_;
        for (const auto& [id, wire] : std::map(wires_)) wire->finish();
        if (wires_.empty()) return context_.stop();
        auto timer = std::make_shared<asio::steady_timer>(context_, parting);
        timer->async_wait([this, timer](const std::error_code&) { context_.stop(); });
    });
    thread_.join();
    for (const auto& [id, wire] : wires_) wire->abandon();
}

void LiveLink::tell(LiveNews news) {
    {
        const std::lock_guard lock(mutex_);
        const bool again = news.kind == Kind::progress && !news_.empty() && news_.back().kind == Kind::progress &&
                           news_.back().connection == news.connection;
        if (!again) news_.push_back(std::move(news));
        has_news_.store(true, std::memory_order_release);
    }
    if (wake_) wake_();
}

std::vector<LiveNews> LiveLink::take() {
    std::vector<LiveNews> news;
    {
        const std::lock_guard lock(mutex_);
        has_news_.store(false, std::memory_order_release);
        news = std::exchange(news_, {});
    }
    std::erase_if(news, [this](const LiveNews& one) {
        const bool begins = one.kind == Kind::listening || one.kind == Kind::failed || one.kind == Kind::opened;
        const bool old = begins && one.round != round_;
        if (old && one.kind == Kind::opened) abandon(one.connection);
        return old;
    });
    return news;
}

// What was begun before is over: nobody is listened for, and no connection is being made.
void LiveLink::end_round() {
    std::error_code ignored;
    resolver_.cancel();
    listener_.reset();
    if (auto socket = std::exchange(dialling_, nullptr)) socket->close(ignored);
}

// A name may take long to be found: meanwhile the connections that there are go on.
template <class Then>
void LiveLink::look_up(const HostPort& address, Then then) {
    resolver_.async_resolve(address.host, std::to_string(address.port),
                            [this, address, then = std::move(then), round = running_round_](
                                const std::error_code& error, const tcp::resolver::results_type& found) {
                                if (round != running_round_) return;
                                error || found.empty() ? fail(unknown_host(address, error)) : then(found);
                            });
}

void LiveLink::listen(const HostPort& address, std::size_t most) {
    asio::post(context_, [this, address, most, round = ++round_] {
        end_round();
        running_round_ = round;
        look_up(address,
                [this, address, most](const tcp::resolver::results_type& found) { listen_at(address, found, most); });
    });
}

void LiveLink::listen_at(const HostPort& address, const tcp::resolver::results_type& found, std::size_t most) {
    try {
        listener_.emplace(context_, address, found,
                          [this, most](tcp::socket socket) { adopt(std::move(socket), most); });
        tell({Kind::listening, 0, to_text(listener_->address()), running_round_});
    } catch (const Error& error) {
        fail(error.what());
    }
}

void LiveLink::connect(const HostPort& address) {
    asio::post(context_, [this, address, round = ++round_] {
        end_round();
        running_round_ = round;
        look_up(address, [this, address](const tcp::resolver::results_type& found) { dial(address, found); });
    });
}

void LiveLink::dial(const HostPort& address, const tcp::resolver::results_type& found) {
    auto socket = std::make_shared<tcp::socket>(context_);
    auto timer = std::make_shared<asio::steady_timer>(context_, connect_limit);
    auto late = std::make_shared<bool>(false);
    timer->async_wait([socket, late](std::error_code stopped) {
        std::error_code ignored;
        *late = !stopped;
        if (!stopped) socket->close(ignored);
    });
    dialling_ = socket;
    asio::async_connect(*socket, found,
                        [this, socket, timer, late, address](std::error_code error, const tcp::endpoint&) {
                            timer->cancel();
                            if (dialling_ != socket) return; // stopped, or another took its place
                            dialling_.reset();
                            if (*late) error = asio::error::timed_out;
                            if (error) return fail(cannot_connect(address, error));
                            adopt(std::move(*socket), std::numeric_limits<std::size_t>::max());
                        });
}

void LiveLink::stop() {
    asio::post(context_, [this, round = ++round_] {
        end_round();
        running_round_ = round;
    });
}

void LiveLink::adopt(tcp::socket socket, std::size_t most) {
    if (wires_.size() >= most) return;
    const std::uint64_t id = ++last_;
    const auto trouble = [this, id] {
        const auto found = wires_.find(id);
        return found == wires_.end() ? std::string() : escape_controls(found->second->trouble());
    };
    auto wire = std::make_shared<Wire>(
        std::move(socket), Wire::Handlers{.on_bytes =
                                              [this, id](ByteView bytes) {
                                                  tell({Kind::bytes, id, to_string(bytes)});
                                              },
                                          .on_end_of_input =
                                              [this, id, trouble](bool broken) {
                                                  std::string why = trouble();
                                                  if (broken && why.empty()) why = "the connection broke";
                                                  tell({Kind::input_over, id, std::move(why)});
                                              },
                                          .on_progress =
                                              [this, id] {
                                                  const auto found = wires_.find(id);
                                                  const bool all =
                                                      found != wires_.end() && found->second->backlog() == 0;
                                                  tell({all ? Kind::drained : Kind::progress, id, {}});
                                              },
                                          .on_gone =
                                              [this, id, trouble] {
                                                  tell({Kind::gone, id, trouble()});
                                                  wires_.erase(id);
                                              }});
    wires_.emplace(id, wire);
    tell({Kind::opened, id, wire->peer(), running_round_});
    wire->start();
    wire->read();
}

template <class Do>
void LiveLink::with(std::uint64_t connection, Do what) {
    asio::post(context_, [this, connection, what = std::move(what)]() mutable {
        const auto found = wires_.find(connection);
        if (found == wires_.end()) return;
        const std::shared_ptr<Wire> wire = found->second; // it may leave the map meanwhile
        what(*wire);
    });
}

void LiveLink::read(std::uint64_t connection) {
    with(connection, [](Wire& wire) { wire.read(); });
}

void LiveLink::write(std::uint64_t connection, std::string bytes) {
    with(connection, [bytes = std::move(bytes)](Wire& wire) { wire.write(bytes); });
}

void LiveLink::finish(std::uint64_t connection) {
    with(connection, [](Wire& wire) { wire.finish(); });
}

void LiveLink::abandon(std::uint64_t connection) {
    with(connection, [this, connection](Wire& wire) {
        wire.abandon();
        wires_.erase(connection);
    });
}

} // namespace keyhole::viz
