#include "cli/chat/chat.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/csv/csv.hpp"
#include "core/recording/fingerprint.hpp"
#include "core/recording/recording_json.hpp"
#include "flags/usage.hpp"

namespace keyhole::cli {

void add_chat_files(CLI::App* command, ChatFiles& files) {
    command->add_option("--csv", files.csv, "write the session's trace as CSV files into this folder when it ends")
        ->check(names_something());
    command->add_option("--record", files.record, "write the session's recording to this file when it ends")
        ->check(names_something());
}

void try_files(const ChatFiles& files) {
    if (!files.record.empty()) try_writing(files.record);
    if (!files.csv.empty()) try_csv(files.csv);
}

void write_files(const ChatFiles& files, const Recording& recording, unsigned number) {
    namespace fs = std::filesystem;
    // One file that cannot be written does not keep the other from being written.
    std::optional<Error> trouble;
    const auto attempt = [&](auto write) {
        try {
            write();
        } catch (const Error& error) {
            if (!trouble) trouble = error;
        }
    };
    if (!files.record.empty()) {
        fs::path path(files.record);
        if (number > 1) {
            path.replace_filename(fmt::format("{}.{}{}", path.stem().string(), number, path.extension().string()));
        }
        attempt([&] { save_recording(recording, path); });
    }
    if (!files.csv.empty()) {
        fs::path directory(files.csv);
        if (number > 1) directory /= fmt::format("client.{}", number);
        attempt([&] { write_csv(recording, directory); });
    }
    if (trouble) throw Error(*trouble);
}

void say_status(std::string_view text) { tell(fmt::format("keyhole: {}\n", text)); }

bool can_be_said(std::string_view text) {
    try {
        check_text(text);
        return true;
    } catch (const Error& error) {
        say_status(fmt::format("error: {}", error.what()));
        return false;
    }
}

void hint_at_the_end(std::string_view line) {
    constexpr std::array words = {"quit", "exit", "/quit", "/exit", ":q"};
    if (std::ranges::find(words, line) != words.end())
        say_status(fmt::format("'{}' is sent as a message like others; Ctrl+D ends the chat", line));
}

std::string text_line(std::string_view who, std::string_view text) {
    return fmt::format("{}> {}\n", who, escape_controls(text));
}

std::string describe(const Refused& refused) {
    return fmt::format("{}: {}{}{}", excerpt(refused.code, 200), excerpt(refused.detail, 200),
                       refused.reason.empty() ? "" : "; ", refused.reason);
}

void say_undelivered(std::string_view peer, const Undelivered& lost) {
    const UndeliveredWords words = undelivered_words(lost, peer);
    for (const std::string& line : {words.sent, words.unsent}) {
        if (!line.empty()) say_status(line);
    }
}

void warn_of_weakness() {
    say_status("warning: nobody is authenticated here and DES is broken: a chat to look into, not for secrets");
}

void say_fingerprint(std::string_view peer, const Recording& recording) {
    say_status(
        fmt::format("fingerprint with {}: {} (read it aloud: without a relay in between both ends have the same)", peer,
                    fingerprint(recording).value_or("none")));
}

} // namespace keyhole::cli
