#include "viz/platform/options.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <tuple>

#include "core/base/bytes.hpp"
#include "core/base/choice.hpp"
#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/base/words.hpp"
#include "core/recording/workbench.hpp"
#include "flags/options.hpp"
#include "flags/usage.hpp"
#include "flags/variant_flag.hpp"
#include "lesson/course.hpp"
#include "netsim/capture/open_recording.hpp"
#include "netsim/protocol/loopback.hpp"
#include "viz/app/page_table.hpp"
#include "viz/platform/typed_options.hpp"

namespace keyhole::viz {
namespace {

using cli::in_quotes;

bool parameter_flags(const TypedOptions& t) { return t.server.given() || t.server.kdf; }
bool private_flags(const TypedOptions& t) { return t.server_private || t.client_private; }
bool exchange_flags(const TypedOptions& t) {
    return parameter_flags(t) || t.seed || !t.says.empty() || private_flags(t);
}

bool workbench_flags(const TypedOptions& t) {
    const WorkbenchText& w = t.workbench;
    return w.key || w.key_text || w.hex || w.text || w.base64 || w.file || w.iv || w.padding || w.decrypt;
}

bool follows_only(const TypedOptions& t) { return t.follow && !exchange_flags(t) && !workbench_flags(t) && !t.open; }

std::optional<LiveOptions> live_of(const TypedOptions& typed) {
    if (typed.max_sessions && !typed.listen)
        throw bad_input("--max-sessions belongs to --listen (only a server has sessions; give an address)");
    if (follows_only(typed) && (typed.server.mode || typed.go_to || typed.variant))
        throw bad_input(
            "a follower shows what the lecture shows (--mode, --variant and --goto do not go with --follow; leave them "
            "out)");
    if (!typed.listen && !typed.connect) return std::nullopt;
    if (typed.variant)
        throw bad_input(
            "a live exchange takes no --variant (its peer enciphers with DES, and what crosses the wire is keyhole/1; "
            "look at a variant in an exchange within the window)");
    if (typed.listen && typed.connect)
        throw bad_input("a window listens or connects (it is one of the two parties; give --listen or --connect)");
    if (typed.open || workbench_flags(typed) || typed.follow)
        throw bad_input(
            "a live exchange has no other trace beside it (it makes its own; give --listen or --connect alone)");
    if (!typed.says.empty())
        throw bad_input(
            "--say belongs to an exchange within the window (a live one has its own field; type it on the live page)");
    const std::string own = typed.listen ? "--server-private" : "--client-private";
    const auto& [own_key, others_key] = typed.listen ? std::tie(typed.server_private, typed.client_private)
                                                     : std::tie(typed.client_private, typed.server_private);
    if (others_key)
        throw bad_input(fmt::format(
            "a live window has one private key (the other one is its peer's, and stays there; give {})", own));
    LiveOptions options{.role = typed.listen ? Role::server : Role::client,
                        .address = parse_host_port(typed.listen ? *typed.listen : *typed.connect),
                        .party = {},
                        .max_sessions = typed.max_sessions.value_or(default_max_sessions)};
    if (typed.connect && (parameter_flags(typed) || typed.server.mode))
        throw bad_input(
            "the server chooses the parameters (a client takes them; give --group, --p, --g, --kdf and --mode with "
            "--listen)");
    if (typed.listen) {
        const cli::ServerChoice choice = cli::resolve(typed.server);
        options.party.offer = make_offer(choice.group, choice.kdf, choice.mode);
    }
    options.party.random = cli::random_of(typed.seed);
    options.party.private_key = cli::private_key_of(own, own_key);
    if (options.party.offer && options.party.private_key)
        check_private_key(*options.party.private_key, *options.party.offer, Role::server);
    return options;
}

// Nothing says what is to be seen: the page of the ways in says what there is.
bool says_nothing(const TypedOptions& t) {
    return !exchange_flags(t) && !workbench_flags(t) && !t.open && !t.listen && !t.connect && !t.follow && !t.lesson &&
           !t.server.mode && !t.variant && !t.go_to && !t.view && !t.press && !t.present;
}

Recording exchange_of(const TypedOptions& typed) {
    cli::ExchangeText exchange = typed;
    if (says_nothing(typed)) exchange.server.group = "toy23";
    return cli::record_exchange(exchange);
}

std::string title_of(const TypedOptions& typed, const Recording& recording) {
    if (typed.listen) return "listening, nobody yet";
    if (typed.connect) return "connecting";
    if (follows_only(typed)) return "waiting for a lecture";
    if (typed.open) return escape_controls(std::filesystem::path(*typed.open).filename().string());
    if (recording.parameters) return fmt::format("exchange in {}", recording.parameters->group);
    return "workbench";
}

Recording opened(const TypedOptions& typed) {
    Overheard opened = open_recording(*typed.open, typed.stream).value();
    for (const std::string& remark : opened.remarks)
        cli::tell(fmt::format("keyhole: {}: {}\n", shown(*typed.open), remark));
    cli::say_variant(opened.recording.variant);
    return std::move(opened.recording);
}

std::filesystem::path memory_of_lessons(const TypedOptions& typed) {
    return typed.no_state || typed.screenshot ? std::filesystem::path() : lesson_memory_file();
}

// The lesson, which brings its own trace.
std::shared_ptr<LessonRun> lesson_of(const TypedOptions& typed) {
    if (exchange_flags(typed) || workbench_flags(typed) || typed.open || typed.listen || typed.connect ||
        typed.follow || typed.variant)
        throw bad_input("a lesson brings its own trace (its file says which; give --lesson alone)");
    return std::make_shared<LessonRun>(lesson::read_sound_lesson(lesson::find_lesson(*typed.lesson)),
                                       memory_of_lessons(typed));
}

// What the part that is open looks at; a lesson without a trace has an exchange beside it.
Recording recording_of(const LessonRun& lesson, const TypedOptions& typed) {
    const Trace* trace = lesson.trace();
    return trace != nullptr ? trace->recording() : exchange_of(typed);
}

Recording recording_of(const TypedOptions& typed) {
    const int sources = (exchange_flags(typed) ? 1 : 0) + (workbench_flags(typed) ? 1 : 0) + (typed.open ? 1 : 0);
    if (sources > 1)
        throw bad_input(
            "these flags do not go together (an exchange, --open FILE, or --key with a message: choose one of the "
            "three)");
    if (typed.open && typed.variant)
        throw bad_input(
            "--variant does not go with --open (a recording says itself what its blocks went through; leave it out)");
    if (typed.stream && !typed.open)
        throw bad_input("--stream belongs to --open (it chooses among the conversations of a capture; name a file)");
    if (typed.open) return opened(typed);
    if (workbench_flags(typed)) {
        if (!typed.workbench.key && !typed.workbench.key_text)
            throw bad_input(
                "a message without a key (DES needs one; give --hex, --text, --base64, --in, --iv, --padding and "
                "--decrypt with --key K or --key-text T)");
        const WorkbenchInput input = resolve(typed.workbench);
        cli::say_variant(input.variant);
        return record_des(input.settings, input.direction, input.iv, input.data, input.variant);
    }
    return exchange_of(typed);
}

float scale_of(const std::string& text) {
    const bool plain = !text.empty() && text.find_first_not_of("0123456789.") == std::string::npos;
    char* end = nullptr;
    const float scale = std::strtof(text.c_str(), &end); // from_chars reads no float in libc++
    if (!plain || *end != '\0' || !(scale >= 1.0F && scale <= 3.0F))
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

Options meant(const TypedOptions& typed) {
    Options options;
    if (typed.view) {
        const PageInfo* page = find_page(*typed.view);
        if (!page) throw unknown_word("--view", *typed.view, page_names());
        options.page = page->name;
    }
    if (typed.theme) options.theme = chosen(every_theme, "--theme", *typed.theme);
    options.no_state = typed.no_state;
    options.present = typed.present;
    options.still = typed.still;
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
    if (const std::string end = lower_case(std::filesystem::path(options.screenshot).extension().string());
        end == ".jpg" || end == ".jpeg" || end == ".svg" || end == ".gif" || end == ".webp" || end == ".bmp" ||
        end == ".pdf")
        throw bad_input(fmt::format("--screenshot {} is no name of a PNG (that is what is written; write FILE.png)",
                                    in_quotes(options.screenshot)));
    options.live = live_of(typed);
    if (options.live && !typed.view) options.page = PageName::live;
    if (says_nothing(typed)) options.page = PageName("start");
    if (typed.class_at) {
        parse_host_port(*typed.class_at); // throws where it is none
        options.class_at = typed.class_at;
        if (!typed.view) options.page = PageName("class");
    }
    if (typed.publish) options.publish = parse_host_port(*typed.publish);
    if (typed.follow) options.follow = parse_host_port(*typed.follow);
    options.lesson_memory = memory_of_lessons(typed);
    if (typed.lesson) {
        options.lesson = lesson_of(typed);
        options.recording = recording_of(*options.lesson, typed);
    } else if (options.live || follows_only(typed)) {
        options.recording.connected = true; // the rest comes over the wire
    } else {
        options.recording = recording_of(typed);
    }
    options.title = options.lesson ? options.lesson->open().lesson().title : title_of(typed, options.recording);
    if (StepTree(options.recording).total() == 0)
        throw bad_input("there is nothing to see (the recording holds no step; open another)");
    if (typed.go_to) {
        options.go_to = *typed.go_to;
        StepTree(options.recording).at(options.go_to); // throws where there is no such step
    } else if (options.lesson) {
        options.go_to = options.lesson->first_address();
    }
    return options;
}

} // namespace

std::optional<Options> read_options(int argc, char** argv) {
    const std::optional<TypedOptions> typed = parse_flags(argc, argv);
    return typed ? std::optional(meant(*typed)) : std::nullopt;
}

} // namespace keyhole::viz
