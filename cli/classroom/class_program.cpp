#include "cli/classroom/class_program.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include "classroom/qr_code.hpp"
#include "cli/chat/chat.hpp"
#include "cli/classroom/class_words.hpp"
#include "cli/classroom/qr_text.hpp"
#include "core/base/bytes.hpp"
#include "core/base/words.hpp"
#include "core/steps/address.hpp"
#include "core/steps/json/step_json.hpp"
#include "flags/usage.hpp"
#include "netsim/tcp/host_port.hpp"

namespace keyhole::cli {
namespace {

using classroom::Room;

constexpr std::chrono::milliseconds between_changes{250};
constexpr std::chrono::milliseconds time_for_goodbyes{500};

constexpr std::string_view help =
    "n over, i into, o out, b back, s start, e end, g ADDRESS go there\n"
    "ask VALUE asks the class for a value of this step, ask VALUE at ADDRESS goes there first, ask choices A|B|C lets "
    "it choose (a star marks the right one)\n"
    "close ends the answers, reveal shows the right one, who says who is here, quit ends the class\n";

std::string address_of(const HostPort& reached) { return fmt::format("http://{}/", to_text(reached)); }

std::string bars(const classroom::Counts& counts, const std::string& right) {
    std::string out;
    std::uint64_t most = 1;
    for (const auto& [answer, count] : counts) most = std::max(most, count);
    for (const auto& [answer, count] : counts) {
        constexpr std::uint64_t longest = 30;
        std::string bar;
        for (std::uint64_t i = 0; i < (count * longest + most - 1) / most; ++i) bar += "█";
        out += fmt::format("  {:>4}  {} {}{}\n", count, bar, excerpt(answer, 60), answer == right ? "  (right)" : "");
    }
    return out.empty() ? "  nobody answered\n" : out;
}

} // namespace

ClassProgram::ClassProgram(ClassSetup setup, classroom::ClassPages pages)
    : setup_(std::move(setup)), change_(context()) {
    server_.emplace(context(), setup_.server, std::move(pages),
                    classroom::ClassServer::Handlers{
                        .on_change = [this] { note_change(); },
                        .chat = {.on_event = [this](PartyConnection& one, const Event& event) { on_chat(one, event); },
                                 .on_end = [](PartyConnection&) {},
                                 .ready = [this] { return stopping_ || writer().ready(); }}});
    show(0);
    say_addresses();
    reader_.emplace(context(), LineReader::Handlers{.on_line = [this](const std::string& line) { on_line(line); },
                                                    .on_end = [this] { on_input_end(); },
                                                    .ready = [this] { return writer().ready(); }});
}

void ClassProgram::say_addresses() {
    const HostPort listening = server_->addresses().front();
    std::vector<std::string> addresses;
    for (const HostPort& one : reachable_at(listening)) addresses.push_back(address_of(one));
    std::string words = "Students open this address in a browser:\n";
    for (const std::string& one : addresses) words += fmt::format("\n    {}\n", one);
    words += "\n" + qr_text(classroom::qr_code(addresses.front()), setup_.coloured) + "\n";
    for (const HostPort& one : server_->addresses()) say_status(fmt::format("listening on {}", to_text(one)));
    if (!server_->has_window())
        say_status(
            fmt::format("students have the plain page alone: the window for browsers {}", server_->why_no_window()));
    if (setup_.json) tell(words);
    print(
        words + std::string(help) + "\n" + stepper_->here() + "\n",
        {{"type", "listening"}, {"port", listening.port}, {"addresses", addresses}, {"at", address(stepper_->node())}});
}

void ClassProgram::print(const std::string& words, const Json& line) {
    print_line(words, line.dump(-1, ' ', false, Json::error_handler_t::replace));
}

void ClassProgram::print_line(const std::string& words, const std::string& line) {
    writer().print(setup_.json ? line + "\n" : words);
}

void ClassProgram::show(std::size_t recording) {
    shown_ = recording;
    const Recording& what = setup_.recordings[recording];
    stepper_.reset();
    trace_ = std::make_unique<Trace>(what);
    stepper_.emplace(*trace_);
    server_->show(what, address(stepper_->node()));
}

void ClassProgram::on_line(const std::string& line) {
    if (stopping_) return;
    try {
        obey(line);
    } catch (const Error& error) {
        // A wrong word costs nothing: it is told, and the class goes on.
        if (setup_.json) print({}, {{"type", "error"}, {"error", error.what()}});
        say_status(fmt::format("error: {}", error.what()));
    }
}

void ClassProgram::on_input_end() {
    if (stopping_) return;
    if (::isatty(STDIN_FILENO) == 1) return stop();
    say_status("end of input: the class goes on without commands (Ctrl+C ends it)");
}

void ClassProgram::obey(const std::string& line) {
    const ClassWord word = read_class_word(line);
    if (const auto* step = std::get_if<MoveWord>(&word)) return move(step->line);
    if (const auto* asked = std::get_if<AskWord>(&word))
        return asked->value.empty() ? ask_from_lesson() : ask_value(asked->value, asked->address);
    if (const auto* choices = std::get_if<ChoicesWord>(&word))
        return ask(classroom::question_with(address(stepper_->node()), choices->choices));
    switch (std::get<PlainWord>(word)) {
        case PlainWord::close:
            if (!server_->close_question()) throw bad_input("no question is open (ask VALUE asks one)");
            return tell_counts("closed", false);
        case PlainWord::reveal:
            if (!server_->reveal()) throw bad_input("nothing was asked (ask VALUE asks for a value of this step)");
            return tell_counts("revealed", true);
        case PlainWord::who: return tell_who();
        case PlainWord::help: return print(std::string(help), {{"type", "help"}, {"words", help}});
        case PlainWord::quit: return stop();
    }
}

void ClassProgram::move(const std::string& line) {
    const auto words = stepper_->obey(line);
    if (!words) return stop();
    server_->go(address(stepper_->node()));
    const Step step = trace_->step(stepper_->node());
    print(*words + "\n", {{"type", "at"}, {"address", step.address}, {"step", step_json(step)}});
}

void ClassProgram::ask_value(const std::string& value, const std::string& where) {
    const Node node = where.empty() ? stepper_->node() : trace_->tree().at(where);
    ask(classroom::question_for(*trace_, node, value));
}

void ClassProgram::ask_from_lesson() {
    if (setup_.lesson.empty())
        throw bad_input("ask what (name a value of this step, or begin with --lesson FILE; write e.g. ask output)");
    if (next_question_ == setup_.lesson.size())
        throw bad_input("the lesson has no more questions (ask VALUE still asks for any value)");
    const LessonQuestion& next = setup_.lesson[next_question_++]; // one that this class cannot see is passed over
    if (next.recording != shown_) show(next.recording);
    ask(for_class(next, *trace_, stepper_->node()));
}

// The question goes out before the place does, so that no device shows what it is about to be asked for.
void ClassProgram::ask(classroom::Question question) {
    const std::string where = question.address;
    const std::uint64_t number = server_->ask(std::move(question));
    if (where != address(stepper_->node())) {
        stepper_->start_at(where);
        server_->go(where);
    }
    answered_ = 0;
    const classroom::Question& asked = *server_->room().question();
    print_line(fmt::format("question {}: {} ({})\n", number, asked.words, where), classroom::ask_line(number, asked));
}

void ClassProgram::tell_counts(std::string_view type, bool with_answer) {
    const Room& room = server_->room();
    const classroom::Counts counts = room.counts();
    const std::string& right = room.question()->right;
    std::uint64_t all = 0;
    for (const auto& [answer, count] : counts) all += count;
    std::string words = fmt::format("question {} {}: {}\n", room.number(), type, counted(all, "answer"));
    words += bars(counts, with_answer ? right : std::string());
    if (with_answer && !right.empty()) words += fmt::format("right: {}\n", excerpt(right, 200));
    print_line(words, with_answer ? classroom::revealed_line(room.number(), *room.question(), counts)
                                  : classroom::closed_line(room.number(), counts));
}

void ClassProgram::tell_who() {
    const Room& room = server_->room();
    Json students = Json::array();
    std::string words =
        fmt::format("{} here, {} follow\n", counted(room.here(), "student"), counted(server_->followers(), "device"));
    for (const classroom::Student& one : room.students()) {
        const bool answered = room.has_answered(one);
        students.push_back({{"name", one.name}, {"here", one.here()}, {"at", one.at}, {"answered", answered}});
        words += fmt::format("  {}{}{}{}\n", escape_controls(one.name), one.here() ? "" : " (away)",
                             one.at.empty() ? "" : ", at " + one.at, answered ? ", answered" : "");
    }
    print(words, {{"type", "who"},
                  {"here", room.here()},
                  {"followers", server_->followers()},
                  {"students", std::move(students)}});
}

void ClassProgram::note_change() {
    if (stopping_ || std::exchange(change_noted_, true)) return;
    change_.expires_after(between_changes);
    change_.async_wait([this](boost::system::error_code error) {
        change_noted_ = false;
        if (!error && !stopping_) tell_change();
    });
}

void ClassProgram::tell_change() {
    const Room& room = server_->room();
    const std::size_t here = room.here(), answered = room.answered();
    if (here == here_ && answered == answered_) return;
    here_ = here;
    answered_ = answered;
    if (setup_.json) return print({}, {{"type", "students"}, {"here", here}, {"answered", answered}});
    say_status(room.state() == Room::State::open ? fmt::format("{} here, {} answered", here, answered)
                                                 : fmt::format("{} here", counted(here, "student")));
}

// The chat partner at /keyhole says back what it hears: enough to compare fingerprints and to look into messages.
void ClassProgram::on_chat(PartyConnection& client, const Event& event) {
    const std::string who = fmt::format("chat#{}", client.number);
    if (std::holds_alternative<HandshakeDone>(event)) {
        say_fingerprint(who, client.party().recording());
    } else if (const auto* text = std::get_if<TextArrived>(&event)) {
        print(text_line(who, text->text), {{"type", "chat"}, {"client", client.number}, {"text", text->text}});
        if (can_be_said(text->text)) client.say(text->text);
    }
}

void ClassProgram::stop() {
    if (std::exchange(stopping_, true)) return;
    server_->end();
    change_.expires_after(time_for_goodbyes);
    change_.async_wait([this](boost::system::error_code) { end(); });
}

} // namespace keyhole::cli
