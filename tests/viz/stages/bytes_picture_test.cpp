// The pictures of a message's way and of its bytes: which bytes are lit with a character, how its bits are opened, what
// is in sight of a long message, and how keys go from character to character.
#include "viz/stages/message/bytes_picture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/samples.hpp"
#include "viz/stages/message/message_picture.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using namespace keyhole::viz::testing;

namespace {

const Rect room = stage_rooms[1];

// One to four bytes a character; the sharp s lies in two rows.
const std::string many_lengths = "a\u00E9\u20AC\u00DFb\U0001F511";
const std::string across_rows = "1234567\u00DF9";

Recording saying(const std::string& text, Mode mode = Mode::cbc) {
    return keyhole::testing::exchange("toy23", dh::Kdf::low64, mode, {{Role::client, text}});
}

// The numbers of the bytes whose box is outlined as lit.
std::vector<unsigned> lit_bytes(const Picture& picture) {
    std::vector<unsigned> out;
    for (unsigned i = 1; picture.find(fmt::format("byte.{}", i)) != nullptr; ++i) {
        if (box_of(picture, fmt::format("byte.{}", i)).outline == Ink::current) out.push_back(i);
    }
    return out;
}

std::uint32_t value_of_cells(const Picture& picture, const std::string& name) {
    std::uint32_t value = 0;
    for (unsigned i = 1;; ++i) {
        const Shape* cell = picture.find(fmt::format("{}.{}", name, i));
        if (cell == nullptr) return value;
        value = value << 1U | (std::get<shape::Cell>(cell->form).filled ? 1U : 0U);
    }
}

} // namespace

TEST_CASE("The pictures of any message are sound", "[viz][picture]") {
    for (const Recording& recording :
         {saying(many_lengths), saying(""), saying(std::string(3000, 'x'), Mode::ctr), saying("\x1B\n\u65E5\u202E"),
          samples::workbench(Direction::decrypt, Mode::cbc, 20)}) {
        for (const float em : {18.0F, 36.0F}) {
            DrawnStage drawing(recording, em);
            for (const std::string where :
                 {"message.1", "message.1/encode", "message.1/pad", "message.1/decode", "message.1/unpad"}) {
                if (!drawing.trace().tree().find(where)) continue;
                for (const Rect& place : stage_rooms) {
                    if (place.w < 25 * em) continue;
                    INFO(where << " em " << em << " room " << place.w << "x" << place.h);
                    const Picture picture = drawing.at(where, place);
                    CHECK(faults(picture, place, drawing.trace().tree()) == std::vector<std::string>{});
                }
            }
        }
    }
}

TEST_CASE("A character that is followed lights all of its bytes and is opened into its bits", "[viz][picture]") {
    DrawnStage drawing(saying(many_lengths));
    // Nothing is followed: the first character that is more than a byte.
    const Picture first = drawing.at("message.1/encode", room);
    CHECK(lit_bytes(first) == std::vector<unsigned>{2, 3});
    CHECK(value_of_cells(first, "code") == 0xE9);
    CHECK(value_of_cells(first, "bit") == 0xC3A9);

    drawing.state.followed = item_of_byte(4); // in the middle of the euro sign
    const Picture euro = drawing.at("message.1/encode", room);
    CHECK(lit_bytes(euro) == std::vector<unsigned>{4, 5, 6});
    CHECK(value_of_cells(euro, "code") == 0x20AC);
    CHECK(value_of_cells(euro, "bit") == 0xE282AC);
    CHECK(box_of(euro, "char.4").outline == Ink::current);
    CHECK(box_of(euro, "char.2").outline == Ink::border);
    CHECK(box_of(euro, "char.4").rect.w > 2 * box_of(euro, "byte.4").rect.w);

    // What another, longer message had followed is nowhere in this one.
    drawing.state.followed = item_of_byte(1000);
    CHECK(lit_bytes(drawing.at("message.1/encode", room)) == std::vector<unsigned>{2, 3});
}

TEST_CASE("A character in two rows is drawn in both", "[viz][picture]") {
    DrawnStage drawing(saying(across_rows));
    const Picture picture = drawing.at("message.1/encode", room);
    CHECK(box_of(picture, "char.8").rect.y < box_of(picture, "char.8.rest").rect.y);
    CHECK(lit_bytes(picture) == std::vector<unsigned>{8, 9});
    const Area* rest = picture.at(box_of(picture, "char.8.rest").rect.centre(), 18);
    REQUIRE(rest != nullptr);
    CHECK(rest->follow == item_of_byte(7));
}

TEST_CASE("Padding is outlined byte by byte and cannot be opened", "[viz][picture]") {
    DrawnStage drawing(saying(across_rows));
    CHECK(lit_bytes(drawing.at("message.1/pad", room)) == std::vector<unsigned>{11, 12, 13, 14, 15, 16});
    const Picture picture = drawing.at("message.1/unpad", room);
    CHECK(words_of(picture).find("6 of 6") != std::string::npos);
    const auto follow = [&](const char* id) { return picture.at(box_of(picture, id).rect.centre(), 18)->follow; };
    CHECK(follow("byte.10") == item_of_byte(9));
    CHECK(follow("byte.11") == 0);
}

TEST_CASE("A move shows the padding, a key the character that it goes to", "[viz][picture]") {
    DrawnStage drawing(saying(std::string(3000, 'x')));
    drawing.at("message.1/unpad", room);
    StageInput input = drawing.input(room);
    input.moved = true;
    Picture picture = bytes_picture(input);
    REQUIRE(picture.lists.size() == 1);
    const ListBar bar = picture.lists[0];
    CHECK(bar.all == 376);
    CHECK(bar.first == bar.all - bar.shown);
    CHECK(picture.find("byte.3008") != nullptr);
    CHECK(picture.find("byte.1") == nullptr);

    drawing.state.first[bar.id] = 100;
    picture = bytes_picture(drawing.input(room));
    CHECK(picture.lists[0].first == 100);
    CHECK(picture.find("byte.801") != nullptr);

    drawing.state.followed = item_of_byte(8);
    input.moved = false;
    input.stepped = true;
    picture = bytes_picture(input);
    CHECK(picture.find("byte.9") != nullptr);
    CHECK(box_of(picture, "byte.9").outline == Ink::current);
}

TEST_CASE("Keys go from character to character and stay at both ends", "[viz][picture]") {
    DrawnStage drawing(saying(many_lengths));
    drawing.at("message.1/encode", room);
    const StageInput input = drawing.input(room);
    // Offsets of a, é, €, ß, b and the key.
    const std::vector<std::size_t> offsets = {0, 1, 3, 6, 8, 9};
    Item item = item_of_byte(0);
    for (std::size_t i = 1; i < offsets.size(); ++i) {
        item = next_character(input, item, 1);
        CHECK(item == item_of_byte(offsets[i]));
    }
    for (std::size_t i = offsets.size() - 1; i > 0; --i) {
        item = next_character(input, item, -1);
        CHECK(item == item_of_byte(offsets[i - 1]));
    }
    CHECK(next_character(input, item, -1) == item);
    CHECK(next_character(input, 0, 1) == item_of_byte(3)); // the one after that which is open without being followed
    for (const char* closed : {"message.1", "message.1/pad"}) {
        drawing.at(closed, room);
        CHECK(next_character(drawing.input(room), 0, 1) == 0);
    }
}

TEST_CASE("Everything on a message's way leads to the step that made it", "[viz][picture]") {
    DrawnStage drawing(saying("This is a message"));
    const Picture picture = drawing.at("message.1", room);
    const auto leads = [&](const std::string& id) {
        const Area* area = picture.at(box_of(picture, id).rect.centre(), 18);
        return area != nullptr && area->go_to ? address(*area->go_to) : std::string();
    };
    for (const char* step : {"encode", "pad", "encrypt", "frame", "decode", "decrypt", "unpad"}) {
        CHECK(leads(step) == fmt::format("message.1/{}", step));
        CHECK(leads(fmt::format("station.{}", step)) == fmt::format("message.1/{}", step));
    }
    CHECK(leads("sent.padded bytes") == "message.1/pad");
    CHECK(leads("received.text") == "message.1/unpad");
    CHECK(leads("received.ciphertext") == "message.1/decode");
    CHECK(leads("sent.text").empty()); // it was typed
}
