#include <thread>
#include <utility>

#include "viz/base/job.hpp"

namespace keyhole::viz {

class Job::Runner {
  public:
    explicit Runner(Job& job) : thread_([&job] { job.run(); }) {}

  private:
    std::jthread thread_;
};

Job::Job(std::function<std::string(Progress&)> work)
    : work_(std::move(work)), runner_(std::make_unique<Runner>(*this)) {}

Job::~Job() { cancel(); }

} // namespace keyhole::viz
