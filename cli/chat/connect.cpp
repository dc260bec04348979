// keyhole connect: the client of the two-way chat. What is typed is sent, what arrives is printed, until either side
// says bye. With --step what is typed steps through the chat as it grows, and `say TEXT` sends.
#include <fmt/format.h>

#include <chrono>
#include <deque>
#include <memory>

#include "cli/chat/chat.hpp"
#include "cli/chat/chat_program.hpp"
#include "cli/chat/line_reader.hpp"
#include "cli/commands.hpp"
#include "cli/stepper.hpp"
#include "core/base/utf8.hpp"
#include "flags/options.hpp"
#include "flags/usage.hpp"
#include "flags/variant_flag.hpp"
#include "netsim/protocol/ending.hpp"
#include "netsim/tcp/party_connection.hpp"

namespace keyhole::cli {
namespace {

struct ConnectOptions {
    std::string address;
    std::optional<std::string> private_key, name;
    ChatFiles files;
    bool step = false, plain = false;
};

// Throws Error (bad_input).
std::optional<std::string> checked_name(const std::optional<std::string>& name) {
    if (!name) return name;
    if (name->empty() || !is_utf8(*name) || characters(*name).size() > longest_name)
        throw bad_input(fmt::format("--name {} is no name (1 to {} characters in UTF-8; give a shorter one)",
                                    in_quotes(*name), longest_name));
    return name;
}

class ConnectChat final : public ChatProgram {
  public:
    explicit ConnectChat(const ConnectOptions& options) : options_(options), patience_(context()) {
        connection_ = connect_client(context(), parse_host_port(options.address),
                                     {.offer = {},
                                      .private_key = private_key_of("--private", options.private_key),
                                      .name = checked_name(options.name),
                                      .keep_messages = options.files.wanted() || options.step},
                                     {.on_event = [this](PartyConnection&, const Event& event) { on_event(event); },
                                      .on_end = [this](PartyConnection&) { on_end(); },
                                      .ready = [this] { return stopped_ || writer().ready(); }});
        warn_of_weakness();
        say_status(fmt::format("connected to {}", connection_->peer()));
        if (!established_) tell_when_nothing_comes();
        reader_.emplace(
            context(),
            LineReader::Handlers{.on_line = [this](std::string line) { on_line(std::move(line)); },
                                 .on_end = [this] { on_input_end(); },
                                 .ready = [this] { return connection_->backlog() < PartyConnection::high_water; }});
        if (stopped_) connection_->stop();
    }

  private:
    void tell_when_nothing_comes() {
        patience_.expires_after(std::chrono::seconds(3));
        patience_.async_wait([this](boost::system::error_code cancelled) {
            if (!cancelled && !established_ && !stopped_)
                say_status(
                    "still waiting for the server's parameters and key (it is slow, or no keyhole server; Ctrl+C "
                    "ends)");
        });
    }

    void on_line(std::string line) {
        if (!established_ && std::exchange(told_of_early_lines_, true) == false)
            say_status("what is typed now is kept until the handshake is done");
        if (!options_.step) {
            hint_at_the_end(line);
            send(std::move(line));
        } else if (stepper_) {
            follow(line);
        } else {
            typed_early_.push_back(std::move(line));
        }
    }

    void send(std::string text) {
        if (can_be_said(text) && (over_ || !connection_->say(std::move(text))))
            say_status("not sent: the chat is over");
    }

    void on_input_end() {
        if (!typed_early_.empty()) return void(end_follows_ = true);
        if (std::exchange(input_ended_, true)) return;
        if (over_) return end();
        connection_->bye();
    }

    void begin_to_step() {
        trace_.emplace(connection_->party().recording());
        stepper_.emplace(*trace_, options_.plain, "say TEXT sends a message.\n");
        writer().print(fmt::format("{}\n{}\n{}\n", stepper_->help(), stepper_->here(), stepper_->prompt()));
        for (const std::string& line : std::exchange(typed_early_, {})) follow(line);
        if (end_follows_) on_input_end();
    }

    void follow(const std::string& line) {
        constexpr std::string_view say_word = "say ";
        if (input_ended_) return;
        if (line.starts_with(say_word)) return send(line.substr(say_word.size()));
        for (std::uint64_t i = 1; i <= trace_->recording().messages.size(); ++i) trace_->forget(i); // they grow
        try {
            const auto text = stepper_->obey(line);
            if (!text) return on_input_end();
            writer().print(fmt::format("{}\n{}\n", *text, stepper_->prompt()));
        } catch (const Error& error) {
            say_status(fmt::format("error: {}", error.what()));
        }
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
            patience_.cancel();
            say_fingerprint("the server", connection_->party().recording());
            if (options_.step) return begin_to_step();
            say_status(
                "the handshake is done; each line typed is a message to the server, Ctrl+D (end of input) says bye");
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
        if (stopped_ || (input_ended_ && established_ && !left.loss.broken())) return;
        const LossWords words = loss_words(left.loss, left.phase, "the server");
        fail(io_error(fmt::format("{} ({}; connect again)", words.what, words.why)));
    }

    void on_end() {
        const Undelivered& lost = connection_->party().undelivered();
        say_undelivered("the server", lost);
        if (lost.sent > 0 && !stopped_)
            fail(io_error("not everything that was typed arrived (see above; connect again)"));
        attempt([this] { write_files(options_.files, connection_->party().recording(), 1); });
        over_ = true;
        if (!stepper_ || input_ended_ || stopped_) return end();
        steps_stay_.emplace(context().get_executor());
        say_status("the chat is over; its steps are still here, q ends");
    }

    ConnectOptions options_;
    std::shared_ptr<PartyConnection> connection_;
    asio::steady_timer patience_; // until the handshake is done
    bool input_ended_ = false, stopped_ = false, established_ = false, said_bye_ = false, over_ = false;
    bool told_of_early_lines_ = false;
    // With --step.
    std::deque<std::string> typed_early_;
    bool end_follows_ = false; // the end of input came after those
    std::optional<Trace> trace_;
    std::optional<Stepper> stepper_;
    // Without a connection only this keeps the event loop waiting for lines.
    std::optional<asio::executor_work_guard<asio::io_context::executor_type>> steps_stay_;
    std::optional<LineReader> reader_;
};

} // namespace

void add_connect(CLI::App& app, int&) {
    auto options = std::make_shared<ConnectOptions>();
    CLI::App* sub = app.add_subcommand("connect", "Chat with a server: lines typed are sent encrypted");
    sub->add_option("ADDRESS", options->address, "HOST:PORT where the server listens")->required();
    add_private_key_option(sub, "--private", "this side", options->private_key);
    sub->add_option("--name", options->name, "how the server calls this client; nothing proves it");
    add_chat_files(sub, options->files);
    CLI::Option* step =
        sub->add_flag("--step", options->step, "step through the chat while it goes on; say TEXT sends a message");
    sub->add_flag("--plain", options->plain, "with --step: one sentence a line, for screen readers")->needs(step);
    refuse_variant(sub, "connect", "the server enciphers with DES, and what crosses the wire is keyhole/1");
    sub->footer("Example: echo 'This is a message' | keyhole connect 127.0.0.1:4646");
    sub->callback([options] {
        try_files(options->files);
        ConnectChat(*options).run();
    });
}

} // namespace keyhole::cli
