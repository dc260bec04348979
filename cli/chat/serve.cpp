// keyhole serve: the server of the two-way chat. Several clients at once, each with keys and a number of its own; a
// typed line goes to all, `#2 TEXT` to the second, and `##..` is a line that begins with `#`.
#include <fmt/format.h>

#include <charconv>
#include <deque>
#include <memory>

#include "cli/chat/chat.hpp"
#include "cli/chat/line_reader.hpp"
#include "cli/chat/line_writer.hpp"
#include "cli/commands.hpp"
#include "core/base/error.hpp"
#include "flags/options.hpp"
#include "flags/usage.hpp"
#include "netsim/tcp/tcp.hpp"

namespace keyhole::cli {
namespace {

struct ServeOptions {
    std::string host = "127.0.0.1";
    unsigned port = 4646;
    ServerOptionsText server;
    std::size_t max_sessions = 64;
    bool once = false, echo = false;
    ChatFiles files;
};

// A typed line and the client it is for (0: all).
struct Typed {
    unsigned number = 0;
    std::string text;
};

Typed parse_typed(std::string line) {
    if (line.starts_with("##")) return {0, line.substr(1)};
    if (!line.starts_with("#")) return {0, std::move(line)};
    unsigned number = 0;
    const auto [end, error] = std::from_chars(line.data() + 1, line.data() + line.size(), number);
    if (error != std::errc{} || number == 0 || end == line.data() + line.size() || *end != ' ') {
        return {0, std::move(line)};
    }
    return {number, line.substr(static_cast<std::size_t>(end - line.data()) + 1)};
}

std::string who(const Link& link) {
    if (link.number == 0) return fmt::format("{} (no handshake yet)", link.peer());
    return link.number == 1 ? "client" : fmt::format("client#{}", link.number);
}

class ServeChat {
  public:
    ServeChat(const ServeOptions& options, ServerOptions server_options)
        : options_(options),
          signals_(context_,
                   [this] {
                       signalled_ = true;
                       stop();
                   }),
          writer_(context_,
                  [this] {
                      fail(output_lost());
                      stop();
                  }),
          server_(context_, std::move(server_options),
                  {.on_event = [this](Link& link, const Event& event) { on_event(link, event); },
                   .on_end = [this](Link& link) { on_end(link); },
                   .ready = [this] { return stopped_ || writer_.ready(); }}) {
        say_status(fmt::format("listening on {}", to_text(server_.address())));
        if (options.echo) return;
        reader_.emplace(context_,
                        LineReader::Handlers{.on_line = [this](std::string line) { on_line(std::move(line)); },
                                             .on_end = [this] { on_input_end(); },
                                             .ready = [this] { return ready(); }});
    }

    /// The exit status; throws Error when it is not 0 and there is something to say.
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
        Typed typed = parse_typed(std::move(line));
        const auto clients = server_.clients();
        if (clients.empty()) {
            waiting_bytes_ += typed.text.size() + 1;
            waiting_.push_back(std::move(typed));
            return;
        }
        bool taken = false;
        for (const auto& client : clients) {
            if (typed.number == 0 || typed.number == client->number) taken |= say(*client, typed.text);
        }
        if (!taken && typed.number != 0) say_status(fmt::format("there is no client {}: not sent", typed.number));
    }

    bool say(Link& link, std::string text) {
        try {
            return link.say(std::move(text));
        } catch (const Error& error) {
            say_status(fmt::format("error: {}", error.what()));
            return true;
        }
    }

    // A client that reads slowly makes the keyboard wait; one that does not read at all is dropped by its link.
    bool ready() const {
        const auto clients = server_.clients();
        return waiting_bytes_ < Link::high_water && std::all_of(clients.begin(), clients.end(), [](const auto& client) {
                   return client->backlog() < Link::high_water;
               });
    }

    void on_input_end() {
        input_ended_ = true;
        finish_if_done();
    }

    // After the end of input: lines that nobody got yet wait for a client, and --once waits for its one.
    void finish_if_done() {
        if (!input_ended_ || !waiting_.empty() || (options_.once && !met_)) return;
        if (!met_) say_status("end of input, nobody to say bye to (--echo makes a server that is left alone)");
        server_.close();
        server_.bye_all();
        stop_when_empty();
    }

    void stop() {
        stopped_ = closing_ = true; // before the links, so that none waits for a reader to say bye
        server_.close();
        server_.stop_all();
        stop_when_empty();
    }

    void stop_when_empty() {
        closing_ = true;
        if (server_.connections() == 0) context_.stop();
    }

    void on_event(Link& link, const Event& event) {
        try {
            if (std::holds_alternative<HandshakeDone>(event)) {
                on_client(link);
            } else if (const auto* text = std::get_if<TextArrived>(&event)) {
                writer_.print(text_line(who(link), text->text));
                if (options_.echo) say(link, text->text);
            } else if (const auto* left = std::get_if<PeerLeft>(&event)) {
                say_status(fmt::format("{} {}", who(link), left->said_bye ? "says bye" : "ended without a bye"));
            } else if (const auto* refused = std::get_if<Refused>(&event)) {
                say_status(refused->by_peer ? fmt::format("{} refused: {}", who(link), describe(*refused))
                                            : fmt::format("{} was refused: {}", who(link), describe(*refused)));
                if (options_.once && link.number != 0) {
                    fail(
                        {Failure::answer_no, fmt::format("the chat was refused ({}; it is over)", describe(*refused))});
                }
            }
        } catch (const Error& error) {
            fail(error);
            stop();
        }
    }

    void on_client(Link& link) {
        met_ = true;
        say_status(fmt::format("{} connected from {}", who(link), link.peer()));
        say_fingerprint(who(link), link.party().recording());
        if (options_.once) server_.close();
        std::deque<Typed> later;
        for (Typed& typed : std::exchange(waiting_, {})) {
            if (typed.number == 0 || typed.number == link.number) {
                waiting_bytes_ -= typed.text.size() + 1;
                say(link, std::move(typed.text));
            } else {
                later.push_back(std::move(typed));
            }
        }
        waiting_ = std::move(later);
        finish_if_done();
    }

    void on_end(Link& link) {
        if (!link.trouble().empty()) say_status(fmt::format("{}: {}", who(link), link.trouble()));
        if (link.number > 0) {
            try {
                if (options_.files.wanted()) write_files(options_.files, link.party().recording(), link.number);
            } catch (const Error& error) {
                // The only client's error is said at the end.
                if (!options_.once) say_status(fmt::format("{}: {}", who(link), error.what()));
                fail(error);
            }
            if (options_.once) return stop();
        }
        if (closing_) stop_when_empty();
    }

    // The first failure is the one that counts.
    void fail(const Error& error) {
        if (!failure_) failure_ = error;
    }

    ServeOptions options_;
    asio::io_context context_;
    std::deque<Typed> waiting_; // typed while nobody was there
    std::size_t waiting_bytes_ = 0;
    bool input_ended_ = false, met_ = false, closing_ = false, stopped_ = false, signalled_ = false;
    std::optional<Error> failure_;
    StopSignals signals_;
    LineWriter writer_;
    Server server_;
    std::optional<LineReader> reader_;
};

} // namespace

void add_serve(CLI::App& app, int&) {
    auto options = std::make_shared<ServeOptions>();
    CLI::App* sub = app.add_subcommand("serve", "Wait for clients and chat with them");
    sub->add_option("--host", options->host, "the address to listen on")->capture_default_str();
    sub->add_option("--port", options->port, "the port; 0 takes any free one and says which")
        ->check(CLI::Range(0, 65535).description("0 to 65535"))
        ->capture_default_str();
    add_server_options(sub, options->server);
    sub->add_option("--max-sessions", options->max_sessions, "clients at once")
        ->check(CLI::Range(1, 10000).description("1 to 10000"))
        ->capture_default_str();
    sub->add_flag("--once", options->once, "end with the first client's chat");
    sub->add_flag("--echo", options->echo, "read no input and send every message back");
    add_chat_files(sub, options->files);
    sub->footer(
        "Example: keyhole serve --group toy23 --record chat.json\n"
        "A typed line goes to every client, `#2 TEXT` to the second one, `##..` begins with a `#`. "
        "End of input says bye; lines that no client got yet wait for one.");
    sub->callback([options] {
        const ServerChoice choice = resolve(options->server);
        ServerOptions server{.listen = {options->host, static_cast<std::uint16_t>(options->port)},
                             .max_sessions = options->max_sessions,
                             .party = {.offer = make_offer(choice.group, choice.kdf, choice.mode),
                                       .keep_messages = options->files.wanted()}};
        warn_of_weakness();
        ServeChat(*options, std::move(server)).run();
    });
}

} // namespace keyhole::cli
