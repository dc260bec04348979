// keyhole crack des: the key of a known plaintext and its ciphertext, by trying every value of the unknown bits.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <thread>

#include "cli/crack/crack.hpp"
#include "cli/crack/crack_cards.hpp"
#include "cli/crack/crack_checkpoint.hpp"
#include "cli/crack/crack_progress.hpp"
#include "core/attack/key_search_run.hpp"
#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/base/spelling/whole_number.hpp"
#include "core/des/des_keys.hpp"
#include "flags/options.hpp"
#include "flags/usage.hpp"
#include "flags/variant_flag.hpp"
#include "netsim/tcp/stop_signals.hpp"

namespace keyhole::cli {
namespace {

constexpr std::chrono::seconds between_checkpoints{10};

// The whole text as a part's number or the number of parts.
std::optional<std::uint64_t> part_number(std::string_view text) {
    const auto value = whole_number<std::uint64_t>(text);
    return value && *value >= 1 && *value <= most_parts ? value : std::nullopt;
}

// A block in hex, or as 8 bytes of text.
std::optional<des::Block> given(const std::optional<std::string>& hex, const std::optional<std::string>& text,
                                const std::string& what) {
    if (hex && text) throw bad_input(fmt::format("two values for the {} (in hex and as text; give one)", what));
    if (text) return text_block(*text, what + " text");
    if (!hex) return std::nullopt;
    return parse_block(*hex, what, fmt::format("give it with --{}-text", what == "known key" ? "known-key" : what));
}

struct CrackDesCommand {
    std::string ciphertext;
    std::optional<std::string> plaintext, plaintext_text, plaintext_2, ciphertext_2, known_key, known_key_text, mask,
        part, checkpoint, device;
    std::optional<unsigned> unknown_bits;
    unsigned threads = std::max(1U, std::thread::hardware_concurrency());
    bool gentle = false;

    des::Block unknown() const {
        if (mask && unknown_bits) throw bad_input("both --mask and --unknown-bits (they say the same thing; give one)");
        if (mask) {
            const des::Block bits = parse_block(*mask, "mask");
            if (bits != 0 && (bits & lowest_key_bits(56)) == 0)
                fmt::print(stderr,
                           "the mask holds parity bits only, which are no bits of the key: nothing is unknown\n");
            return bits;
        }
        if (!unknown_bits) {
            if (known_key || known_key_text) {
                throw bad_input(
                    "--known-key alone (all of it would be known; say what is not with --unknown-bits or "
                    "--mask)");
            }
            return lowest_key_bits(56);
        }
        if (*unknown_bits < 56 && !known_key && !known_key_text) {
            throw bad_input(
                "--unknown-bits without --known-key (the other bits must come from somewhere; give the "
                "key with anything in its unknown bits)");
        }
        return lowest_key_bits(*unknown_bits);
    }

    cards::DeviceChoice device_choice() const {
        const std::string text = device.value_or("auto");
        if (const auto choice = cards::parse_device_choice(text)) return *choice;
        throw bad_input(
            fmt::format("--device {} (it names no devices; write auto, cpu, or numbers of `keyhole crack "
                        "devices` like 1 or 0,1)",
                        in_quotes(text)));
    }

    KeySearchQuestion question() const {
        KeySearchQuestion question;
        const auto block = given(plaintext, plaintext_text, "plaintext");
        if (!block)
            throw bad_input(
                "no plaintext (the key is known by what it makes of one; give --plaintext in hex or --plaintext-text)");
        question.pair = {*block, parse_block(ciphertext, "ciphertext")};
        if (plaintext_2.has_value() != ciphertext_2.has_value()) {
            throw bad_input(
                "half of a second pair (a plaintext proves nothing without its ciphertext; give both "
                "--plaintext2 and --ciphertext2)");
        }
        if (plaintext_2) {
            question.second = {parse_block(*plaintext_2, "second plaintext"),
                               parse_block(*ciphertext_2, "second ciphertext")};
        }
        question.known_key = given(known_key, known_key_text, "known key").value_or(question.known_key);
        question.unknown = unknown();
        if (part) {
            const std::size_t slash = part->find('/');
            const std::string_view text = *part;
            const auto i = part_number(text.substr(0, slash));
            const auto n = slash == text.npos ? std::nullopt : part_number(text.substr(slash + 1));
            if (!i || !n || *i > *n) {
                throw bad_input(fmt::format(
                    "--part {} (it is no part of the keys; write i/n, counted from 1, like 3/8, n below 2^32)",
                    in_quotes(*part)));
            }
            question.part = *i;
            question.parts = *n;
        }
        return question;
    }

    void save(const KeySearch& search, const KeySearchState& state) const {
        if (checkpoint) write_checkpoint(*checkpoint, search, state);
    }

    void run(int& status) const {
        const cards::DeviceChoice choice = device_choice();
        const KeySearch search(question());
        KeySearchOptions options{
            .threads = choice.cpu() ? threads : 0, .level = bitslice::best_level(), .progress = {}};
        KeySearchState start = fresh_state(search);
        if (checkpoint) start = read_checkpoint(*checkpoint, search).value_or(start);
        save(search, start); // a path that cannot be written is told now, not after an hour

        const StopSignals stop;
        CrackCards helpers(choice, device.has_value(), gentle, search, start);
        helpers.prepare([&] { return stop.came(); });
        options.helpers = helpers.helpers();
        options.left_out = [](const ChunkSearcher& card, const std::string& why) {
            fmt::print(stderr, "keyhole: warning: {} is left out ({}); what it had begun is searched again\n",
                       card.name(), why);
        };
        CrackProgress progress(search, start);
        progress.say_start(options.threads, options.level, helpers.names());
        auto saved = std::chrono::steady_clock::now();
        options.progress = [&](const KeySearchState& state) {
            progress.update(state);
            if (std::chrono::steady_clock::now() - saved >= between_checkpoints) {
                save(search, state);
                saved = std::chrono::steady_clock::now();
            }
            return !stop.came();
        };
        const KeySearchState end = run_key_search(search, start, options);
        save(search, end);
        progress.say_end(end, options.threads, options.level, stop.came());
        const bool given_up = !finished(search, end) && !stop.came();
        if (given_up) {
            fmt::print(stderr,
                       "keyhole: error: no device is left that searches (each failed, as said above; give --device "
                       "cpu)\n");
        }
        report(search, end, status);
        if (given_up) status = static_cast<int>(Failure::io);
        helpers.end_if_one_hangs(status);
    }

    void report(const KeySearch& search, const KeySearchState& end, int& status) const {
        for (const des::Block key : end.found) {
            fmt::print("key 0x{:016X}\n", key);
            fmt::print(stderr, "keyhole: note: key 0x{:016X}: {}\n", key,
                       des::parity_words(key, given(known_key, known_key_text, "known key")));
        }
        if (!end.found.empty()) return;
        status = static_cast<int>(Failure::answer_no);
        if (finished(search, end)) {
            fmt::print("no key in this part\n");
        } else if (checkpoint) {
            fmt::print(stderr, "stopped before the end; the same command goes on from {}\n", shown(*checkpoint));
        } else {
            fmt::print(stderr, "stopped before the end, and nothing was kept (--checkpoint FILE would have)\n");
        }
    }
};

} // namespace

void add_crack_des(CLI::App& crack, int& status) {
    auto command = std::make_shared<CrackDesCommand>();
    CLI::App* sub = crack.add_subcommand("des", "Find the key that turns a known plaintext into its ciphertext");
    sub->add_option("--plaintext", command->plaintext, "a block that was enciphered: 16 hex digits");
    sub->add_option("--plaintext-text", command->plaintext_text, "the same as text: 8 bytes in UTF-8");
    sub->add_option("--ciphertext", command->ciphertext, "what became of it")->required();
    sub->add_option("--plaintext2", command->plaintext_2,
                    "a second block, to be sure; the complement of the first halves the work");
    sub->add_option("--ciphertext2", command->ciphertext_2, "what became of that");
    sub->add_option("--known-key", command->known_key, "the key as far as it is known: 16 hex digits");
    sub->add_option("--known-key-text", command->known_key_text, "the same as text: 8 bytes in UTF-8");
    sub->add_option("--unknown-bits", command->unknown_bits,
                    "how many of its rightmost bits are unknown, parity bits not counted (default all)")
        ->check(CLI::Range(0U, 56U).description("0 to 56"));
    sub->add_option("--mask", command->mask,
                    "16 hex digits with a 1 for each unknown bit; known bits are 0 without --known-key");
    sub->add_option("--threads", command->threads, "default: one a core")
        ->check(CLI::Range(1U, 1024U).description("1 to 1024"));
    sub->add_option("--device", command->device,
                    "auto (the CPU, and graphics cards for 2^33 keys and more; the default), cpu, or numbers of crack "
                    "devices: 1 or 0,1");
    sub->add_flag("--gentle", command->gentle, "cards work for at most 0.1 s at a time, so that the desktop goes on");
    sub->add_option("--part", command->part, "i/n: only the i-th of n equal parts of the search");
    sub->add_option("--checkpoint", command->checkpoint, "keep the search's progress in this file and go on from it")
        ->check(names_something());
    refuse_variant(sub, "crack des", "it searches keys of DES");
    sub->footer(
        "Example: keyhole crack des --plaintext 0123456789ABCDEF --ciphertext 85E813540F0AB405 \\\n"
        "             --known-key 133457799BBCDFF1 --unknown-bits 30\n"
        "Prints the key, with odd parity. Exit status 1: no key in this part, or stopped (Ctrl-C) before.");
    sub->callback([command, &status] { command->run(status); });
}

} // namespace keyhole::cli
