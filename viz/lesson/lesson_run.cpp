#include "viz/lesson/lesson_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "viz/files/window_state.hpp"

namespace keyhole::viz {
namespace {

using nlohmann::json;

constexpr std::string_view format = "keyhole-lessons/1";
constexpr std::size_t largest_file = std::size_t{1} << 20U;

json read_all(const std::filesystem::path& file) {
    std::error_code none;
    if (file.empty() || !std::filesystem::exists(file, none)) return json::object();
    try {
        json all = json::parse(read_file(file, largest_file));
        if (all.at("format") == format && all.at("lessons").is_object()) return all.at("lessons");
    } catch (const std::exception&) { // what is no memory of ours is written anew
    }
    return json::object();
}

bool is_question(const lesson::Lesson& lesson, std::size_t part, std::size_t block) {
    return part < lesson.parts.size() && block < lesson.parts[part].blocks.size() &&
           lesson.parts[part].blocks[block].question.has_value();
}

// The first step to which a block has a link, but for those `asked`.
std::string address_in(const lesson::Block& block, const std::set<std::string>& asked) {
    const auto first = [&](const std::vector<lesson::Span>& spans) {
        const auto link = std::ranges::find_if(
            spans, [&](const lesson::Span& span) { return !span.address.empty() && !asked.contains(span.address); });
        return link == spans.end() ? std::string() : link->address;
    };
    for (const auto& cell : block.cells)
        if (std::string named = first(cell); !named.empty()) return named;
    return first(block.spans);
}

} // namespace

std::filesystem::path lesson_memory_file() {
    const std::filesystem::path window = window_state_file();
    return window.empty() ? window : window.parent_path() / "lessons.json";
}

LessonRun::LessonRun(lesson::OpenLesson lesson, std::filesystem::path memory)
    : open_(std::move(lesson)), memory_(std::move(memory)), name_(open_.lesson().title) {
    read_memory();
}

void LessonRun::show_part(std::size_t part) {
    if (part >= parts() || part == part_) return;
    part_ = part;
    write_memory();
}

const Trace* LessonRun::trace() const {
    const auto& blocks = open_.lesson().parts[part_].blocks;
    const auto opening = std::ranges::find(blocks, lesson::BlockKind::opening, &lesson::Block::kind);
    const auto at = static_cast<std::size_t>(opening == blocks.end() ? 0 : opening - blocks.begin());
    return open_.trace_at({part_, at});
}

std::string LessonRun::first_address() const {
    const Trace* looked_at = trace();
    if (looked_at == nullptr) return {};
    std::set<std::string> asked; // a picture of it would tell the answer
    for (std::size_t p = part_; p < parts(); ++p)
        for (const lesson::Block& block : open_.lesson().parts[p].blocks)
            if (block.question && !block.question->value.empty()) asked.insert(block.question->at);
    for (std::size_t p = part_; p < parts(); ++p) {
        const auto& blocks = open_.lesson().parts[p].blocks;
        for (std::size_t b = 0; b < blocks.size(); ++b) {
            if (open_.trace_at({p, b}) != looked_at) continue;
            if (std::string named = address_in(blocks[b], asked); !named.empty()) return named;
        }
    }
    return {};
}

std::size_t LessonRun::seen_blocks() const {
    const auto& blocks = open_.lesson().parts[part_].blocks;
    const auto found = passed_.find(part_);
    std::size_t left = found == passed_.end() ? 0 : found->second;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (blocks[i].kind != lesson::BlockKind::pause) continue;
        if (left == 0) return i;
        --left;
    }
    return blocks.size();
}

bool LessonRun::pauses() const { return parts() > 0 && seen_blocks() < open_.lesson().parts[part_].blocks.size(); }

void LessonRun::pass() {
    if (!pauses()) return;
    ++passed_[part_];
    write_memory();
}

const LessonAnswer& LessonRun::answer(lesson::Place place) const {
    static const LessonAnswer none;
    const auto found = answers_.find({place.part, place.block});
    return found == answers_.end() ? none : found->second;
}

bool LessonRun::take(lesson::Place place, const std::string& typed) {
    const bool blank = typed.find_first_not_of(" \t") == std::string::npos;
    if (blank || !is_question(open_.lesson(), place.part, place.block) || answer(place).over()) return false;
    const lesson::Question& question = *open_.lesson().parts[place.part].blocks[place.block].question;
    LessonAnswer& mine = answers_[{place.part, place.block}];
    mine.typed = typed;
    const Trace* trace = open_.trace_at(place);
    if (question.choices.empty() ? trace != nullptr && is_right(question, *trace, typed)
                                 : typed == question.choices[question.right]) {
        mine.right = true;
    } else {
        ++mine.misses;
    }
    write_memory();
    return true;
}

std::pair<std::size_t, std::size_t> LessonRun::score() const {
    std::size_t right = 0, over = 0;
    for (const auto& [place, answer] : answers_) {
        right += answer.right ? 1 : 0;
        over += answer.over() ? 1 : 0;
    }
    return {right, over};
}

void LessonRun::read_memory() {
    try {
        const json all = read_all(memory_);
        if (!all.contains(name_)) return;
        const json& mine = all.at(name_);
        part_ = std::min(mine.value("part", std::size_t{0}), std::max<std::size_t>(parts(), 1) - 1);
        for (const json& each : mine.value("passed", json::array()))
            passed_[each.at(0).get<std::size_t>()] = each.at(1).get<std::size_t>();
        for (const json& each : mine.value("answers", json::array())) {
            const Key place = {each.at("part").get<std::size_t>(), each.at("block").get<std::size_t>()};
            // Answers of a lesson that has been rewritten since belong to other questions.
            if (!is_question(open_.lesson(), place.first, place.second)) continue;
            const lesson::Question& question = *open_.lesson().parts[place.first].blocks[place.second].question;
            if (each.at("line").get<std::size_t>() != question.line) continue;
            answers_[place] = {each.at("typed").get<std::string>(), each.at("misses").get<unsigned>(),
                               each.at("right").get<bool>()};
        }
    } catch (const std::exception&) { // what cannot be read is answered again
        answers_.clear();
    }
}

void LessonRun::write_memory() {
    if (memory_.empty()) return;
    json answers = json::array(), passed = json::array();
    for (const auto& [place, answer] : answers_)
        answers.push_back({{"part", place.first},
                           {"block", place.second},
                           {"line", open_.lesson().parts[place.first].blocks[place.second].question->line},
                           {"typed", answer.typed},
                           {"misses", answer.misses},
                           {"right", answer.right}});
    for (const auto& [part, count] : passed_) passed.push_back({part, count});
    try {
        json all = read_all(memory_); // another window may have written since
        all[name_] = {{"part", part_}, {"passed", passed}, {"answers", answers}};
        std::error_code failed;
        std::filesystem::create_directories(memory_.parent_path(), failed);
        write_file(
            memory_,
            json{{"format", format}, {"lessons", all}}.dump(2, ' ', false, json::error_handler_t::replace) + "\n",
            Readers::owner);
        trouble_.clear();
    } catch (const Error& error) {
        trouble_ = error.what();
    }
}

} // namespace keyhole::viz
