// What a web server serves, as it sees it: answers to GET, and who is on the other end of a WebSocket. A site owns no
// socket; all its functions are called in the server's one thread.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "netsim/protocol/ending.hpp"

namespace keyhole {

/// A known file: what is sent, and as what.
struct WebFile {
    std::string type; // "text/html; charset=utf-8"
    std::string bytes;
    std::string packed = {}; // the same in gzip, for who takes it; empty where there is none
};

struct WebAnswer {
    unsigned status = 200;
    std::shared_ptr<const WebFile> file = {};
    std::string policy = {};   // the Content-Security-Policy; the strictest where it is empty
    std::string location = {}; // of a redirection
    bool lasting = false;      // the name changes with the content: browsers need not ask again
};

/// One sentence, with that status.
WebAnswer plain_answer(unsigned status, std::string_view words);

struct WebRequest {
    std::string path;  // begins with '/'; as it was sent, nothing decoded
    std::string query; // after the '?'
    std::string host;  // checked: an address or a name of this machine, perhaps with a port
};

/// Codes of RFC 6455, section 7.4, with which a WebSocket is closed.
enum class CloseCode : unsigned short {
    normal = 1000,
    going_away = 1001,
    unsupported = 1003, // bytes where text is wanted
    policy = 1008,      // malformed, unknown, over a limit
    too_big = 1009,
    try_later = 1013,
};

/// One WebSocket: texts in, texts out, one text at a time each way.
class WebSocket {
  public:
    /// Who is told. Nobody is told anything after on_end.
    class User {
      public:
        virtual ~User() = default;
        virtual void on_text(std::string_view text) = 0;
        /// What was given to send() is with the system.
        virtual void on_sent() = 0;
        /// Once; `closed` where the peer, or this side, ended it as WebSockets are ended.
        virtual void on_end(const Loss& loss) = 0;
    };

    virtual ~WebSocket() = default;

    /// The next text comes to the user. Asking twice is asking once.
    virtual void read() = 0;
    /// Only while nothing is being sent.
    virtual void send(std::shared_ptr<const std::string> text) = 0;
    virtual bool sending() const = 0;
    /// With a code and a reason (at most 120 bytes); nothing more is read or sent.
    virtual void close(CloseCode code, std::string_view reason) = 0;
    /// At once, without a word; the user is told nothing more.
    virtual void abandon() = 0;
    /// "192.0.2.7:51234"
    virtual const std::string& peer() const = 0;
    /// Bytes that the peer's machine has not confirmed.
    virtual std::size_t unconfirmed() const = 0;
};

class WebSite {
  public:
    using Reply = std::function<void(WebAnswer)>;

    virtual ~WebSite() = default;
    /// `reply` is called once, now or later, in the server's thread.
    virtual void get(const WebRequest& request, Reply reply) = 0;
    /// Whether there is a WebSocket at that path.
    virtual bool has_socket(std::string_view path) const = 0;
    /// The longest text that a socket at that path may send.
    virtual std::size_t longest_text(std::string_view path) const = 0;
    /// A connection was made. Returns its user, or a null pointer after it has closed `socket` with a reason.
    virtual std::shared_ptr<WebSocket::User> open(std::string_view path, const std::shared_ptr<WebSocket>& socket) = 0;
};

} // namespace keyhole
