#include "core/fast/bitslice/generate/schedule.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <random>
#include <set>
#include <tuple>

namespace keyhole::bitslice::generate {
namespace {

constexpr int registers = 28; // four more for copies
constexpr std::size_t boxes_at_once = 3;
constexpr double steps_a_cycle = 3.6;
constexpr double age_bonus = 2; // cycles that an earlier box is ahead

double latency(const Step& step) {
    switch (step.kind) {
        case Step::Kind::entry: return 8;
        case Step::Kind::gate: return 2;
        case Step::Kind::leave: return 0;
    }
    return 0;
}

class Scheduler {
  public:
    Scheduler(const std::vector<Step>& steps, std::uint64_t seed)
        : steps_(steps),
          users_(steps.size()),
          readers_left_(steps.size()),
          missing_(steps.size()),
          urgency_(steps.size()),
          ready_at_(steps.size()) {
        std::mt19937_64 random(seed);
        std::iota(box_order_.begin(), box_order_.end(), 0U);
        std::shuffle(box_order_.begin(), box_order_.end(), random);
        for (std::size_t s = 0; s < steps.size(); ++s) {
            for (const std::size_t input : sources(s)) users_[input].push_back(s);
            missing_[s] = sources(s).size();
            ++steps_left_[steps[s].box];
        }
        std::uniform_real_distribution<double> noise(0, 4);
        for (std::size_t s = steps.size(); s-- > 0;) {
            double rest = 0;
            for (const std::size_t user : users_[s]) rest = std::max(rest, urgency_[user]);
            urgency_[s] = latency(steps[s]) + rest;
            readers_left_[s] = users_[s].size();
        }
        for (std::size_t s = 0; s < steps.size(); ++s) {
            urgency_[s] += noise(random) - age_bonus * static_cast<double>(place(s));
        }
    }

    std::vector<std::size_t> run() {
        std::vector<std::size_t> order;
        while (opened_ < boxes_at_once) open_box();
        while (!ready_.empty()) {
            const std::size_t chosen = choose();
            execute(chosen);
            order.push_back(chosen);
        }
        return order;
    }

  private:
    std::set<std::size_t> sources(std::size_t step) const {
        return {steps_[step].inputs.begin(), steps_[step].inputs.end()};
    }

    // Of its box in the order of boxes.
    std::ptrdiff_t place(std::size_t step) const {
        return std::find(box_order_.begin(), box_order_.end(), steps_[step].box) - box_order_.begin();
    }

    void open_box() {
        if (opened_ == box_order_.size()) return;
        const unsigned box = box_order_[opened_++];
        for (std::size_t s = 0; s < steps_.size(); ++s) {
            if (steps_[s].box == box && steps_[s].inputs.empty()) ready_.insert(s);
        }
    }

    // By how many values more registers are taken.
    int growth(std::size_t step) const {
        int change = steps_[step].kind == Step::Kind::leave ? 0 : 1;
        for (const std::size_t input : sources(step)) change -= readers_left_[input] == 1 ? 1 : 0;
        return change;
    }

    std::size_t choose() {
        std::vector<std::size_t> fitting;
        for (const std::size_t s : ready_) {
            if (growth(s) <= 0 || live_ + growth(s) <= registers) fitting.push_back(s);
        }
        if (fitting.empty()) { // on with the oldest box, whose end sets registers free
            return *std::min_element(ready_.begin(), ready_.end(), [&](std::size_t a, std::size_t b) {
                return std::tuple(place(a), growth(a), -urgency_[a]) < std::tuple(place(b), growth(b), -urgency_[b]);
            });
        }
        double soonest = ready_at_[fitting.front()];
        for (const std::size_t s : fitting) soonest = std::min(soonest, ready_at_[s]);
        now_ = std::max(now_, soonest);
        const bool scarce = live_ >= registers - 2;
        const auto before = [&](std::size_t a, std::size_t b) { // the later ones are not ready
            const bool waits_a = ready_at_[a] > now_, waits_b = ready_at_[b] > now_;
            if (waits_a != waits_b) return waits_b;
            if (scarce && growth(a) != growth(b)) return growth(a) < growth(b);
            return urgency_[a] > urgency_[b];
        };
        return *std::min_element(fitting.begin(), fitting.end(), before);
    }

    void execute(std::size_t step) {
        ready_.erase(step);
        live_ += growth(step);
        const double done = now_ + latency(steps_[step]);
        now_ += 1 / steps_a_cycle;
        for (const std::size_t input : sources(step)) --readers_left_[input];
        for (const std::size_t user : users_[step]) {
            ready_at_[user] = std::max(ready_at_[user], done);
            if (--missing_[user] == 0) ready_.insert(user);
        }
        if (--steps_left_[steps_[step].box] == 0) open_box();
    }

    const std::vector<Step>& steps_;
    std::array<unsigned, 8> box_order_{};
    std::array<std::size_t, 8> steps_left_{};
    std::size_t opened_ = 0;
    std::vector<std::vector<std::size_t>> users_;
    std::vector<std::size_t> readers_left_, missing_;
    std::vector<double> urgency_, ready_at_;
    std::set<std::size_t> ready_;
    int live_ = 0;
    double now_ = 0;
};

} // namespace

std::vector<Step> scheduled(const std::vector<Step>& steps, std::uint64_t seed) {
    const std::vector<std::size_t> order = Scheduler(steps, seed).run();
    std::vector<std::size_t> place(steps.size());
    for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = i;
    std::vector<Step> out;
    for (const std::size_t s : order) {
        out.push_back(steps[s]);
        for (std::size_t& input : out.back().inputs) input = place[input];
    }
    return out;
}

} // namespace keyhole::bitslice::generate
