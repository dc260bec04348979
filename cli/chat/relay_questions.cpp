#include "cli/chat/relay_questions.hpp"

#include <fmt/format.h>

#include "cli/chat/chat.hpp"
#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "netsim/protocol/frame_words.hpp"

namespace keyhole::cli {
namespace {

constexpr std::size_t most_answers = 1000, longest_shown = 40;

} // namespace

std::string passage_name(const Passage& passage) {
    return fmt::format("{} {}", passage.frame ? "line" : "message", passage.number);
}

std::string passage_words(const Passage& passage) {
    const std::string what = passage.frame        ? frame_words(*passage.frame)
                             : passage.whole_line ? "a line that is no frame"
                                                  : "bytes that are no line";
    return fmt::format("{} ({} bytes)", what, passage.content.size() + (passage.whole_line ? 1 : 0));
}

RelayQuestions::RelayQuestions(asio::io_context& context, RelayServer& relay)
    : context_(context),
      relay_(relay),
      reader_(context, {.on_line =
                            [this](std::string line) {
                                answers_.push_back(std::move(line));
                                ask();
                            },
                        .on_end =
                            [this] {
                                input_ended_ = true;
                                ask();
                            },
                        .ready = [this] { return answers_.size() < most_answers; }}) {
    say_status("--ask: answer each message with a line: send (or nothing), drop, or replace TEXT");
}

void RelayQuestions::ask_soon() {
    asio::post(context_, [this] { ask(); });
}

void RelayQuestions::session_ended() {
    asked_ = {};
    ask_soon();
}

// Of all that wait, the session whose client came first.
RelaySession* RelayQuestions::asking() const {
    for (const auto& session : relay_.sessions()) {
        if (!session->relay().held().empty()) return session.get();
    }
    return nullptr;
}

void RelayQuestions::ask() {
    while (RelaySession* session = asking()) {
        if (answers_.empty() && input_ended_) { // nobody is left to answer
            session->relay().hold(false);
            session->deliver();
            continue;
        }
        if (answers_.empty()) {
            const Passage& passage = session->relay().held().front();
            if (asked_ == std::tuple(session, passage.from, passage.number)) return;
            asked_ = std::tuple(session, passage.from, passage.number);
            const std::string words =
                session->relay().quiet() ? passage_words(passage) : excerpt(passage.content, longest_shown);
            return say_status(fmt::format("{} of the {}: {} (send, drop or replace TEXT?)", passage_name(passage),
                                          who(*session, passage.from), words));
        }
        const std::string answer = std::move(answers_.front());
        answers_.pop_front();
        follow(*session, answer);
    }
}

void RelayQuestions::follow(RelaySession& session, const std::string& answer) {
    constexpr std::string_view replace = "replace ";
    asked_ = {};
    try {
        if (answer.empty() || answer == "send") return session.deliver();
        if (answer == "drop") return session.drop();
        if (answer.starts_with(replace)) return session.deliver(answer.substr(replace.size()));
        say_status(fmt::format("'{}' is no answer", excerpt(answer, longest_shown)));
    } catch (const Error& error) {
        say_status(fmt::format("error: {}", error.what()));
    }
}

} // namespace keyhole::cli
