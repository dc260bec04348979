#include "classroom/room.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "core/base/bytes.hpp"
#include "core/base/words.hpp"

namespace keyhole::classroom {
namespace {

// Who left is remembered, up to so many times those who may be here.
constexpr std::size_t remembered = 4;

} // namespace

const Student* Room::student(std::uint64_t connection) const {
    const auto found = std::ranges::find(students_, connection, &Student::connection);
    return found == students_.end() || connection == 0 ? nullptr : &*found;
}

Student* Room::find(std::uint64_t connection) { return const_cast<Student*>(std::as_const(*this).student(connection)); }

std::string Room::fresh_id() {
    Bytes bytes(id_digits / 2);
    random_.fill(bytes);
    return lower_case(to_hex(bytes));
}

Room::Joined Room::join(std::uint64_t connection, const JoinLine& line) {
    Student* known = find(connection);
    std::uint64_t replaced = 0;
    if (known == nullptr && !line.id.empty()) {
        const auto found = std::ranges::find(students_, line.id, &Student::id);
        if (found != students_.end()) known = &*found;
    } else if (known != nullptr && !line.id.empty() && line.id != known->id) {
        return {.why = "one connection is one student"};
    }
    if (known == nullptr && line.name.empty()) return {.why = "this class does not know the id (join with a name)"};
    if ((known == nullptr || !known->here()) && here() >= most_)
        return {.why = fmt::format("the class is full ({})", counted(most_, "student")), .full = true};
    if (known == nullptr) {
        forget_the_longest_gone();
        known = &students_.emplace_back();
        known->id = fresh_id();
    }
    if (known->connection != connection) replaced = std::exchange(known->connection, connection);
    if (!line.name.empty()) known->name = line.name;
    return {.student = known, .replaced = replaced};
}

void Room::forget_the_longest_gone() {
    if (students_.size() < remembered * most_) return;
    const auto longest = std::ranges::min_element(students_, {}, [](const Student& one) {
        return one.here() ? std::numeric_limits<std::uint64_t>::max() : one.left;
    });
    if (longest != students_.end() && !longest->here()) students_.erase(longest);
}

void Room::leave(std::uint64_t connection) {
    if (Student* student = find(connection)) {
        student->connection = 0;
        student->left = ++departures_;
    }
}

std::uint64_t Room::ask(Question question) {
    question_ = std::move(question);
    state_ = State::open;
    return ++number_;
}

bool Room::close() {
    if (state_ != State::open) return false;
    state_ = State::closed;
    return true;
}

bool Room::reveal() {
    if (state_ == State::none) return false;
    state_ = State::revealed;
    return true;
}

Room::Taken Room::answer(std::uint64_t connection, const AnswerLine& line) {
    Student* student = find(connection);
    if (student == nullptr) return {.fault = "who answers has joined before"};
    if (line.question == 0 || line.question > number_) return {.fault = "no such question was asked"};
    if (line.question < number_ || state_ != State::open) return {.why = "the question is closed"};
    const auto form = counted_form(*question_, line.answer);
    if (!form) return {.why = no_answer_words(*question_)};
    student->answered = number_;
    student->answer = *form;
    return {.answer = *form};
}

bool Room::stand(std::uint64_t connection, const std::string& address) {
    Student* student = find(connection);
    if (student != nullptr) student->at = address;
    return student != nullptr;
}

Counts Room::counts() const {
    Counts counts;
    for (const Student& student : students_)
        if (has_answered(student)) ++counts[student.answer];
    return counts;
}

std::size_t Room::here() const { return static_cast<std::size_t>(std::ranges::count_if(students_, &Student::here)); }

std::size_t Room::answered() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(students_, [&](const Student& one) { return one.here() && has_answered(one); }));
}

} // namespace keyhole::classroom
