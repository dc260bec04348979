// The flags of keyhole-viz and what they mean: where the recording comes from and how the window starts.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "core/recording/recording.hpp"
#include "viz/lesson/lesson_run.hpp"
#include "viz/live/live_controller.hpp"
#include "viz/platform/offscreen.hpp"

namespace keyhole::viz {

struct Options {
    Recording recording;
    std::optional<LiveOptions> live; // then the recording is only what an exchange begins with
    std::optional<HostPort> publish, follow;
    std::optional<std::string> class_at; // HOST:PORT
    std::shared_ptr<LessonRun> lesson;   // shown beside the stage
    std::filesystem::path lesson_memory; // keeps what is answered in lessons; empty: nothing is kept
    std::string title;                   // what the recording is, in a few words
    std::string go_to;                   // empty: the first step
    PageName page = PageName::steps;
    std::optional<ThemeName> theme;
    std::optional<float> scale;
    bool no_state = false, present = false, still = false;
    std::string screenshot; // empty: open a window
    std::vector<ScriptedKey> press;
    PictureSize size;
};

/// Reads the command line and makes the recording. Empty when --help or --version was all. Throws Error, one line.
std::optional<Options> read_options(int argc, char** argv);

} // namespace keyhole::viz
