#include "netsim/tcp/socket_state.hpp"

#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#ifdef __linux__
#include <linux/sockios.h>
#endif

#include <optional>

#include "netsim/tcp/host_port.hpp"

namespace keyhole {
namespace {

// Seconds. A silent peer is asked from `silence` on and dropped with the first question that finds `patience` gone by
// since it was last heard: after 57 s. An outage that begins right before the first question and lasts 30 s still
// leaves some that reach the peer. What is sent into an outage is sent again after 0.2, 0.4, .. 25.6 s, the last time
// after 51.
constexpr int silence = 9, between_questions = 4, patience = 55;

std::optional<tcp_info> info_of(asio::ip::tcp::socket& socket) {
    tcp_info info{};
    socklen_t size = sizeof info;
    if (::getsockopt(socket.native_handle(), IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return std::nullopt;
    return info;
}

} // namespace

void notice_vanished(asio::ip::tcp::socket& socket) {
    boost::system::error_code ignored;
    socket.set_option(asio::socket_base::keep_alive(true), ignored);
    const auto set = [&](int option, int value) {
        ::setsockopt(socket.native_handle(), IPPROTO_TCP, option, &value, sizeof value);
    };
    set(TCP_KEEPIDLE, silence);
    set(TCP_KEEPINTVL, between_questions);
    set(TCP_KEEPCNT, (patience - silence) / between_questions);
#ifdef TCP_USER_TIMEOUT
    set(TCP_USER_TIMEOUT, patience * 1000);
#endif
}

std::uint64_t unconfirmed_bytes([[maybe_unused]] asio::ip::tcp::socket& socket, [[maybe_unused]] bool shut) {
#ifdef SIOCOUTQ
    int waiting = 0;
    if (::ioctl(socket.native_handle(), SIOCOUTQ, &waiting) == 0 && waiting > 0)
        return static_cast<std::uint64_t>(shut ? waiting - 1 : waiting);
#endif
    return 0;
}

bool machine_answers(asio::ip::tcp::socket& socket) {
    const auto info = info_of(socket);
    return !info || (info->tcpi_retransmits == 0 && info->tcpi_probes <= 1);
}

bool is_dead(asio::ip::tcp::socket& socket) {
    const auto info = info_of(socket);
    return info && info->tcpi_state == TCP_CLOSE;
}

std::string peer_of(const asio::ip::tcp::socket& socket) {
    boost::system::error_code gone;
    const auto endpoint = socket.remote_endpoint(gone);
    return gone ? "a peer that is gone" : to_text(HostPort{endpoint.address().to_string(), endpoint.port()});
}

Loss loss_of(const boost::system::error_code& error) {
    using namespace asio::error;
    const auto is_one_of = [&](auto... all) { return ((error == all) || ...); };
    if (error == eof) return {Ending::closed};
    if (is_one_of(connection_reset, broken_pipe, connection_aborted, connection_refused)) return {Ending::reset};
    if (is_one_of(timed_out, host_unreachable, network_unreachable, network_down, network_reset))
        return {Ending::vanished};
    return {Ending::failed, error.message()};
}

} // namespace keyhole
