#include "viz/pages/compare/trace_difference.hpp"

#include <fmt/format.h>

#include "core/base/bytes.hpp"
#include "core/base/words.hpp"

namespace keyhole::viz {
namespace {

constexpr std::size_t longest_value = 80; // characters

} // namespace

void TraceDifference::begin(const Session& first, const Session& second) {
    first_ = first.id;
    second_ = second.id;
    titles_ = fmt::format("\"{}\" and \"{}\"", first.title, second.title);
    words_ = fmt::format("Comparing {} ..", titles_);
    address_.clear();
    found_ = std::make_shared<TraceComparison>();
    job_ = std::make_unique<Job>([a = first.recording, b = second.recording, into = found_](Job::Progress&) {
        *into = compare_traces(a, b);
        return std::string();
    });
}

void TraceDifference::tick() {
    if (!job_ || job_->running()) return;
    const auto outcome = job_->take();
    job_.reset();
    if (outcome->failed) {
        words_ = fmt::format("{} could not be compared: {}", titles_, outcome->words);
        return;
    }
    words_ = fmt::format("{}: {}", titles_, difference_words(*found_));
    address_ = found_->first ? found_->first->address : "";
}

std::string TraceDifference::address(const Session& session) const {
    return session.id == first_ || session.id == second_ ? address_ : "";
}

std::string difference_words(const TraceComparison& comparison) {
    if (!comparison.first) return "no step differs.";
    const StepDifference& first = *comparison.first;
    const std::string all = fmt::format("{} {} in all.", counted(comparison.steps, "step"),
                                        singular_or(comparison.steps, "differs", "differ"));
    if (first.name == "step")
        return fmt::format("they part at {}, which is {} in the first and {} in the second; {}", first.address,
                           first.first, first.second, all);
    return fmt::format("they part at {}: {} is {} in the first and {} in the second; {}", first.address, first.name,
                       excerpt(first.first, longest_value), excerpt(first.second, longest_value), all);
}

} // namespace keyhole::viz
