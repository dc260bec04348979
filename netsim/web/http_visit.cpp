#include "netsim/web/http_visit.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "netsim/tcp/socket_state.hpp"
#include "netsim/web/beast_socket.hpp"
#include "netsim/web/web_names.hpp"
#include "netsim/web/web_room.hpp"

namespace keyhole {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using namespace std::chrono_literals;

constexpr std::size_t longest_target = 2048;
// After a refusal what still comes is read for a moment: closing over unread bytes would take the answer away, too.
constexpr auto linger_time = 2s;
constexpr std::size_t linger_bytes = std::size_t{256} << 10;

constexpr std::string_view strictest =
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

// RFC 9110, section 12.5.3: with q=0 it is refused.
bool takes_gzip(beast::string_view accepted) {
    for (const auto& [coding, parameters] : http::ext_list(accepted)) {
        if (!beast::iequals(coding, "gzip")) continue;
        for (const auto& [name, value] : parameters) {
            if (beast::iequals(name, "q")) return value.find_first_of("123456789") != beast::string_view::npos;
        }
        return true;
    }
    return false;
}

class HttpVisit final : public WebVisit, public std::enable_shared_from_this<HttpVisit> {
  public:
    HttpVisit(tcp::socket socket, std::shared_ptr<WebServer::Room> room)
        : WebVisit(std::move(room)), stream_(std::move(socket)), buffer_(room_->limits.head + 4096) {}

    void start() {
        error_code ignored;
        stream_.socket().set_option(tcp::no_delay(true), ignored);
        notice_vanished(stream_.socket());
        read_head();
    }

    void drop() override {
        gone_ = true;
        stream_.close();
    }

  private:
    using Request = http::request<http::empty_body>;

    void read_head() {
        head_only_ = packed_ = false; // of the request before
        version_ = 11;
        parser_.emplace();
        parser_->header_limit(static_cast<std::uint32_t>(room_->limits.head));
        parser_->body_limit(0);
        stream_.expires_after(room_->limits.head_time);
        http::async_read_header(stream_, buffer_, *parser_,
                                [self = shared_from_this()](error_code error, std::size_t) { self->on_head(error); });
    }

    void on_head(const error_code& error) {
        if (gone_) return;
        if (error == http::error::header_limit || error == http::error::buffer_overflow)
            return refuse(431, "The head of the request is too long.");
        if (error == http::error::body_limit) return refuse(413, "A request may have no body here.");
        if (error == http::error::end_of_stream || error == http::error::partial_message) return drop();
        if (error.category() == make_error_code(http::error::bad_method).category())
            return refuse(400, "This is no request of HTTP/1.1.");
        if (error) return drop();
        const Request& request = parser_->get();
        head_only_ = request.method() == http::verb::head;
        version_ = request.version();
        keep_alive_ = request.keep_alive() && ++requests_ < room_->limits.requests;
        packed_ = takes_gzip(request[http::field::accept_encoding]);
        if (const auto [status, words] = objection(request); status != 0) return refuse(status, words);
        const std::string target = text_of(request.target());
        const std::size_t mark = target.find('?');
        const WebRequest wanted{.path = target.substr(0, mark),
                                .query = mark == std::string::npos ? "" : target.substr(mark + 1),
                                .host = text_of(request[http::field::host])};
        if (boost::beast::websocket::is_upgrade(request)) return become_socket(wanted.path);
        if (request.method() != http::verb::get && !head_only_) return refuse(405, "Only GET and HEAD are known here.");
        room_->site.get(wanted, [self = shared_from_this()](WebAnswer answer) { self->answer(std::move(answer)); });
    }

    static std::string text_of(beast::string_view text) { return {text.data(), text.size()}; }

    // Why a request is not even looked at; status 0: there is nothing against it.
    std::pair<unsigned, std::string_view> objection(const Request& request) const {
        if (request.count(http::field::host) != 1) return {400, "The field Host has to be there, once."};
        const std::string host = text_of(request[http::field::host]);
        error_code none;
        const auto here = stream_.socket().local_endpoint(none);
        if (none || !is_own_host(host, room_->names, here.address().to_string()))
            return {403, "The field Host names another machine. Use the address that the lecturer shows."};
        const std::size_t origins = request.count(http::field::origin);
        if (origins > 1 || (origins == 1 && !is_own_origin(text_of(request[http::field::origin]), host)))
            return {403, "A page of another origin asks for this (field Origin); only pages from here may."};
        if (parser_->chunked() || parser_->content_length().value_or(0) > 0)
            return {413, "A request may have no body here."};
        const beast::string_view target = request.target();
        if (target.size() > longest_target) return {414, "The path is too long."};
        if (target.empty() || target.front() != '/') return {400, "The path has to begin with a slash."};
        return {0, {}};
    }

    void become_socket(const std::string& path) {
        if (!room_->site.has_socket(path)) return refuse(404, "There is no WebSocket of this name.");
        gone_ = true;
        open_socket(std::move(stream_), room_, parser_->release(), path);
    }

    void refuse(unsigned status, std::string_view words) {
        keep_alive_ = false;
        answer(plain_answer(status, words));
    }

    void answer(WebAnswer given) {
        if (gone_) return;
        answer_ = std::move(given);
        static const auto nothing = std::make_shared<const WebFile>();
        if (!answer_.file) answer_.file = nothing;
        const WebFile& file = *answer_.file;
        const bool packed = packed_ && !file.packed.empty();
        const std::string& body = packed ? file.packed : file.bytes;
        response_ = {};
        response_.version(version_);
        response_.result(answer_.status);
        const auto set = [&](beast::string_view name, std::string_view value) {
            if (!value.empty()) response_.set(name, beast::string_view(value.data(), value.size()));
        };
        set("Content-Type", file.type);
        set("Content-Security-Policy", answer_.policy.empty() ? strictest : answer_.policy);
        set("X-Content-Type-Options", "nosniff");
        set("X-Frame-Options", "DENY");
        set("Referrer-Policy", "no-referrer");
        set("Cross-Origin-Resource-Policy", "same-origin");
        set("Cache-Control", answer_.lasting ? "public, max-age=31536000, immutable" : "no-cache");
        set("Location", answer_.location);
        if (answer_.status == 405) set("Allow", "GET, HEAD");
        if (!file.packed.empty()) set("Vary", "Accept-Encoding");
        if (packed) set("Content-Encoding", "gzip");
        response_.keep_alive(keep_alive_);
        response_.content_length(body.size());
        if (!head_only_) response_.body() = {body.data(), body.size()};
        stream_.expires_after(room_->limits.answer_time);
        serializer_.emplace(response_);
        const auto done = [self = shared_from_this()](error_code error, std::size_t) { self->on_answered(error); };
        head_only_ ? http::async_write_header(stream_, *serializer_, done)
                   : http::async_write(stream_, *serializer_, done);
    }

    void on_answered(const error_code& error) {
        if (gone_) return;
        if (error) return drop();
        answer_ = {};
        if (keep_alive_) return read_head();
        error_code ignored;
        stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
        stream_.expires_after(linger_time);
        linger(0);
    }

    void linger(std::size_t read) {
        stream_.async_read_some(asio::buffer(rest_),
                                [self = shared_from_this(), read](error_code error, std::size_t size) {
                                    if (self->gone_) return;
                                    error || read + size > linger_bytes ? self->drop() : self->linger(read + size);
                                });
    }

    beast::tcp_stream stream_;
    beast::flat_buffer buffer_;
    std::optional<http::request_parser<http::empty_body>> parser_;
    WebAnswer answer_;
    http::response<http::span_body<const char>> response_;
    std::optional<http::response_serializer<http::span_body<const char>>> serializer_;
    std::array<char, 4096> rest_{};
    unsigned version_ = 11;
    std::size_t requests_ = 0;
    bool keep_alive_ = false, head_only_ = false, packed_ = false, gone_ = false;
};

} // namespace

void begin_http_visit(tcp::socket socket, std::shared_ptr<WebServer::Room> room) {
    std::make_shared<HttpVisit>(std::move(socket), std::move(room))->start();
}

} // namespace keyhole
