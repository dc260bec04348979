// The course that comes with the program, and lesson files by path or by name.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "lesson/open_lesson.hpp"

namespace keyhole::lesson {

/// The files of assets/lessons, in the order of their names.
std::vector<std::filesystem::path> course();

/// The path itself, or the lesson of the course that is called so ("01-two-strangers", "1"). Throws Error (io) where
/// there is neither and a lesson of the course is called nearly so.
std::filesystem::path find_lesson(const std::string& named);

/// Read and opened; what is wrong with it is among its faults, links to files that do not lie beside it too. Throws
/// Error as read_file and parse_lesson do.
OpenLesson read_lesson(const std::filesystem::path& file);

/// The same; its first fault is thrown, too (bad_input).
OpenLesson read_sound_lesson(const std::filesystem::path& file);

} // namespace keyhole::lesson
