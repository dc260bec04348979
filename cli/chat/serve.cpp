// keyhole serve: the server of the two-way chat. Several clients at once, each with keys and a number of its own; a
// typed line goes to all, `#2 TEXT` to the second, and `##..` is a line that begins with `#`.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>

#include "classroom/server/chat_site.hpp"
#include "classroom/server/keyhole_door.hpp"
#include "cli/chat/chat.hpp"
#include "cli/chat/chat_program.hpp"
#include "cli/chat/line_reader.hpp"
#include "cli/chat/typed_line.hpp"
#include "cli/commands.hpp"
#include "flags/options.hpp"
#include "flags/usage.hpp"
#include "flags/variant_flag.hpp"
#include "netsim/protocol/ending.hpp"
#include "netsim/tcp/party_server.hpp"
#include "netsim/web/web_server.hpp"

namespace keyhole::cli {
namespace {

struct ServeOptions {
    std::string host = "127.0.0.1";
    unsigned port = 4646;
    ServerOptionsText server;
    std::optional<std::string> private_key;
    std::size_t max_sessions = default_max_sessions;
    std::optional<unsigned> web;
    bool once = false, echo = false;
    ChatFiles files;
};

std::string who(const PartyConnection& client) {
    if (client.number == 0) return fmt::format("{} (no handshake yet)", client.peer());
    return client.number == 1 ? "client" : fmt::format("client#{}", client.number);
}

class ServeChat final : public ChatProgram {
  public:
    ServeChat(const ServeOptions& options, PartyServerOptions server_options)
        : options_(options),
          server_(context(), std::move(server_options),
                  {.on_event = [this](PartyConnection& client, const Event& event) { on_event(client, event); },
                   .on_end = [this](PartyConnection& client) { on_end(client); },
                   .ready = [this] { return stopped_ || writer().ready(); }}) {
        for (const HostPort& address : server_.addresses())
            say_status(fmt::format("listening on {}", to_text(address)));
        if (options.web) open_web(options);
        if (options.echo) return;
        say_status("each line typed is a message to every client; Ctrl+D (end of input) says bye");
        reader_.emplace(context(),
                        LineReader::Handlers{.on_line = [this](std::string line) { on_line(std::move(line)); },
                                             .on_end = [this] { on_input_end(); },
                                             .ready = [this] { return ready(); }});
    }

  private:
    void open_web(const ServeOptions& options) {
        site_.emplace(server_, context().get_executor());
        web_.emplace(context(), HostPort{parse_host(options.host), static_cast<std::uint16_t>(*options.web)}, *site_);
        for (const HostPort& address : web_->addresses()) {
            say_status(fmt::format("browsers come in at http://{}/", to_text(address)));
            say_status(fmt::format("listening for WebSockets on ws://{}{}", to_text(address), classroom::keyhole_path));
        }
        if (!site_->has_window())
            say_status(fmt::format("only other programs can come in there: the window for browsers {}",
                                   site_->why_no_window()));
    }

    void close_doors() {
        server_.close();
        if (web_) web_->close();
    }

    void on_line(std::string line) {
        hint_at_the_end(line);
        TypedLine typed = parse_typed(std::move(line));
        if (!can_be_said(typed.text)) return;
        if (!met_) return keep(std::move(typed));
        bool taken = false;
        for (const auto& client : server_.clients()) {
            if (typed.number == 0 || typed.number == client->number) taken |= say_or_drop(*client, typed.text);
        }
        if (!taken) say_status(fmt::format("not sent, {}: {}", why_nobody(typed.number), excerpt(typed.text, 60)));
    }

    // Before anybody came: a line is for the first client, or for the one whose number it names.
    void keep(TypedLine typed) {
        if (kept_.empty()) say_status("nobody is connected yet: what is typed is kept for the first client");
        kept_.keep(std::move(typed));
    }

    std::string why_nobody(unsigned number) const {
        if (number == 0) return "nobody is connected any more";
        return number <= last_number_ ? fmt::format("client {} is gone", number)
                                      : fmt::format("there is no client {}", number);
    }

    // A line to all waits for each client apart. One that stands still holds up nobody: it falls behind, and when too
    // much waits for it, it goes.
    bool say_or_drop(PartyConnection& client, const std::string& text) {
        if (client.backlog() + text.size() <= most_behind) return client.say(text);
        say_status(
            fmt::format("{} is too slow: {} MiB wait for it, and it is dropped", who(client), most_behind >> 20U));
        client.give_up();
        return false;
    }

    // The keyboard waits for clients that read slowly, not for those that have stopped.
    bool ready() const {
        constexpr std::size_t high_water = PartyConnection::high_water;
        if (kept_.bytes() >= high_water) return false;
        const auto clients = server_.clients();
        const auto is_full = [](const auto& client) { return client->backlog() >= high_water; };
        const auto reads = [](const auto& client) { return client->still() < standstill; };
        if (std::ranges::none_of(clients, reads)) return std::ranges::none_of(clients, is_full);
        return std::ranges::none_of(clients, [&](const auto& client) { return is_full(client) && reads(client); });
    }

    void on_input_end() {
        input_ended_ = true;
        if (!kept_.empty())
            say_status("end of input: what was typed waits for the first client, who then hears bye (Ctrl+C ends now)");
        finish_if_done();
    }

    // After the end of input: lines that nobody got yet wait for a client, and --once waits for its one.
    void finish_if_done() {
        if (!input_ended_ || !kept_.empty() || (options_.once && !met_)) return;
        if (!met_) say_status("end of input, nobody to say bye to (--echo makes a server that is left alone)");
        close_doors();
        server_.bye_all();
        end_when_empty();
    }

    void stop() override {
        stopped_ = true; // before the byes: none of them waits for a reader of standard output
        close_doors();
        server_.stop_all();
        end_when_empty();
    }

    void end_when_empty() {
        closing_ = true;
        if (server_.connections() == 0) end();
    }

    void on_event(PartyConnection& client, const Event& event) {
        if (!attempt([&] { handle(client, event); })) stop();
    }

    void handle(PartyConnection& client, const Event& event) {
        if (std::holds_alternative<HandshakeDone>(event)) {
            on_client(client);
        } else if (const auto* text = std::get_if<TextArrived>(&event)) {
            writer().print(text_line(who(client), text->text));
            if (options_.echo && can_be_said(text->text)) client.say(text->text);
        } else if (const auto* left = std::get_if<PeerLeft>(&event)) {
            if (left->said_bye) return say_status(fmt::format("{} says bye", who(client)));
            const LossWords words = loss_words(left->loss, left->phase, who(client));
            if (!options_.once || client.number == 0 || !left->loss.broken()) return say_status(to_text(words));
            fail(io_error(fmt::format("{} ({}; the chat is over)", words.what, words.why)));
        } else if (const auto* refused = std::get_if<Refused>(&event)) {
            say_status(fmt::format("{} {}: {}", who(client), refused->by_peer ? "refused" : "was refused",
                                   describe(*refused)));
            if (options_.once && client.number != 0)
                fail({Failure::answer_no, fmt::format("the chat was refused ({}; it is over)", describe(*refused))});
        }
    }

    void on_client(PartyConnection& client) {
        met_ = true;
        last_number_ = std::max(last_number_, client.number);
        const std::string& name = client.party().peer_name();
        say_status(fmt::format("{} connected from {}{}", who(client), client.peer(),
                               name.empty() ? "" : fmt::format(", calls itself '{}'", name)));
        say_fingerprint(who(client), client.party().recording());
        if (const std::size_t count = server_.clients().size(); count > 1 && !options_.echo)
            say_status(fmt::format("a line goes to all {} clients, #{} TEXT to this one", count, client.number));
        if (options_.once) {
            close_doors();
            server_.turn_away_unfinished();
        }
        for (std::string& text : kept_.take_for(client.number)) client.say(std::move(text));
        finish_if_done();
    }

    void on_end(PartyConnection& client) {
        if (client.number > 0) {
            say_undelivered(who(client), client.party().undelivered());
            try {
                write_files(options_.files, client.party().recording(), client.number);
            } catch (const Error& error) {
                // Said at once where the server goes on; the first failure is the program's own when it ends.
                if (!options_.once) say_status(fmt::format("{}: {}", who(client), error.what()));
                fail(error);
            }
            if (options_.once) return stop();
        }
        if (closing_) end_when_empty();
    }

    ServeOptions options_;
    static constexpr std::size_t most_behind = std::size_t{16} << 20; // bytes that wait for one client
    static constexpr std::chrono::seconds standstill{2};

    KeptLines kept_;
    unsigned last_number_ = 0;
    bool input_ended_ = false, met_ = false, closing_ = false, stopped_ = false;
    PartyServer server_;
    std::optional<classroom::ChatSite> site_;
    std::optional<WebServer> web_; // destroyed before what it serves
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
    add_private_key_option(sub, "--private", "this side, the same for every client", options->private_key);
    sub->add_option("--max-sessions", options->max_sessions, "clients at once")
        ->check(CLI::Range(1, 10000).description("1 to 10000"))
        ->capture_default_str();
    sub->add_option("--web", options->web, "a second port, for browsers: the chat over WebSocket, and the window")
        ->check(CLI::Range(0, 65535).description("0 to 65535"));
    sub->add_flag("--once", options->once, "end with the first client's chat");
    sub->add_flag("--echo", options->echo, "read no input and send every message back");
    add_chat_files(sub, options->files);
    refuse_variant(sub, "serve", "a client enciphers with DES, and what crosses the wire is keyhole/1");
    sub->footer(
        "Example: keyhole serve --group toy23 --record chat.json\n"
        "A typed line goes to every client, `#2 TEXT` to the second one, `##..` begins with a `#`. "
        "End of input says bye; lines typed before anybody came wait for the first client.");
    sub->callback([options] {
        const ServerChoice choice = resolve(options->server);
        PartyServerOptions server{.listen = {parse_host(options->host), static_cast<std::uint16_t>(options->port)},
                                  .max_sessions = options->max_sessions,
                                  .party = {.offer = make_offer(choice.group, choice.kdf, choice.mode),
                                            .private_key = private_key_of("--private", options->private_key),
                                            .keep_messages = options->files.wanted()}};
        if (server.party.private_key) check_private_key(*server.party.private_key, *server.party.offer, Role::server);
        try_files(options->files);
        warn_of_weakness();
        ServeChat(*options, std::move(server)).run();
    });
}

} // namespace keyhole::cli
