// What views ask for. A view changes nothing by itself: it leaves a request here, and after the frame the application
// carries out all of them in the order in which they were asked for. None replaces another.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/steps/node.hpp"
#include "core/steps/viewer.hpp"
#include "viz/base/command.hpp"
#include "viz/base/page_name.hpp"
#include "viz/frame/ui_state.hpp"
#include "viz/session/session.hpp"

namespace keyhole::viz {

class Files;
class LiveController;

namespace request {

struct Run {
    Command command;
};
struct GoTo {
    Node node;
};
struct GoToAddress {
    std::string address;
};
struct Search {
    std::string text;
};
struct CloseSearch {};
struct ShowLeft {
    LeftPanel panel;
};
struct ShowOverlay {
    Overlay what;
};
struct Widen {
    Overlay panel;
    float width; // em
};
struct ShowPage {
    PageName page;
};
struct ShowAs {
    Viewer viewer;
};
struct Seek {
    std::uint64_t number;
    bool going_on;
};
struct Copy {
    std::string text, value;
};
struct EnterFile {};
struct File {
    std::function<void(Files&)> act;
};
struct Notice {
    std::string words;
};
struct Live {
    std::function<void(LiveController&)> act;
};
struct Open {
    Opened opened;
};
struct Press {
    KeyPress press;
};

} // namespace request

using Request = std::variant<request::Run, request::GoTo, request::GoToAddress, request::Search, request::CloseSearch,
                             request::ShowLeft, request::ShowOverlay, request::Widen, request::ShowPage,
                             request::ShowAs, request::Seek, request::Copy, request::EnterFile, request::File,
                             request::Notice, request::Live, request::Open, request::Press>;

class Requests {
  public:
    void run(Command command) { add(request::Run{command}); }
    void go_to(const Node& node) { add(request::GoTo{node}); }
    /// As it would be typed into the go-to field: what is wrong with it is said there.
    void go_to_address(std::string address) { add(request::GoToAddress{std::move(address)}); }
    /// What is typed into the go-to field now.
    void search(std::string text) { add(request::Search{std::move(text)}); }
    void close_search() { add(request::CloseSearch{}); }
    /// To a step by its number. A drag is one jump, however many steps it passes: `going_on` when it has moved already.
    void seek(std::uint64_t number, bool going_on) { add(request::Seek{number, going_on}); }
    void show(LeftPanel panel) { add(request::ShowLeft{panel}); }
    /// A panel over the others, in place of the one before.
    void show(Overlay what) { add(request::ShowOverlay{what}); }
    /// The left panel or the details, by dragging their border.
    void widen(Overlay panel, float width) { add(request::Widen{panel, width}); }
    void show(PageName page) { add(request::ShowPage{page}); }
    /// Whose sight of the exchange is shown.
    void show_as(Viewer viewer) { add(request::ShowAs{viewer}); }
    /// Text for the clipboard; `value` names the value of the step that it is, where it is one.
    void copy(std::string text, std::string value = {}) { add(request::Copy{std::move(text), std::move(value)}); }
    /// Does what the bar for files asks, as Enter does.
    void do_file() { add(request::EnterFile{}); }
    /// What else the bar for files is to do.
    void file(std::function<void(Files&)> act) { add(request::File{std::move(act)}); }
    /// One line to be shown in place of the one before; an empty one takes it away.
    void notice(std::string words) { add(request::Notice{std::move(words)}); }
    /// What the live exchange is to do.
    void live(std::function<void(LiveController&)> act) { add(request::Live{std::move(act)}); }
    /// As if the key were pressed.
    void press(const KeyPress& press) { add(request::Press{press}); }
    /// Shown as a session of its own; the one before is kept.
    void open(Opened opened) { add(request::Open{std::move(opened)}); }

    /// All of them, the first one first; none is left.
    std::vector<Request> take() { return std::exchange(queue_, {}); }

  private:
    void add(Request request) { queue_.push_back(std::move(request)); }

    std::vector<Request> queue_;
};

} // namespace keyhole::viz
