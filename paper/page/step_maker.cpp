#include "paper/page/step_maker.hpp"

#include <algorithm>
#include <future>
#include <memory>
#include <span>
#include <thread>

#include "paper/page/step_html.hpp"

namespace keyhole::paper {
namespace {

constexpr std::size_t at_once = 96; // steps a worker makes before they are taken: a few megabytes of shapes
constexpr unsigned most_workers = 8;

class Worker {
  public:
    Worker(const Recording& recording, const viz::Theme& theme)
        : trace_(recording), theme_(theme), type_(figure_type(theme, Lacking::left_to_shower)) {}

    std::vector<MadeStep> make(std::span<const Node> nodes) const {
        std::vector<MadeStep> out;
        out.reserve(nodes.size());
        for (const Node& node : nodes) {
            const Step step = trace_.step(node);
            out.push_back({node, step.address, step.title, step_html(step), make_figure(trace_, step, theme_, type_)});
        }
        return out;
    }

  private:
    Trace trace_;
    const viz::Theme& theme_;
    PaperType type_;
};

} // namespace

void make_steps(const Recording& recording, const std::vector<Node>& nodes, const viz::Theme& theme,
                const std::function<void(MadeStep)>& take) {
    const std::size_t useful = (nodes.size() + at_once - 1) / at_once;
    const std::size_t count =
        std::clamp<std::size_t>(std::min<std::size_t>(std::thread::hardware_concurrency(), useful), 1, most_workers);
    std::vector<std::unique_ptr<Worker>> workers;
    for (std::size_t i = 0; i < count; ++i) workers.push_back(std::make_unique<Worker>(recording, theme));
    std::vector<std::future<std::vector<MadeStep>>> coming(count);
    const std::span<const Node> all(nodes);
    const auto begin = [&](std::size_t batch) {
        const std::size_t from = batch * at_once;
        if (from >= all.size()) return;
        const auto part = all.subspan(from, std::min(at_once, all.size() - from));
        const Worker& worker = *workers[batch % count];
        coming[batch % count] = std::async(std::launch::async, [&worker, part] { return worker.make(part); });
    };
    for (std::size_t batch = 0; batch < count; ++batch) begin(batch);
    for (std::size_t batch = 0; batch * at_once < all.size(); ++batch) {
        std::vector<MadeStep> made = coming[batch % count].get();
        begin(batch + count);
        for (MadeStep& step : made) take(std::move(step));
    }
}

} // namespace keyhole::paper
