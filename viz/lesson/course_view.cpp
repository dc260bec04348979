#include "viz/lesson/course_view.hpp"

#include <memory>
#include <utility>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "lesson/course.hpp"
#include "viz/frame/field_view.hpp"
#include "viz/lesson/lesson_view.hpp"

namespace keyhole::viz {

Course::Course() {
    for (const std::filesystem::path& file : lesson::course()) {
        try {
            lessons_.push_back({file, lesson::parse_lesson(read_file(file, lesson::max_lesson_bytes)).title});
        } catch (const Error&) { // a file that cannot be read is none to choose
        }
    }
}

void begin_lesson(FrameContext& context, const Course::Entry& entry) {
    try {
        LessonMemory& memory = context.state.of<LessonMemory>();
        memory = {.run = std::make_shared<LessonRun>(lesson::read_sound_lesson(entry.file), memory.file),
                  .file = memory.file};
        const Trace* trace = memory.run->trace();
        if (trace == nullptr || trace->recording() == context.trace.recording())
            return context.requests.show(PageName::steps);
        context.requests.open(
            {.recording = trace->recording(), .title = entry.title, .go_to = memory.run->first_address()});
    } catch (const Error& error) {
        context.requests.notice(error.what());
    }
}

namespace {

constexpr const char* course_words = "Or a lesson, with questions:";

} // namespace

float course_height(const FrameContext& context, const ScreenCanvas& canvas, const Course& course, float width) {
    if (course.lessons().empty()) return 0;
    std::vector<const char*> titles;
    for (const Course::Entry& entry : course.lessons()) titles.push_back(entry.title.c_str());
    return canvas.paragraph_height(FontRole::text, width, course_words) + ImGui::GetStyle().ItemSpacing.y +
           flow_height(context, titles, width);
}

void draw_course(FrameContext& context, ScreenCanvas& canvas, const Course& course, std::optional<std::size_t> chosen) {
    if (course.lessons().empty()) return;
    canvas.paragraph(FontRole::text, Ink::muted, course_words);
    for (std::size_t i = 0; i < course.lessons().size(); ++i) {
        const bool on = i == chosen;
        if (on) {
            ImGui::PushStyleColor(ImGuiCol_Button, context.theme.colour(Ink::current));
            ImGui::PushStyleColor(ImGuiCol_Text, context.theme.colour(Ink::on_current));
        }
        if (flow_button(context, course.lessons()[i].title.c_str(), true, i == 0))
            begin_lesson(context, course.lessons()[i]);
        if (on) ImGui::PopStyleColor(2);
    }
}

} // namespace keyhole::viz
