#include <thread>
#include <utility>

#include "viz/base/work/job.hpp"

namespace keyhole::viz {

class Job::Runner {
  public:
    explicit Runner(Job& job)
        : thread_([&job] {
              while (!job.run()) {
              }
          }) {}

  private:
    std::jthread thread_;
};

Job::Job(std::function<std::string(Progress&)> work)
    : work_(std::move(work)), runner_(std::make_unique<Runner>(*this)) {}

Job::~Job() { cancel(); }

bool Job::Progress::slice_over() const { return false; }

bool Job::beside_the_window() { return true; }

} // namespace keyhole::viz
