// keyhole class while it runs: commands come line by line on standard input, what becomes of them goes to standard
// output, for people or as one JSON object a line.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "classroom/server/class_server.hpp"
#include "cli/chat/chat_program.hpp"
#include "cli/chat/line_reader.hpp"
#include "cli/classroom/lesson_questions.hpp"
#include "cli/stepper.hpp"
#include "netsim/tcp/asio.hpp"

namespace keyhole::cli {

struct ClassSetup {
    classroom::ClassOptions server = {};
    std::vector<Recording> recordings = {}; // masked; one, or those of the lesson
    std::vector<LessonQuestion> lesson = {};
    bool json = false, coloured = false;
};

class ClassProgram final : public ChatProgram {
  public:
    /// Listens, and says where. Throws Error as ClassServer does.
    ClassProgram(ClassSetup setup, classroom::ClassPages pages);

  private:
    using Json = nlohmann::ordered_json;

    void say_addresses();
    void on_line(const std::string& line);
    void on_input_end();
    void obey(const std::string& line);
    void move(const std::string& line);
    void ask(classroom::Question question);
    void ask_value(const std::string& value, const std::string& address);
    void ask_from_lesson();
    void show(std::size_t recording);
    void tell_counts(std::string_view type, bool with_answer);
    void tell_who();
    void note_change();
    void tell_change();
    void on_chat(PartyConnection& client, const Event& event);
    void print(const std::string& words, const Json& line);
    void print_line(const std::string& words, const std::string& line);
    void stop() override;

    ClassSetup setup_;
    std::size_t shown_ = 0, next_question_ = 0;
    std::unique_ptr<Trace> trace_;
    std::optional<Stepper> stepper_;
    std::optional<classroom::ClassServer> server_;
    asio::steady_timer change_; // several in a moment are told as one
    bool change_noted_ = false, stopping_ = false;
    std::size_t here_ = 0, answered_ = 0;
    std::optional<LineReader> reader_;
};

} // namespace keyhole::cli
