// keyhole encrypt, keyhole decrypt: one message through DES.
#include <fmt/format.h>
#include <unistd.h>

#include <memory>

#include "cli/commands.hpp"
#include "cli/workbench_options.hpp"
#include "core/base/bytes.hpp"
#include "core/base/choice.hpp"
#include "core/base/file.hpp"
#include "core/base/utf8.hpp"
#include "flags/usage.hpp"

namespace keyhole::cli {
namespace {

enum class Form { hex, text, base64, raw };
constexpr std::array every_form = {Form::hex, Form::text, Form::base64, Form::raw};

std::string_view name(Form form) {
    switch (form) {
        case Form::hex: return "hex";
        case Form::text: return "text";
        case Form::base64: return "base64";
        case Form::raw: break;
    }
    return "raw";
}

std::string checked_text(const Bytes& bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
        const Character character = character_at(bytes, at);
        if (!character.valid)
            throw Error(Failure::answer_no,
                        fmt::format("the result is no text (at offset {} stands the byte {:02X}, which is no UTF-8; "
                                    "give --as hex, base64 or raw)",
                                    at, bytes[at]));
        at = character.end();
    }
    return to_string(bytes);
}

std::string written(const Bytes& bytes, Form form) {
    switch (form) {
        case Form::hex: return to_hex(bytes) + "\n";
        case Form::base64: return to_base64(bytes) + "\n";
        case Form::text: return checked_text(bytes);
        case Form::raw: break;
    }
    return to_string(bytes);
}

// A line or more that a person can read.
bool reads_as_text(std::string_view text) {
    return !text.empty() && is_utf8(text) && std::ranges::none_of(text, [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
    });
}

struct CipherCommand {
    WorkbenchText text;
    std::string out;
    std::optional<std::string> as;

    void run() const {
        const Form form = as ? chosen(every_form, "--as", *as) : out.empty() ? Form::hex : Form::raw;
        const Recording recording = record_aloud(text);
        const MessageRecord& message = recording.messages.front();
        const Bytes& result = message.sent ? message.sent->ciphertext : *message.received->plaintext;
        const std::string bytes = written(result, form);
        if (!out.empty() && out != "-") return write_file(out, bytes);
        fmt::print("{}", bytes);
        if (form == Form::text && !bytes.ends_with('\n') && ::isatty(STDOUT_FILENO) == 1) fmt::print("\n");
        constexpr std::size_t most_shown = 400;
        if (!as && out.empty() && message.received && reads_as_text(as_text(result)))
            fmt::print(stderr, "keyhole: note: as text: {}\n", excerpt(as_text(result), most_shown));
    }
};

void add_cipher(CLI::App& app, const std::string& verb, bool decrypt, const std::string& description,
                const std::string& example) {
    auto command = std::make_shared<CipherCommand>();
    command->text.decrypt = decrypt;
    CLI::App* sub = app.add_subcommand(verb, description);
    add_workbench_options(sub, command->text);
    sub->add_option("--as", command->as, "what to write: hex, text, base64 or raw (default: hex, with --out raw)");
    sub->add_option("--out", command->out, "write to this file; - is standard output")->check(names_something());
    sub->footer(example);
    sub->callback([command] { command->run(); });
}

} // namespace

void add_encrypt(CLI::App& app, int&) {
    add_cipher(app, "encrypt", false, "Encipher one message with DES",
               "Example: keyhole encrypt --key 133457799BBCDFF1 --hex 0123456789ABCDEF\n"
               "Example: keyhole encrypt --key-text orchids! --text \"meet at 9\" --as base64\n"
               "Example: keyhole encrypt --key 13:34:57:79:9B:BC:DF:F1 --mode cbc --in letter.txt --out letter.des\n"
               "All modes but ecb have an IV: without --iv a random one is drawn and printed on stderr.\n"
               "cfb feeds back 64 bits, cfb8 and cfb1 8 and 1.");
}

void add_decrypt(CLI::App& app, int&) {
    add_cipher(app, "decrypt", true, "Decipher one message with DES",
               "Example: keyhole decrypt --key 133457799BBCDFF1 --hex 85E813540F0AB405\n"
               "Example: keyhole decrypt --key-text orchids! --base64 aw6KlzlzsNUCVuL8Qd51Zw== --as text\n"
               "Where the plaintext is text, stderr shows it beside the hex on stdout.");
}

} // namespace keyhole::cli
