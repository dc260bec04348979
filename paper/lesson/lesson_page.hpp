// A lesson as one file that a browser opens from disk: the figures of its steps inside, its questions answered where
// scripts run and opened by hand where none do.
#pragma once

#include <string>

#include "lesson/open_lesson.hpp"

namespace keyhole::paper {

/// The lesson must be without faults. Throws Error (io) where a font is missing.
std::string lesson_html(const lesson::OpenLesson& lesson);

} // namespace keyhole::paper
