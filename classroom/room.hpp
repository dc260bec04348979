// Who is in a class, what is asked, and who answered what. It owns no socket: whoever moves the lines calls it. A
// student is known by an id that nobody can guess; after a break the id brings back name and answer. One answer counts
// a student, the last one before the question is closed.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "classroom/class_line.hpp"
#include "core/base/random.hpp"

namespace keyhole::classroom {

struct Student {
    std::string id, name;
    std::string at;               // where the student stands; empty: with the lecturer
    std::uint64_t connection = 0; // 0: not here now
    std::uint64_t left = 0;       // the larger, the later this one left
    std::uint64_t answered = 0;   // the question that `answer` belongs to, 0 for none
    std::string answer;           // in its one form

    bool here() const { return connection != 0; }
};

class Room {
  public:
    enum class State { none, open, closed, revealed };

    /// `most`: students who are here at a time. `random` makes the ids.
    explicit Room(std::size_t most, Random random = Random::system()) : most_(most), random_(std::move(random)) {}

    struct Joined {
        const Student* student = nullptr; // none: it was refused; good until the next join()
        std::string why = {};             // one line, where it was
        bool full = false;                // because there are too many
        std::uint64_t replaced = 0;       // an older connection of the same student
    };
    /// A connection says who it is; again with another name renames. `connection` is not 0.
    Joined join(std::uint64_t connection, const JoinLine& line);
    void leave(std::uint64_t connection);
    /// None where nobody joined on it; good until the next join().
    const Student* student(std::uint64_t connection) const;

    /// Opens a question, and returns its number, from 1. The one before is over.
    std::uint64_t ask(Question question);
    /// False: none is open.
    bool close();
    /// Closes it where it is open. False: none was asked.
    bool reveal();

    struct Taken {
        std::string answer = {}; // its one form; empty: it was not taken
        std::string why = {};    // then, one line for the student
        std::string fault = {};  // instead: no student of this class would say that
    };
    Taken answer(std::uint64_t connection, const AnswerLine& line);
    /// False: whoever did not join stands nowhere.
    bool stand(std::uint64_t connection, const std::string& address);
    /// In the order in which they came, those who are not here now, too.
    const std::vector<Student>& students() const { return students_; }

    State state() const { return state_; }
    std::uint64_t number() const { return number_; }
    /// The last one asked; none before the first.
    const std::optional<Question>& question() const { return question_; }
    bool has_answered(const Student& student) const { return number_ > 0 && student.answered == number_; }
    Counts counts() const;
    std::size_t here() const;
    /// Of those who are here, how many have answered the question.
    std::size_t answered() const;

  private:
    Student* find(std::uint64_t connection);
    std::string fresh_id();
    void forget_the_longest_gone();

    std::size_t most_;
    Random random_;
    std::vector<Student> students_; // in the order in which they came
    std::uint64_t departures_ = 0;
    std::optional<Question> question_;
    std::uint64_t number_ = 0;
    State state_ = State::none;
};

} // namespace keyhole::classroom
