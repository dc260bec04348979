#include "netsim/web/beast_socket.hpp"

#include "core/base/bytes.hpp"
#include "netsim/tcp/socket_state.hpp"

namespace keyhole {
namespace {

namespace beast = boost::beast;
namespace websocket = beast::websocket;
using boost::system::error_code;

constexpr std::chrono::seconds handshake_time{5}; // also for the answer to a close
constexpr std::size_t longest_reason = 120;       // RFC 6455, section 5.5: 125 bytes with the code
constexpr std::size_t usual_text = 65536;         // a buffer that grew beyond this is given back

class BeastSocket final : public WebSocket, public WebVisit, public std::enable_shared_from_this<BeastSocket> {
  public:
    BeastSocket(beast::tcp_stream stream, std::shared_ptr<WebServer::Room> room)
        : WebVisit(std::move(room)), socket_(std::move(stream)), peer_(peer_of(transport())) {}

    void accept(beast::http::request<beast::http::empty_body> request, const std::string& path) {
        beast::get_lowest_layer(socket_).expires_never(); // the WebSocket has times of its own
        socket_.set_option(websocket::stream_base::timeout{handshake_time, room_->limits.idle_time, true});
        socket_.read_message_max(room_->site.longest_text(path));
        socket_.auto_fragment(false);
        request_ = std::move(request);
        socket_.async_accept(request_, [self = shared_from_this(), path](error_code error) {
            if (self->ended_) return;
            if (error) return self->end(ending_of(error));
            self->user_ = self->room_->site.open(path, self);
        });
    }

    void read() override {
        if (reading_ || closing_ || ended_) return;
        reading_ = true;
        socket_.async_read(buffer_, [self = shared_from_this()](error_code error, std::size_t) {
            self->reading_ = false;
            self->on_read(error);
        });
    }

    void send(std::shared_ptr<const std::string> text) override {
        if (sending_ || closing_ || ended_) return;
        sending_ = std::move(text);
        socket_.async_write(asio::buffer(*sending_), [self = shared_from_this()](error_code error, std::size_t) {
            self->sending_.reset();
            if (self->ended_ || self->closing_) return;
            if (error) return self->end(ending_of(error));
            if (const auto user = self->user_) user->on_sent();
        });
    }
    bool sending() const override { return sending_ != nullptr; }

    void close(CloseCode code, std::string_view reason) override {
        if (closing_ || ended_) return;
        closing_ = true;
        const std::string_view words = whole_characters(reason, longest_reason);
        const websocket::close_reason why(static_cast<websocket::close_code>(code),
                                          beast::string_view(words.data(), words.size()));
        socket_.async_close(why, [self = shared_from_this()](error_code error) {
            self->end(error ? ending_of(error) : Loss{Ending::closed});
        });
    }

    void abandon() override {
        user_.reset();
        drop();
    }
    void drop() override {
        ended_ = true;
        const auto kept = std::exchange(user_, nullptr);
        beast::get_lowest_layer(socket_).close();
    }

    const std::string& peer() const override { return peer_; }
    std::size_t unconfirmed() const override {
        return ended_ ? 0 : static_cast<std::size_t>(unconfirmed_bytes(transport(), false));
    }

  private:
    asio::ip::tcp::socket& transport() const { return socket_.next_layer().socket(); }

    void on_read(const error_code& error) {
        if (ended_) return;
        if (error) return closing_ ? void() : end(ending_of(error));
        if (closing_) return buffer_.clear();
        if (!socket_.got_text()) return close(CloseCode::unsupported, "only text is understood here");
        const std::string text = beast::buffers_to_string(buffer_.data());
        buffer_.clear();
        if (buffer_.capacity() > usual_text) buffer_.shrink_to_fit();
        if (const auto user = user_) user->on_text(text);
    }

    static Loss ending_of(const error_code& error) {
        if (error == websocket::error::closed) return {Ending::closed};
        return error == beast::error::timeout ? Loss{Ending::vanished} : loss_of(error);
    }

    void end(const Loss& loss) {
        if (ended_) return;
        const auto user = user_;
        drop();
        if (user) user->on_end(loss);
    }

    mutable websocket::stream<beast::tcp_stream> socket_; // what is asked of it has no const form
    beast::flat_buffer buffer_;
    beast::http::request<beast::http::empty_body> request_; // until the answer to it is out
    std::shared_ptr<WebSocket::User> user_;
    std::shared_ptr<const std::string> sending_;
    std::string peer_;
    bool reading_ = false, closing_ = false, ended_ = false;
};

} // namespace

void open_socket(beast::tcp_stream stream, std::shared_ptr<WebServer::Room> room,
                 beast::http::request<beast::http::empty_body> request, const std::string& path) {
    std::make_shared<BeastSocket>(std::move(stream), std::move(room))->accept(std::move(request), path);
}

} // namespace keyhole
