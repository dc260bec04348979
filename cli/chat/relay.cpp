// keyhole relay: the person in the middle. Between a client and the real server it has a handshake of its own with each
// and reads and alters what passes; quiet, it forwards and shows what anybody on the path can hear.
#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <memory>

#include "cli/chat/chat.hpp"
#include "cli/chat/chat_program.hpp"
#include "cli/chat/relay_options.hpp"
#include "cli/chat/relay_questions.hpp"
#include "cli/commands.hpp"
#include "core/base/bytes.hpp"
#include "core/recording/fingerprint.hpp"
#include "flags/usage.hpp"
#include "flags/variant_flag.hpp"
#include "netsim/protocol/ending.hpp"
#include "netsim/tcp/relay/relay_server.hpp"

namespace keyhole::cli {
namespace {

struct RelayCommand {
    std::string listen, to, record;
    std::vector<std::string> replace, flip;
    std::size_t max_sessions = default_max_sessions;
    bool quiet = false, ask = false, once = false;
};

// Where the recording of the handshake with that end goes; a quiet relay has only one.
ChatFiles files_of(const RelayCommand& command, Role side) {
    std::filesystem::path path(command.record);
    if (!command.quiet)
        path.replace_filename(fmt::format("{}.{}{}", path.stem().string(), name(side), path.extension().string()));
    return {.csv = {}, .record = path.string()};
}

constexpr std::string_view middle_lesson =
    "neither end can tell: Diffie-Hellman makes a secret with whoever answers, and proves nothing about who that is. "
    "This relay answers the client with a public key of its own and the server with another, so it has one key with "
    "each, reads every message and enciphers it anew. Only the fingerprints betray it, when the two read them to each "
    "other";

constexpr std::string_view quiet_lesson =
    "quiet: lines go on as they came. Whoever listens knows p, g, both public keys and every ciphertext, but no "
    "private key and so neither the secret nor the texts; and nothing in a message tells its receiver that a bit was "
    "turned";

class RelayProgram final : public ChatProgram {
  public:
    RelayProgram(const RelayCommand& command, RelayServerOptions options, std::vector<Flip> flips)
        : command_(command),
          flips_(std::move(flips)),
          relay_(context(), std::move(options),
                 {.on_event = [this](RelaySession& session, const RelayEvent& event) { on_event(session, event); },
                  .on_end = [this](RelaySession& session) { on_end(session); }}) {
        for (const HostPort& address : relay_.addresses()) say_status(fmt::format("listening on {}", to_text(address)));
        say_status(command.quiet ? quiet_lesson : middle_lesson);
        if (command.ask) questions_.emplace(context(), relay_);
    }

  private:
    void on_event(RelaySession& session, const RelayEvent& event) {
        if (!attempt([&] { handle(session, event); })) asio::post(context(), [this] { stop(); });
        if (questions_ && std::holds_alternative<Held>(event.what)) questions_->ask_soon();
    }

    void handle(RelaySession& session, const RelayEvent& event) {
        if (const auto* passed = std::get_if<Passed>(&event.what)) {
            on_passed(session, *passed);
        } else if (std::holds_alternative<HandshakeDone>(event.what)) {
            on_handshake(session, event.side);
        } else if (const auto* left = std::get_if<PeerLeft>(&event.what)) {
            const std::string peer = "the " + who(session, event.side);
            if (left->said_bye) {
                say_status(peer + " says bye");
            } else if (event.side == Role::client || session.connect_trouble().empty()) {
                say_status(to_text(loss_words(left->loss, left->phase, peer)));
            }
        } else if (const auto* refused = std::get_if<Refused>(&event.what)) {
            say_status(fmt::format("the {} {}: {}", who(session, event.side),
                                   refused->by_peer ? "refused" : "was refused", cli::describe(*refused)));
        }
    }

    // A session in the middle has two handshakes, and its number with the client's.
    void on_handshake(RelaySession& session, Role side) {
        if (session.number == 0 && (command_.quiet || side == Role::client)) {
            session.number = ++last_number_;
            say_status(fmt::format("client#{} came from {}", session.number, session.peer()));
            if (command_.once) {
                relay_.close();
                relay_.stop_others(session);
            }
        }
        if (command_.quiet) return say_overheard(session.relay().recording(Role::client));
        if (++handshakes_[&session] == 2) say_fingerprints(session);
    }

    static void say_overheard(const Recording& recording) {
        const std::size_t bits = bit_length(recording.parameters->p);
        say_status(fmt::format(
            "an eavesdropper knows p ({} bits), g, both public keys and so the fingerprint {}, the one of both ends{}",
            bits, fingerprint(recording).value_or("none"),
            bits <= 64 ? "; with so small a p, keyhole crack dh finds a private key" : ""));
    }

    static void say_fingerprints(const RelaySession& session) {
        const auto with_client = fingerprint(session.relay().recording(Role::client));
        const auto with_server = fingerprint(session.relay().recording(Role::server));
        if (!with_client || !with_server) return;
        say_status(fmt::format("fingerprint with the {}: {}", who(session, Role::client), *with_client));
        say_status(fmt::format("fingerprint with the {}: {} ({})", who(session, Role::server), *with_server,
                               *with_client == *with_server
                                   ? "the same, by chance: in so small a group there are few keys"
                                   : "another: read aloud, they would give this relay away"));
    }

    void on_passed(RelaySession& session, const Passed& passed) {
        const Passage& passage = passed.passage;
        const std::string sender = who(session, passage.from), which = passage_name(passage);
        if (passed.lost)
            return say_status(
                fmt::format("{} of the {} was lost, for the {} had not confirmed it when its connection ended: {}",
                            which, sender, name(other(passage.from)), excerpt(passage.content, 60)));
        writer().print(command_.quiet ? fmt::format("{}> {}\n", sender, passage_words(passage))
                                      : text_line(sender, passage.content));
        if (!passed.trouble.empty()) say_status(fmt::format("not altered: {}", passed.trouble));
        if (!passed.delivered) {
            say_status(fmt::format("{} of the {} was dropped", which, sender));
        } else if (*passed.delivered != passage.content && flips_.empty()) {
            say_status(fmt::format("{} of the {} goes on as: {}", which, sender, excerpt(*passed.delivered, 40)));
        }
        for (const Flip& flip : flips_) {
            if (!passed.delivered || !is_for(flip, passage)) continue;
            say_status(*passed.delivered == passage.content
                           ? fmt::format("no {} in {} of the {}", to_text(flip.place), which, sender)
                           : fmt::format("{} of {} of the {} was turned", to_text(flip.place), which, sender));
        }
    }

    void on_end(RelaySession& session) {
        handshakes_.erase(&session);
        if (questions_) questions_->session_ended();
        if (!session.connect_trouble().empty()) {
            say_status(fmt::format("the client from {} has no server: {}", session.peer(), session.connect_trouble()));
            if (command_.once) fail(io_error(session.connect_trouble()));
        }
        try {
            if (session.number > 0 && !command_.record.empty()) write_recordings(session);
        } catch (const Error& error) {
            say_status(fmt::format("error: {}", error.what()));
            fail(error);
        }
        if (command_.once && (session.number > 0 || failed())) return stop();
        if (closing_ && relay_.sessions().empty()) end();
    }

    void write_recordings(const RelaySession& session) const {
        if (command_.quiet) {
            return write_files(files_of(command_, Role::client), session.relay().recording(Role::client),
                               session.number);
        }
        for (const Role side : client_first)
            write_files(files_of(command_, side), session.relay().recording(side), session.number);
    }

    void stop() override {
        closing_ = true;
        relay_.close();
        relay_.stop_all();
        if (relay_.sessions().empty()) end();
    }

    RelayCommand command_;
    std::vector<Flip> flips_;
    std::map<const RelaySession*, int> handshakes_;
    unsigned last_number_ = 0;
    bool closing_ = false;
    RelayServer relay_;
    std::optional<RelayQuestions> questions_;
};

void run_relay(const RelayCommand& command) {
    std::vector<Replacement> replacements;
    std::vector<Flip> flips;
    for (const std::string& text : command.replace) replacements.push_back(parse_replacement(text));
    for (const std::string& text : command.flip) flips.push_back(parse_flip(text));
    if (command.quiet && !replacements.empty()) {
        throw bad_input("--replace with --quiet (a relay that only forwards cannot read texts; leave --quiet out)");
    }
    if (!command.quiet && !flips.empty()) {
        throw bad_input("--flip without --quiet (in the middle every message is enciphered anew; add --quiet)");
    }
    RelayServerOptions options{.listen = parse_host_port(command.listen),
                               .to = parse_host_port(command.to),
                               .max_sessions = command.max_sessions,
                               .relay = {.quiet = command.quiet,
                                         .alter = alteration(std::move(replacements), flips),
                                         .keep_messages = !command.record.empty()},
                               .hold = command.ask};
    if (!command.record.empty()) {
        for (const Role side : client_first) try_files(files_of(command, side));
    }
    warn_of_weakness();
    RelayProgram(command, std::move(options), std::move(flips)).run();
}

} // namespace

void add_relay(CLI::App& app, int&) {
    auto command = std::make_shared<RelayCommand>();
    CLI::App* sub = app.add_subcommand("relay", "Sit between a client and a server: read, alter, or only listen");
    sub->add_option("--listen", command->listen, "HOST:PORT for clients; port 0 takes any free one and says which")
        ->required();
    sub->add_option("--to", command->to, "HOST:PORT of the real server")->required();
    sub->add_flag("--quiet", command->quiet,
                  "only forward; show each line's kind and size, and what a listener learns");
    sub->add_option("--replace", command->replace, "client:OLD=NEW or server:OLD=NEW: alter that end's texts")
        ->allow_extra_args(false);
    sub->add_option("--flip", command->flip,
                    "with --quiet: client:SEQ:BYTE[:BIT] turns a bit of that message's ciphertext (BYTE from 1, or iv3 "
                    "for the IV's third; BIT 1 is the highest, 8 unless said)")
        ->allow_extra_args(false);
    sub->add_flag("--ask", command->ask, "ask on the terminal what becomes of each message");
    sub->add_option(
           "--record", command->record,
           "write recordings when a session ends: FILE with --quiet (an eavesdropper's), else NAME.client.EXT and "
           "NAME.server.EXT (the relay's two handshakes)")
        ->check(names_something());
    sub->add_option("--max-sessions", command->max_sessions, "clients at once")
        ->check(CLI::Range(1, 10000).description("1 to 10000"))
        ->capture_default_str();
    sub->add_flag("--once", command->once, "end with the first session");
    refuse_variant(sub, "relay", "both ends encipher with DES, and what crosses the wire is keyhole/1");
    sub->footer(
        "Example: keyhole relay --listen 127.0.0.1:4647 --to 127.0.0.1:4646 --replace 'client:ten=a hundred'\n"
        "Clients then connect to port 4647. Later sessions are printed and recorded as client#2, server#2.");
    sub->callback([command] { run_relay(*command); });
}

} // namespace keyhole::cli
