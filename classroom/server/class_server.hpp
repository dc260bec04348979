// A class on the web: the plain page, the lecture's lines, the questions, and a chat partner at /keyhole. What is shown
// is given to it already masked (seen_by of core/steps/viewer.hpp), so nothing else can leave. One thread; pages that
// take long are written on another.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "classroom/room.hpp"
#include "classroom/server/class_files.hpp"
#include "classroom/server/class_pages.hpp"
#include "classroom/server/device.hpp"
#include "classroom/server/shown_steps.hpp"
#include "classroom/server/slow_answer.hpp"
#include "netsim/lecture/lecture_line.hpp"
#include "netsim/protocol/offer.hpp"
#include "netsim/tcp/asio.hpp"
#include "netsim/tcp/party_server.hpp"
#include "netsim/web/web_server.hpp"

namespace keyhole::classroom {

struct ClassOptions {
    HostPort listen;
    std::size_t max_students = 300;
    Offer offer = {}; // of the chat partner at /keyhole
};

class ClassServer final : public WebSite {
  public:
    struct Handlers {
        /// Somebody came, left, answered or went somewhere.
        std::function<void()> on_change;
        /// The chat partner's clients.
        PartyConnection::Handlers chat;
    };

    /// Throws Error (io) where it cannot listen, or a file of the plain page is missing.
    ClassServer(asio::io_context& context, const ClassOptions& options, ClassPages pages, Handlers handlers);

    const std::vector<HostPort>& addresses() const { return web_.addresses(); }
    const Room& room() const { return room_; }
    /// Devices that follow, joined or not.
    std::size_t followers() const { return devices_.size(); }
    bool has_window() const { return files_.has_window(); }
    std::string_view why_no_window() const { return files_.why_no_window(); }

    /// What is shown from now on, masked. Throws Error (bad_input) where it is too long to be sent. What is covered is
    /// in no step's page until it is uncovered.
    void show(Recording recording, const std::string& address, LectureCover cover = LectureCover::nothing);
    void go(const std::string& address, LectureCover cover = LectureCover::nothing);
    std::uint64_t ask(Question question);
    bool close_question();
    bool reveal();
    /// Nobody else comes; everybody is told that the class is over.
    void end();

    void get(const WebRequest& request, Reply reply) override;
    bool has_socket(std::string_view path) const override;
    std::size_t longest_text(std::string_view path) const override;
    std::shared_ptr<WebSocket::User> open(std::string_view path, const std::shared_ptr<WebSocket>& socket) override;

  private:
    struct Shown; // a recording, its trace, and what is made of it

    std::shared_ptr<WebSocket::User> take_device(const std::shared_ptr<WebSocket>& socket);
    void on_line(std::uint64_t id, std::string_view line);
    void on_join(Device& device, const JoinLine& line);
    void on_answer(Device& device, const AnswerLine& line);
    void on_end(std::uint64_t id);
    void to_one(Device& device, std::string line);
    void to_all(std::string line);
    void tell_question(Device& device) const;
    std::function<WebAnswer()> page_maker() const;
    std::function<WebAnswer()> json_maker() const;
    asio::any_io_executor home() const { return context_.get_executor(); }

    asio::io_context& context_;
    ClassPages pages_;
    Handlers handlers_;
    std::size_t most_devices_;
    Room room_;
    ShownSteps steps_;
    ClassFiles files_;
    std::map<std::uint64_t, std::shared_ptr<Device>> devices_;
    std::uint64_t last_device_ = 0;
    std::shared_ptr<Shown> shown_;
    Outbox::Line recording_line_, place_line_;
    asio::thread_pool workers_{1};
    PartyServer chat_;
    WebServer web_; // destroyed first
};

} // namespace keyhole::classroom
