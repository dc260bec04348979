// The lessons that come with the program, to choose from.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "viz/draw/screen_canvas.hpp"
#include "viz/frame/frame_context.hpp"

namespace keyhole::viz {

/// What stands in assets/lessons; read once.
class Course {
  public:
    struct Entry {
        std::filesystem::path file;
        std::string title;
    };
    Course();

    const std::vector<Entry>& lessons() const { return lessons_; }

  private:
    std::vector<Entry> lessons_;
};

/// Opens it beside the stage, with the trace that its open part looks at; what is wrong with it becomes a notice.
void begin_lesson(FrameContext& context, const Course::Entry& entry);

/// How high draw_course() will be, `width` pixels wide.
float course_height(const FrameContext& context, const ScreenCanvas& canvas, const Course& course, float width);

/// A button for each lesson; `chosen` stands out. A click begins the lesson.
void draw_course(FrameContext& context, ScreenCanvas& canvas, const Course& course, std::optional<std::size_t> chosen);

} // namespace keyhole::viz
