// keyhole connect: the client of the two-way chat. What is typed is sent, what arrives is printed, until either side
// says bye.
#include <fmt/format.h>

#include <memory>

#include "cli/chat/chat.hpp"
#include "cli/chat/chat_program.hpp"
#include "cli/chat/line_reader.hpp"
#include "cli/commands.hpp"
#include "flags/options.hpp"
#include "flags/usage.hpp"
#include "netsim/tcp/party_connection.hpp"

namespace keyhole::cli {
namespace {

class ConnectChat final : public ChatProgram {
  public:
    ConnectChat(const HostPort& address, std::optional<Number> private_key, ChatFiles files)
        : files_(std::move(files)) {
        connection_ = connect_client(
            context(), address, {.offer = {}, .private_key = std::move(private_key), .keep_messages = files_.wanted()},
            {.on_event = [this](PartyConnection&, const Event& event) { on_event(event); },
             .on_end = [this](PartyConnection&) { on_end(); },
             .ready = [this] { return stopped_ || writer().ready(); }});
        warn_of_weakness();
        say_status(fmt::format("connected to {}", connection_->peer()));
        reader_.emplace(
            context(),
            LineReader::Handlers{.on_line = [this](std::string line) { say(*connection_, std::move(line)); },
                                 .on_end = [this] { on_input_end(); },
                                 .ready = [this] { return connection_->backlog() < PartyConnection::high_water; }});
        if (stopped_) connection_->stop();
    }

  private:
    void on_input_end() {
        input_ended_ = true;
        connection_->bye();
    }

    void stop() override {
        if (!connection_ && signalled())
            throw io_error("stopped (a signal came before the connection was made; try again)");
        stopped_ = true;
        if (connection_) connection_->stop();
    }

    void on_event(const Event& event) {
        if (!attempt([&] { handle(event); })) stop();
    }

    void handle(const Event& event) {
        if (std::holds_alternative<HandshakeDone>(event)) {
            established_ = true;
            say_fingerprint("the server", connection_->party().recording());
            say_status("the handshake is done; lines typed are messages, end of input says bye");
        } else if (const auto* text = std::get_if<TextArrived>(&event)) {
            writer().print(text_line("server", text->text));
        } else if (const auto* left = std::get_if<PeerLeft>(&event)) {
            on_left(*left);
        } else if (const auto* refused = std::get_if<Refused>(&event)) {
            const char* who = refused->by_peer ? "the server refused" : "the server was refused";
            fail({Failure::answer_no, fmt::format("{} ({}; the chat is over)", who, describe(*refused))});
        }
    }

    void on_left(const PeerLeft& left) {
        said_bye_ = left.said_bye;
        if (said_bye_) return say_status("the server says bye");
        if (!established_)
            return fail(
                io_error("the server closed the connection during the handshake (it speaks another protocol "
                         "or is going down; try again)"));
        if (!input_ended_ && !stopped_)
            fail(io_error("the connection ended without a bye (the server is gone; connect again)"));
    }

    void on_end() {
        if (!connection_->trouble().empty() && !said_bye_ && !(input_ended_ && established_))
            fail(io_error(fmt::format("the connection broke ({}; connect again)", connection_->trouble())));
        attempt([this] { write_files(files_, connection_->party().recording(), 1); });
        end();
    }

    ChatFiles files_;
    std::shared_ptr<PartyConnection> connection_;
    bool input_ended_ = false, stopped_ = false, established_ = false, said_bye_ = false;
    std::optional<LineReader> reader_;
};

} // namespace

void add_connect(CLI::App& app, int&) {
    struct Options {
        std::string address;
        std::optional<std::string> private_key;
        ChatFiles files;
    };
    auto options = std::make_shared<Options>();
    CLI::App* sub = app.add_subcommand("connect", "Chat with a server: lines typed are sent encrypted");
    sub->add_option("ADDRESS", options->address, "HOST:PORT where the server listens")->required();
    add_private_key_option(sub, "--private", "this side", options->private_key);
    add_chat_files(sub, options->files);
    sub->footer("Example: echo 'This is a message' | keyhole connect 127.0.0.1:4646");
    sub->callback([options] {
        const HostPort address = parse_host_port(options->address);
        const auto private_key = private_key_of("--private", options->private_key);
        try_files(options->files);
        ConnectChat(address, private_key, options->files).run();
    });
}

} // namespace keyhole::cli
