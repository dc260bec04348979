// A student's lines, one after the other, given to a room: what is refused says why, nobody is counted twice, and what
// the room says is JSON.
#include <nlohmann/json.hpp>

#include "classroom/room.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace keyhole;
using namespace keyhole::fuzz;
using namespace keyhole::classroom;

namespace {

void hold_json(const std::string& line) { hold(nlohmann::json::accept(line), "a line is JSON", line); }

void take(Room& room, std::uint64_t who, const ClassLine& line) {
    if (const auto* none = std::get_if<NoLine>(&line)) return hold_clean(none->why);
    if (const auto* join = std::get_if<JoinLine>(&line)) {
        const Room::Joined joined = room.join(who, *join);
        if (joined.student == nullptr) return hold_clean(joined.why);
        hold(is_utf8(joined.student->name) && !joined.student->name.empty(), "a name is text");
        hold_json(joined_line(joined.student->id, joined.student->name));
    } else if (const auto* answer = std::get_if<AnswerLine>(&line)) {
        const Room::Taken taken = room.answer(who, *answer);
        hold(taken.answer.empty() != (taken.why.empty() && taken.fault.empty()),
             "an answer is taken, or it is said why not");
        if (!taken.answer.empty()) hold_json(answered_line(answer->question, taken.answer));
    } else {
        room.stand(who, std::get<AtLine>(line).address);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Room room(3, Random::seeded("fuzz"));
    Question number{.address = "connect", .value = "output", .bits = 4, .number = Number(12), .right = "1100"};
    number.form = Question::Form::bits;
    std::string_view rest = text_of(data, size);
    for (std::uint64_t line = 0; !rest.empty(); ++line) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        if (line % 4 == 0) room.ask(line % 8 == 0 ? number : question_with("connect", "yes|*no"));
        take(room, 1 + line % 4, read_class_line(rest.substr(0, end)));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    std::uint64_t all = 0;
    for (const auto& [answer, count] : room.counts()) all += count;
    hold(all <= room.students().size(), "one answer counts a student");
    hold(room.here() <= 3, "no more are here than may be");
    if (room.question()) hold_json(revealed_line(room.number(), *room.question(), room.counts()));
    return 0;
}
