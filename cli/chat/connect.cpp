// keyhole connect: the client of the two-way chat. What is typed is sent, what arrives is printed, until either side
// says bye.
#include <fmt/format.h>

#include <deque>
#include <memory>

#include "cli/chat/chat.hpp"
#include "cli/chat/line_reader.hpp"
#include "cli/chat/line_writer.hpp"
#include "cli/commands.hpp"
#include "core/base/error.hpp"
#include "flags/usage.hpp"
#include "netsim/tcp/tcp.hpp"

namespace keyhole::cli {
namespace {

class ConnectChat {
  public:
    ConnectChat(const HostPort& address, ChatFiles files)
        : files_(std::move(files)),
          signals_(context_, [this] { on_stop(); }),
          writer_(context_, [this] { on_output_lost(); }),
          reader_(context_, {.on_line = [this](std::string line) { on_line(std::move(line)); },
                             .on_end = [this] { on_input_end(); },
                             .ready =
                                 [this] {
                                     return early_bytes_ < Link::high_water &&
                                            (!link_ || link_->backlog() < Link::high_water);
                                 }}) {
        // Lines that are there already are read while the connection is made, and wait.
        link_ = connect_client(context_, address, {.offer = {}, .keep_messages = files_.wanted()},
                               {.on_event = [this](Link&, const Event& event) { on_event(event); },
                                .on_end = [this](Link& link) { on_end(link); },
                                .ready = [this] { return stopped_ || writer_.ready(); }});
        warn_of_weakness();
        say_status(fmt::format("connected to {}", link_->peer()));
        for (std::string& line : early_) say(std::move(line));
        early_.clear();
        early_bytes_ = 0;
        if (input_ended_) link_->bye();
        if (stopped_) link_->stop();
    }

    /// Throws Error for how the chat ended, unless it ended well.
    void run() {
        context_.run();
        signals_.release();
        try {
            writer_.finish(!signalled_);
        } catch (const Error& error) {
            fail(error);
        }
        if (failure_) throw Error(*failure_);
    }

  private:
    void on_line(std::string line) {
        if (link_) return say(std::move(line));
        early_bytes_ += line.size() + 1;
        early_.push_back(std::move(line));
    }

    void say(std::string line) {
        try {
            link_->say(std::move(line));
        } catch (const Error& error) {
            say_status(fmt::format("error: {}", error.what()));
        }
    }

    void on_input_end() {
        input_ended_ = true;
        if (link_) link_->bye();
    }

    void on_stop() {
        signalled_ = true;
        if (!link_) throw io_error("stopped (a signal came before the connection was made; try again)");
        stopped_ = true;
        link_->stop();
    }

    void on_output_lost() {
        fail(output_lost());
        stopped_ = true;
        if (link_) link_->stop();
    }

    void on_event(const Event& event) {
        try {
            if (std::holds_alternative<HandshakeDone>(event)) {
                established_ = true;
                say_fingerprint("the server", link_->party().recording());
                say_status("the handshake is done; lines typed are messages, end of input says bye");
            } else if (const auto* text = std::get_if<TextArrived>(&event)) {
                writer_.print(text_line("server", text->text));
            } else if (const auto* left = std::get_if<PeerLeft>(&event)) {
                if (left->said_bye) {
                    said_bye_ = true;
                    say_status("the server says bye");
                } else if (!input_ended_ && !stopped_) {
                    fail(io_error(established_
                                      ? "the connection ended without a bye (the server is gone; connect again)"
                                      : "the server closed the connection during the handshake (it speaks "
                                        "another protocol or is going down; try again)"));
                } else if (!established_) {
                    fail(
                        io_error("the server closed the connection during the handshake (it speaks another protocol "
                                 "or is going down; try again)"));
                }
            } else if (const auto* refused = std::get_if<Refused>(&event)) {
                const char* who = refused->by_peer ? "the server refused" : "the server was refused";
                fail({Failure::answer_no, fmt::format("{} ({}; the chat is over)", who, describe(*refused))});
            }
        } catch (const Error& error) {
            fail(error);
            stopped_ = true;
            link_->stop();
        }
    }

    void on_end(Link& link) {
        if (!link.trouble().empty() && !said_bye_ && !(input_ended_ && established_)) {
            fail(io_error(fmt::format("the connection broke ({}; connect again)", link.trouble())));
        }
        try {
            if (files_.wanted()) write_files(files_, link.party().recording(), 1);
        } catch (const Error& error) {
            fail(error);
        }
        context_.stop();
    }

    // The first failure is the one that counts.
    void fail(const Error& error) {
        if (!failure_) failure_ = error;
    }

    ChatFiles files_;
    asio::io_context context_;
    std::shared_ptr<Link> link_;
    std::deque<std::string> early_;
    std::size_t early_bytes_ = 0;
    bool input_ended_ = false, stopped_ = false, signalled_ = false, established_ = false, said_bye_ = false;
    std::optional<Error> failure_;
    StopSignals signals_;
    LineWriter writer_;
    LineReader reader_;
};

} // namespace

void add_connect(CLI::App& app, int&) {
    struct Options {
        std::string address;
        ChatFiles files;
    };
    auto options = std::make_shared<Options>();
    CLI::App* sub = app.add_subcommand("connect", "Chat with a server: lines typed are sent encrypted");
    sub->add_option("ADDRESS", options->address, "HOST:PORT where the server listens")->required();
    add_chat_files(sub, options->files);
    sub->footer("Example: echo 'This is a message' | keyhole connect 127.0.0.1:4646");
    sub->callback([options] {
        const HostPort address = parse_host_port(options->address);
        ConnectChat(address, options->files).run();
    });
}

} // namespace keyhole::cli
