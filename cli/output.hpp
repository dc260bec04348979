// What a command does with a recording once it has one: list it, show one step, export it, save it.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "core/recording/recording.hpp"

namespace keyhole::cli {

struct Output {
    std::optional<std::string> at;
    std::string csv, record, html, web;
    std::optional<std::string> blocks, viewer; // of the page
    std::optional<std::string> go_to;          // of the window that is one file
    bool json = false, step = false, plain = false;
};

/// Adds --at, --step, --plain, --csv, --html with its --blocks, --web with its --goto, and --json where `with_json`.
void add_output_options(CLI::App* command, Output& output, bool with_json);

/// The exchange in a recording, a text of wire lines or a capture; what a person should know of it goes to standard
/// error. Throws Error as open_recording of netsim/capture does.
Recording open_file(const std::string& file, std::optional<std::size_t> stream);

enum class Listing { always, unless_exported };

/// Checks --at first, then writes --csv, --record, --html and --web, then prints: the step that --at names, or all
/// steps. With --step it steps through them instead, from the one that --at names. Throws Error as the writers do, and
/// bad_input when there is no such step.
void show(const Recording& recording, const Output& output, Listing listing);

} // namespace keyhole::cli
