#include "viz/platform/typed_options.hpp"

#include "flags/usage.hpp"
#include "flags/variant_flag.hpp"
#include "viz/app/page_table.hpp"

namespace keyhole::viz {

std::vector<std::string_view> page_names() {
    std::vector<std::string_view> names;
    for (const PageInfo& page : all_pages()) names.push_back(page.name.text());
    return names;
}

namespace {

void add_options(CLI::App& app, TypedOptions& typed) {
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
    cli::add_variant_option(&app, typed.variant);
    app.get_option("--variant")->group("Exchange and workbench");
    begin_group("Live");
    app.add_option("--listen", typed.listen, "HOST:PORT: a live exchange, this window is the server");
    app.add_option("--connect", typed.connect, "HOST:PORT: a live exchange, this window is the client");
    app.add_option("--max-sessions", typed.max_sessions, "clients at a time, with --listen")
        ->check(CLI::Range(1, 1000));
    app.add_option("--class", typed.class_at, "HOST:PORT: students follow and answer in their browsers");
    app.add_option("--publish", typed.publish, "HOST:PORT: others may follow what this window shows, secrets included");
    app.add_option("--follow", typed.follow, "HOST:PORT: go along with a window that publishes");
    begin_group("Recording");
    app.add_option("--open", typed.open, "a recording, a capture (pcap, pcapng) or lines from the wire");
    app.add_option("--stream", typed.stream, "which conversation of a capture, from 1; with --open");
    begin_group("Lesson");
    app.add_option("--lesson", typed.lesson,
                   "a lesson beside the stage: a Markdown file, or one of keyhole lesson list");
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
    app.add_flag("--present", typed.present, "the stage and one line of words, as large as the window (F5)");
    app.add_flag("--still", typed.still, "nothing moves from one step's picture to the next");
    app.add_flag("--no-state", typed.no_state, "do not remember theme, scale, size and place of the window");
    app.add_option("--screenshot", typed.screenshot, "write a PNG and exit; needs no display");
    app.add_option("--size", typed.size, "of the picture, e.g. 1600x900");
    app.add_option("--press", typed.press,
                   "keys that are pressed before the picture: \"m m\", \"n 2s e =Hello! Enter\"");
}

} // namespace

std::optional<TypedOptions> parse_flags(int argc, char** argv) {
    CLI::App app("Keyhole: watch DES and Diffie-Hellman at work, step by step, forwards and backwards.", "keyhole-viz");
    app.set_version_flag("--version", "keyhole-viz " KEYHOLE_VERSION);
    app.footer(
        "Example: keyhole-viz --group toy23 --say \"client:This is a message\" --goto "
        "message.1/encrypt/block.1/round.5\n"
        "Example: keyhole-viz --key 133457799BBCDFF1 --hex 0123456789ABCDEF --screenshot round.png --size 1600x900\n"
        "Without flags: a page with the ways in. F1 in the window shows the keys.");
    TypedOptions typed;
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
    typed.workbench.variant = typed.variant;
    return typed;
}

} // namespace keyhole::viz
