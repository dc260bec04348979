#include "classroom/room.hpp"

#include "classroom/outbox.hpp"
#include "classroom/rate.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;
using namespace keyhole::classroom;

namespace {

Room small_room(std::size_t most = 3) { return Room(most, Random::seeded("class")); }

Question yes_or_no() { return question_with("connect", "yes|*no"); }

Outbox::Line line(const char* text) { return std::make_shared<const std::string>(text); }

std::string next(Outbox& outbox) {
    const Outbox::Line taken = outbox.take();
    return taken ? *taken : "nothing";
}

} // namespace

TEST_CASE("One answer counts a student, the last one before the close", "[class]") {
    Room room = small_room();
    REQUIRE(room.join(1, {"Ann", ""}).student != nullptr);
    REQUIRE(room.join(2, {"Bob", ""}).student != nullptr);
    const std::uint64_t number = room.ask(yes_or_no());
    CHECK(room.answer(1, {number, "yes"}).answer == "yes");
    CHECK(room.answer(1, {number, "2"}).answer == "no");
    CHECK(room.answer(2, {number, "No"}).answer == "no");
    CHECK(room.counts() == Counts{{"no", 2}});
    CHECK(room.close());
    CHECK_FALSE(room.close());
    CHECK(room.answer(2, {number, "yes"}).why == "the question is closed");
    CHECK(room.reveal());
    CHECK(room.counts() == Counts{{"no", 2}});
}

TEST_CASE("A student who comes back with the id has name and answer again", "[class]") {
    Room room = small_room();
    const std::string id = room.join(1, {"Ann", ""}).student->id;
    CHECK(id.size() == id_digits);
    const std::uint64_t number = room.ask(yes_or_no());
    room.answer(1, {number, "yes"});
    room.leave(1);
    CHECK(room.here() == 0);
    CHECK(room.counts() == Counts{{"yes", 1}});
    const Room::Joined again = room.join(7, {"", id});
    REQUIRE(again.student != nullptr);
    CHECK(again.student->name == "Ann");
    CHECK(again.student->answer == "yes");
    CHECK(again.replaced == 0);
    CHECK(room.students().size() == 1);
}

TEST_CASE("A second connection of a student takes the place of the first", "[class]") {
    Room room = small_room(1);
    const std::string id = room.join(1, {"Ann", ""}).student->id;
    const Room::Joined again = room.join(2, {"Ann", id});
    CHECK(again.replaced == 1);
    CHECK(room.here() == 1);
    room.leave(1); // what is closed late takes nobody away
    CHECK(room.here() == 1);
}

TEST_CASE("An id that the room does not know needs a name, and gets another id", "[class]") {
    Room room = small_room();
    const std::string guess(id_digits, '0');
    CHECK(room.join(1, {"", guess}).student == nullptr);
    const Room::Joined joined = room.join(1, {"Ann", guess});
    REQUIRE(joined.student != nullptr);
    CHECK(joined.student->id != guess);
}

TEST_CASE("A full class takes nobody else until one has left", "[class]") {
    Room room = small_room(2);
    room.join(1, {"Ann", ""});
    room.join(2, {"Bob", ""});
    CHECK(room.join(3, {"Cid", ""}).full);
    room.leave(1);
    CHECK(room.join(3, {"Cid", ""}).student != nullptr);
}

TEST_CASE("Who left is forgotten one day, and those who are here never", "[class]") {
    Room room = small_room(2);
    room.join(1, {"Ann", ""});
    for (std::uint64_t i = 2; i < 50; ++i) {
        REQUIRE(room.join(i, {"Bob", ""}).student != nullptr);
        room.leave(i);
    }
    CHECK(room.students().size() == 8);
    CHECK(room.student(1)->name == "Ann");
}

TEST_CASE("The one who left first is forgotten first, whoever came first", "[class]") {
    Room room = small_room(2);
    const std::string ann = room.join(1, {"Ann", ""}).student->id;
    const std::string bob = room.join(2, {"Bob", ""}).student->id;
    room.leave(2);
    std::uint64_t last = 2;
    while (room.students().size() < 8) {
        REQUIRE(room.join(++last, {"one more", ""}).student != nullptr);
        room.leave(last);
    }
    room.leave(1); // who came first leaves last
    REQUIRE(room.join(++last, {"new", ""}).student != nullptr);
    CHECK(room.join(++last, {"", ann}).student != nullptr);
    CHECK(room.join(++last, {"", bob}).why.find("does not know the id") != std::string::npos);
}

TEST_CASE("Answers to what was never asked, and of strangers, are faults", "[class]") {
    Room room = small_room();
    room.join(1, {"Ann", ""});
    CHECK(room.answer(1, {1, "yes"}).fault == "no such question was asked");
    const std::uint64_t number = room.ask(yes_or_no());
    CHECK(room.answer(1, {number + 1, "yes"}).fault == "no such question was asked");
    CHECK(room.answer(9, {number, "yes"}).fault == "who answers has joined before");
    CHECK(room.answer(1, {number, "perhaps"}).why == "this is none of the choices");
    CHECK(room.counts().empty());
    room.ask(yes_or_no());
    CHECK(room.answer(1, {number, "yes"}).why == "the question is closed");
}

TEST_CASE("A new question begins with no answers", "[class]") {
    Room room = small_room();
    room.join(1, {"Ann", ""});
    room.answer(1, {room.ask(yes_or_no()), "yes"});
    room.ask(yes_or_no());
    CHECK(room.counts().empty());
    CHECK(room.answered() == 0);
}

TEST_CASE("A slow device skips places, and gets the newest", "[class]") {
    Outbox outbox;
    outbox.put(line("ask"));
    outbox.put_place(line("place 1"));
    outbox.put_recording(line("recording 1"));
    outbox.put_place(line("place 2"));
    CHECK(next(outbox) == "recording 1");
    CHECK(next(outbox) == "place 2");
    CHECK(next(outbox) == "ask");
    CHECK(outbox.take() == nullptr);
    CHECK(next(outbox) == "nothing");
}

TEST_CASE("What waits for a device is bounded", "[class]") {
    Outbox outbox;
    for (std::size_t i = 0; i < 3 * Outbox::most_lines; ++i) outbox.put(line(std::to_string(i).c_str()));
    CHECK(next(outbox) == std::to_string(2 * Outbox::most_lines));
}

TEST_CASE("A rate lets a stock pass at once, and then so many a second", "[class]") {
    Rate rate(5000);
    for (std::uint64_t i = 0; i < Rate::stock; ++i) REQUIRE(rate.take(5000));
    CHECK_FALSE(rate.take(5000));
    CHECK(rate.take(5000 + 1000 / Rate::a_second));
    CHECK_FALSE(rate.take(5000 + 1000 / Rate::a_second));
}
