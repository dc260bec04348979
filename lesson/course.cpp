#include "lesson/course.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "core/base/bytes.hpp"
#include "core/base/choice.hpp"
#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/base/resources.hpp"
#include "core/base/spelling/whole_number.hpp"

namespace keyhole::lesson {
namespace {

namespace fs = std::filesystem;

void look_for_files(const std::vector<Span>& spans, const fs::path& folder, std::vector<Fault>& faults) {
    for (const Span& span : spans) {
        const std::string path = span.href.substr(0, span.href.find('#'));
        std::error_code none;
        if (path.empty() || path.find(':') != std::string::npos || fs::exists(folder / path, none)) continue;
        faults.push_back({span.line, fmt::format("no file '{}' beside the lesson (a link leads there; mend the link)",
                                                 excerpt(path, 80))});
    }
}

Lesson parse_file(const fs::path& file) {
    const std::string text = read_file(file, max_lesson_bytes);
    try {
        return parse_lesson(text);
    } catch (const Error& error) {
        throw Error(error.failure(), fmt::format("{}: {}", shown(file), error.what()));
    }
}

} // namespace

std::vector<fs::path> course() {
    std::vector<fs::path> files;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(resources::asset_dir() / "lessons", none))
        if (entry.path().extension() == ".md") files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

fs::path find_lesson(const std::string& named) {
    std::error_code unreadable;
    if (fs::exists(named, unreadable) || named.find('/') != std::string::npos) return named;
    const std::vector<fs::path> files = course();
    for (const fs::path& file : files)
        if (file.filename() == named || file.stem() == named) return file;
    if (const auto number = whole_number<unsigned>(named)) {
        for (const fs::path& file : files)
            if (file.filename().string().starts_with(fmt::format("{:02}-", *number))) return file;
    }
    std::vector<std::string> names;
    std::ranges::transform(files, std::back_inserter(names), [](const fs::path& file) { return file.stem().string(); });
    const std::string meant = did_you_mean(named, std::vector<std::string_view>(names.begin(), names.end()));
    if (meant.empty()) return named;
    throw Error(Failure::io,
                fmt::format("no lesson {} (there is no file of that name; {}keyhole lesson list shows them)",
                            shown(named), meant));
}

OpenLesson read_lesson(const fs::path& file) {
    Lesson lesson = parse_file(file);
    for (const Part& part : lesson.parts) {
        for (const Block& block : part.blocks) {
            look_for_files(block.spans, file.parent_path(), lesson.faults);
            for (const auto& cell : block.cells) look_for_files(cell, file.parent_path(), lesson.faults);
        }
    }
    return OpenLesson(std::move(lesson));
}

OpenLesson read_sound_lesson(const fs::path& file) {
    OpenLesson open = read_lesson(file);
    if (open.faults().empty()) return open;
    const Fault& fault = open.faults().front();
    throw bad_input(fmt::format("{}:{}: {}", shown(file), fault.line, fault.words));
}

} // namespace keyhole::lesson
