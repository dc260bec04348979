#include "viz/platform/options.hpp"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>

#include "core/base/bytes.hpp"
#include "core/base/choice.hpp"
#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/recording/workbench.hpp"
#include "flags/options.hpp"
#include "flags/usage.hpp"
#include "netsim/capture/open_recording.hpp"
#include "netsim/protocol/loopback.hpp"
#include "viz/app/page_table.hpp"

namespace keyhole::viz {
namespace {

using cli::in_quotes;

// As typed; an absent field was not given.
struct Typed {
    cli::ServerOptionsText server; // --mode belongs to the workbench as well
    std::optional<std::string> seed, open, go_to, view, theme, scale, screenshot, size, press, listen, connect, publish,
        follow, server_private, client_private;
    std::optional<std::uint32_t> max_sessions;
    std::optional<std::size_t> stream;
    std::vector<std::string> says;
    bool no_state = false;
    WorkbenchText workbench;
};

std::vector<std::string_view> page_names() {
    std::vector<std::string_view> names;
    for (const PageInfo& page : all_pages()) names.push_back(page.name.text());
    return names;
}

void add_options(CLI::App& app, Typed& typed) {
    const auto begin_group = [&](const char* name) { app.option_defaults()->group(name); };
    begin_group("Exchange");
    cli::add_server_options(&app, typed.server);
    app.get_option("--mode")
        ->description(mode_names() + "; an exchange takes cbc, ctr or ecb")
        ->group("Exchange and workbench");
    app.add_option("--seed", typed.seed, "the same private keys and IVs each time: predictable");
    cli::add_private_key_option(&app, "--server-private", "the server", typed.server_private);
    cli::add_private_key_option(&app, "--client-private", "the client", typed.client_private);
    app.add_option("--say", typed.says, "server:TEXT or client:TEXT; may be given again")->allow_extra_args(false);
    begin_group("Live");
    app.add_option("--listen", typed.listen, "HOST:PORT: a live exchange, this window is the server");
    app.add_option("--connect", typed.connect, "HOST:PORT: a live exchange, this window is the client");
    app.add_option("--max-sessions", typed.max_sessions, "clients at a time, with --listen")
        ->check(CLI::Range(1, 1000));
    app.add_option("--publish", typed.publish, "HOST:PORT: others may follow what this window shows, secrets included");
    app.add_option("--follow", typed.follow, "HOST:PORT: go along with a window that publishes");
    begin_group("Recording");
    app.add_option("--open", typed.open, "a recording, a capture (pcap, pcapng) or lines from the wire");
    app.add_option("--stream", typed.stream, "which conversation of a capture, from 1; with --open");
    begin_group("Workbench");
    app.add_option("--key", typed.workbench.key, "DES key, 16 hex digits: one message without an exchange");
    app.add_option("--key-text", typed.workbench.key_text, "DES key as text, 8 bytes in UTF-8");
    app.add_option("--hex", typed.workbench.hex, "the message in hex");
    app.add_option("--text", typed.workbench.text, "the message as text");
    app.add_option("--base64", typed.workbench.base64, "the message in base64");
    app.add_option("--in", typed.workbench.file, "the message as a file; - is standard input");
    app.add_flag("--decrypt", typed.workbench.decrypt, "decipher instead of encipher");
    app.add_option("--iv", typed.workbench.iv, "16 hex digits: IV or first counter");
    app.add_option("--padding", typed.workbench.padding, "pkcs7, zero, iso7816 or none");
    begin_group("Window");
    app.add_option("--goto", typed.go_to, "the address of the step to start at");
    app.add_option("--view", typed.view, "the view to start with: " + one_of(page_names()));
    app.add_option("--theme", typed.theme, "dark, light or projector; else as the last window was");
    app.add_option("--scale", typed.scale, "size of everything, 1.0 to 3.0; else as the screen asks");
    app.add_flag("--no-state", typed.no_state, "do not remember theme, scale, size and place of the window");
    app.add_option("--screenshot", typed.screenshot, "write a PNG and exit; needs no display");
    app.add_option("--size", typed.size, "of the picture, e.g. 1600x900");
    app.add_option("--press", typed.press,
                   "keys that are pressed before the picture: \"m m\", \"n 2s e =Hello! Enter\"");
}

bool parameter_flags(const Typed& t) { return t.server.given() || t.server.kdf; }
bool private_flags(const Typed& t) { return t.server_private || t.client_private; }
bool exchange_flags(const Typed& t) { return parameter_flags(t) || t.seed || !t.says.empty() || private_flags(t); }

bool workbench_flags(const Typed& t) {
    const WorkbenchText& w = t.workbench;
    return w.key || w.key_text || w.hex || w.text || w.base64 || w.file || w.iv || w.padding || w.decrypt;
}

bool follows_only(const Typed& t) { return t.follow && !exchange_flags(t) && !workbench_flags(t) && !t.open; }

std::optional<LiveOptions> live_of(const Typed& typed) {
    if (typed.max_sessions && !typed.listen)
        throw bad_input("--max-sessions belongs to --listen (only a server has sessions; give an address)");
    if (follows_only(typed) && (typed.server.mode || typed.go_to))
        throw bad_input(
            "a follower shows what the lecture shows (--mode and --goto do not go with --follow; leave them out)");
    if (!typed.listen && !typed.connect) return std::nullopt;
    if (typed.listen && typed.connect)
        throw bad_input("a window listens or connects (it is one of the two parties; give --listen or --connect)");
    if (typed.open || workbench_flags(typed) || typed.follow)
        throw bad_input(
            "a live exchange has no other trace beside it (it makes its own; give --listen or --connect alone)");
    if (!typed.says.empty())
        throw bad_input(
            "--say belongs to an exchange within the window (a live one has its own field; type it on the live page)");
    if (private_flags(typed))
        throw bad_input(
            "--server-private and --client-private belong to an exchange within the window (a live one draws its keys; "
            "leave them out)");
    LiveOptions options{.role = typed.listen ? Role::server : Role::client,
                        .address = parse_host_port(typed.listen ? *typed.listen : *typed.connect),
                        .party = {},
                        .max_sessions = typed.max_sessions.value_or(64)};
    if (typed.connect && (parameter_flags(typed) || typed.server.mode))
        throw bad_input(
            "the server chooses the parameters (a client takes them; give --group, --p, --g, --kdf and --mode with "
            "--listen)");
    if (typed.listen) {
        const cli::ServerChoice choice = cli::resolve(typed.server);
        options.party.offer = make_offer(choice.group, choice.kdf, choice.mode);
    }
    options.party.random = cli::random_of(typed.seed);
    return options;
}

Recording exchange_of(const Typed& typed) {
    const cli::ServerChoice choice = cli::resolve(typed.server);
    ExchangeOptions options{.group = choice.group,
                            .kdf = choice.kdf,
                            .mode = choice.mode,
                            .random = cli::random_of(typed.seed),
                            .says = {},
                            .server_private = cli::private_key_of("--server-private", typed.server_private),
                            .client_private = cli::private_key_of("--client-private", typed.client_private)};
    for (const std::string& text : typed.says) options.says.push_back(cli::parse_say(text));
    if (options.says.empty()) options.says = default_scene();
    return run_exchange(options);
}

std::string title_of(const Typed& typed, const Recording& recording) {
    if (typed.listen) return "listening, nobody yet";
    if (typed.connect) return "connecting";
    if (follows_only(typed)) return "waiting for a lecture";
    if (typed.open) return escape_controls(std::filesystem::path(*typed.open).filename().string());
    if (recording.parameters) return fmt::format("exchange in {}", recording.parameters->group);
    return "workbench";
}

Recording opened(const Typed& typed) {
    Overheard opened = open_recording(*typed.open, typed.stream).value();
    for (const std::string& remark : opened.remarks)
        cli::tell(fmt::format("keyhole: {}: {}\n", shown(*typed.open), remark));
    return std::move(opened.recording);
}

Recording recording_of(const Typed& typed) {
    const int sources = (exchange_flags(typed) ? 1 : 0) + (workbench_flags(typed) ? 1 : 0) + (typed.open ? 1 : 0);
    if (sources > 1)
        throw bad_input(
            "these flags do not go together (an exchange, --open FILE, or --key with a message: choose one of the "
            "three)");
    if (typed.stream && !typed.open)
        throw bad_input("--stream belongs to --open (it chooses among the conversations of a capture; name a file)");
    if (typed.open) return opened(typed);
    if (workbench_flags(typed)) {
        if (!typed.workbench.key && !typed.workbench.key_text)
            throw bad_input(
                "a message without a key (DES needs one; give --hex, --text, --base64, --in, --iv, --padding and "
                "--decrypt with --key K or --key-text T)");
        const WorkbenchInput input = resolve(typed.workbench);
        return record_des(input.settings, input.direction, input.iv, input.data);
    }
    return exchange_of(typed);
}

float scale_of(const std::string& text) {
    float scale = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), scale);
    if (error != std::errc() || end != text.data() + text.size() || !(scale >= 1.0F && scale <= 3.0F))
        throw bad_input(fmt::format(
            "--scale {} is no size to draw in (text would not fit; give a number from 1.0 to 3.0)", in_quotes(text)));
    return scale;
}

PictureSize size_of(const std::string& text) {
    PictureSize size;
    const char* const last = text.data() + text.size();
    const auto width = std::from_chars(text.data(), last, size.width);
    const bool cross = width.ec == std::errc() && width.ptr != last && *width.ptr == 'x';
    const auto height = cross ? std::from_chars(width.ptr + 1, last, size.height) : width;
    if (!cross || height.ec != std::errc() || height.ptr != last)
        throw bad_input(fmt::format("--size {} is no size (two numbers are needed; write WIDTHxHEIGHT, e.g. 1600x900)",
                                    in_quotes(text)));
    if (size.width < smallest_picture.width || size.height < smallest_picture.height ||
        size.width > largest_picture.width || size.height > largest_picture.height)
        throw bad_input(fmt::format("--size {} is out of range (it does not fit; give one from {}x{} to {}x{})",
                                    in_quotes(text), smallest_picture.width, smallest_picture.height,
                                    largest_picture.width, largest_picture.height));
    return size;
}

Options meant(const Typed& typed) {
    Options options;
    if (typed.view) {
        const PageInfo* page = find_page(*typed.view);
        if (!page) throw unknown_word("--view", *typed.view, page_names());
        options.page = page->name;
    }
    if (typed.theme) options.theme = chosen(every_theme, "--theme", *typed.theme);
    options.no_state = typed.no_state;
    if (typed.scale) options.scale = scale_of(*typed.scale);
    if (typed.size) options.size = size_of(*typed.size);
    if (typed.press) options.press = parse_key_script(*typed.press);
    if (typed.press && !typed.screenshot)
        throw bad_input("--press belongs to --screenshot (a window has its own keyboard; name a file to write)");
    if (typed.size && !typed.screenshot)
        throw bad_input("--size belongs to --screenshot (a window has its own size; name a file to write)");
    options.screenshot = typed.screenshot.value_or("");
    if (typed.screenshot && typed.screenshot->empty())
        throw bad_input("--screenshot names no file (the picture goes there; give a path)");
    options.live = live_of(typed);
    if (options.live && !typed.view) options.page = PageName::live;
    if (typed.publish) options.publish = parse_host_port(*typed.publish);
    if (typed.follow) options.follow = parse_host_port(*typed.follow);
    if (options.live || follows_only(typed)) {
        options.recording.connected = true; // the rest comes over the wire
    } else {
        options.recording = recording_of(typed);
    }
    options.title = title_of(typed, options.recording);
    if (StepTree(options.recording).total() == 0)
        throw bad_input("there is nothing to see (the recording holds no step; open another)");
    if (typed.go_to) {
        options.go_to = *typed.go_to;
        StepTree(options.recording).at(options.go_to); // throws where there is no such step
    }
    return options;
}

} // namespace

std::optional<Options> read_options(int argc, char** argv) {
    CLI::App app("Keyhole: watch DES and Diffie-Hellman at work, step by step, forwards and backwards.", "keyhole-viz");
    app.set_version_flag("--version", "keyhole-viz " KEYHOLE_VERSION);
    app.footer(
        "Example: keyhole-viz --group toy23 --say \"client:This is a message\" --goto "
        "message.1/encrypt/block.1/round.5\n"
        "Example: keyhole-viz --key 133457799BBCDFF1 --hex 0123456789ABCDEF --screenshot round.png --size 1600x900\n"
        "Without flags: a fresh exchange in ffdhe2048. F1 in the window shows the keys.");
    Typed typed;
    add_options(app, typed);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) {
            app.exit(error);
            return std::nullopt;
        }
        throw cli::wrong_usage(app, error);
    }
    typed.workbench.mode = typed.server.mode;
    return meant(typed);
}

} // namespace keyhole::viz
