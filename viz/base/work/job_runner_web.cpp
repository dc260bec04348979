#include <algorithm>
#include <deque>
#include <utility>

#include "viz/base/work/job.hpp"
#include "viz/base/work/waiting_jobs_web.hpp"

namespace keyhole::viz {
namespace {

constexpr std::chrono::milliseconds longest_slice{30};

// A page has one window, and its jobs one queue.
std::deque<std::function<void()>*>& waiting() {
    static std::deque<std::function<void()>*> all;
    return all;
}

} // namespace

class Job::Runner {
  public:
    explicit Runner(Job& job)
        : run_([this, &job] {
              if (!job.run()) waiting().push_back(&run_);
          }) {
        waiting().push_back(&run_);
    }
    ~Runner() { std::erase(waiting(), &run_); }
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;

  private:
    std::function<void()> run_;
};

Job::Job(std::function<std::string(Progress&)> work)
    : work_(std::move(work)), runner_(std::make_unique<Runner>(*this)) {}

Job::~Job() { cancel(); }

bool Job::Progress::slice_over() const { return std::chrono::steady_clock::now() - began_ > longest_slice; }

bool Job::beside_the_window() { return false; }

bool job_waits() { return !waiting().empty(); }

void run_waiting_job() {
    if (waiting().empty()) return;
    std::function<void()>* const next = waiting().front();
    waiting().pop_front();
    (*next)();
}

} // namespace keyhole::viz
