// A class behind the window: the server of classroom/server on a thread of its own. The window never waits for it: what
// happened is copied out, what is shown and asked is posted in.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "classroom/server/class_server.hpp"
#include "netsim/tcp/loop_thread.hpp"
#include "viz/base/work/run_state.hpp"
#include "viz/classroom/class_state.hpp"

namespace keyhole::viz {

class ClassController {
  public:
    ClassController();
    /// Tells everybody that the class is over, and gives that a moment.
    ~ClassController();
    ClassController(const ClassController&) = delete;
    ClassController& operator=(const ClassController&) = delete;

    /// `wake` is called from another thread whenever state() has changed.
    void set_wake(std::function<void()> wake) { state_.set_wake(std::move(wake)); }

    /// Stops a class that ran. Another begins as soon as there is something to show(), with the parameters of that for
    /// those who chat with it; `pages` makes what students get to read, on the class's threads. What becomes of it is
    /// told by state(): its addresses or its error.
    void start(const HostPort& listen, classroom::ClassPages pages);
    void stop();
    /// It was started, has not been stopped, and nothing went wrong.
    bool running() const { return state_.running(); }

    ClassState state() const { return state_.get(); }
    std::uint64_t version() const { return state_.version(); }

    /// What is to be seen now, after each frame. The recording goes out again when `version` is another.
    void show(const Recording& recording, std::uint64_t version, const std::string& address,
              LectureCover cover = LectureCover::nothing);
    /// The question before is over.
    void ask(classroom::Question question);
    void close_question();
    void reveal();

  private:
    struct Beginning {
        HostPort listen;
        classroom::ClassPages pages;
        std::uint64_t run = 0;
    };
    void begin(const Beginning& with, Recording recording, const LecturePlace& place);
    void show_another(Recording recording, const LecturePlace& place);
    void fail(const std::string& why);
    void end_server();
    void publish();
    void publish_soon();

    RunState<ClassState> state_;
    // The window's own: what it was told to begin with, and what it showed last to the class that runs.
    std::optional<Beginning> beginning_;
    std::uint64_t shown_version_ = 0;
    LecturePlace shown_place_;
    // Below: the thread's own while it runs.
    LoopThread loop_;
    std::shared_ptr<classroom::ClassServer> server_;
    std::uint64_t run_ = 0;   // for whom it speaks to state_
    std::uint64_t round_ = 0; // counts classes: events of one that was left are ignored
    bool publishing_ = false;
};

} // namespace keyhole::viz
