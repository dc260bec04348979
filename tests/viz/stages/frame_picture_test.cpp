// The picture of a JSON line: one place lights up in the line, on the wire and among the bytes that it stands for, and
// the 24 bits of its group are those of the bytes.
#include <set>

#include "tests/support/catch.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/samples.hpp"
#include "viz/stages/frame/frame_items.hpp"
#include "viz/stages/frame/frame_picture.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using namespace keyhole::viz::testing;

namespace {

const Rect room = {340, 90, 900, 900};

Recording saying(const std::string& text, Mode mode = Mode::cbc) {
    return keyhole::testing::exchange("toy23", dh::Kdf::low64, mode, {{Role::server, text}});
}

// The bytes that are outlined as the thing itself.
std::set<std::string> lit(const Picture& picture) {
    std::set<std::string> out;
    for (const Shape& shape : picture.shapes) {
        const auto* box = std::get_if<shape::Box>(&shape.form);
        const bool byte = shape.id.starts_with("wire.") || shape.id.starts_with("byte.") || shape.id.starts_with("iv.");
        if (box != nullptr && byte && box->outline == Ink::current) out.insert(shape.id);
    }
    return out;
}

} // namespace

TEST_CASE("The line's pictures are sound in every mode and length", "[viz][picture]") {
    for (const Mode mode : {Mode::ecb, Mode::cbc, Mode::ctr}) {
        for (const std::size_t size : {0U, 1U, 17U, 100000U}) {
            for (const float em : {18.0F, 36.0F}) {
                DrawnStage drawing(saying(std::string(size, 'q'), mode), em);
                for (const std::string where : {"message.1/frame", "message.1/decode"}) {
                    for (const Rect& place : stage_rooms) {
                        if (place.w < 25 * em) continue;
                        INFO(name(mode) << " " << size << " " << where << " em " << em << " room " << place.w << "x"
                                        << place.h);
                        const Picture picture = drawing.at(where, place);
                        CHECK(faults(picture, place, drawing.trace().tree()) == std::vector<std::string>{});
                        CHECK(picture.shapes.size() < 3000);
                    }
                }
            }
        }
    }
}

TEST_CASE("A byte lights itself and the two characters that carry it", "[viz][picture]") {
    const Recording recording = saying("This is a message");
    DrawnStage drawing(recording);
    const Node node = drawing.trace().tree().at("message.1/frame");
    const FrameModel frame = make_frame_model(drawing.trace(), node);
    for (const Holds holds : {Holds::iv, Holds::ciphertext}) {
        const std::string name = holds == Holds::iv ? "iv" : "byte";
        for (std::size_t byte = 0; byte < 8; ++byte) {
            drawing.state.followed = item_of_byte(holds, byte);
            const std::size_t from = frame.field_of(holds)->value.begin + 8 * byte / 6;
            CHECK(lit(drawing.at("message.1/frame", room)) ==
                  std::set<std::string>{fmt::format("{}.{}", name, byte + 1), fmt::format("wire.{}", from + 1),
                                        fmt::format("wire.{}", from + 2)});
        }
    }
}

TEST_CASE("The group's bits are those of its bytes", "[viz][picture]") {
    const Recording recording = saying("This is a message");
    DrawnStage drawing(recording);
    const Node node = drawing.trace().tree().at("message.1/frame");
    const FrameModel frame = make_frame_model(drawing.trace(), node);
    drawing.state.followed = item_of_byte(Holds::ciphertext, 10);
    const Picture picture = drawing.at("message.1/frame", room);
    for (unsigned bit = 1; bit <= 24; ++bit) {
        const Shape* cell = picture.find(fmt::format("bit.{}", bit));
        REQUIRE(cell != nullptr);
        const unsigned wanted = bit_at(frame.ciphertext[9 + (bit - 1) / 8], 8, (bit - 1) % 8 + 1);
        CHECK(std::get<shape::Cell>(cell->form).filled == (wanted == 1));
    }
    // The last group of the IV is two bytes: 16 bits and two that fill the third character.
    drawing.state.followed = item_of_byte(Holds::iv, 7);
    const Picture end = drawing.at("message.1/frame", room);
    CHECK(end.find("bit.18") != nullptr);
    CHECK(end.find("bit.19") == nullptr);
}

TEST_CASE("Whatever is pointed at is followed as what it is", "[viz][picture]") {
    DrawnStage drawing(saying("This is a message"));
    const Picture picture = drawing.at("message.1/frame", room);
    const auto at = [&](std::string_view id) {
        const auto area = std::ranges::find(picture.areas, id, &Area::id);
        REQUIRE(area != picture.areas.end());
        return *picture.at(area->rect.centre(), 18);
    };
    CHECK(at("byte.9").follow == item_of_byte(Holds::ciphertext, 8));
    CHECK(at("iv.2").follow == item_of_byte(Holds::iv, 1));
    const Area block = at("block.2");
    REQUIRE(block.go_to);
    CHECK(address(*block.go_to) == "message.1/encrypt/block.2");
    // The line's own characters stand where they are drawn.
    const Shape* type = picture.find("field.type.value");
    REQUIRE(type != nullptr);
    const Rect word = extent(*type);
    const Area* first = picture.at({word.x + 2, word.centre().y}, 18);
    REQUIRE(first != nullptr);
    CHECK(first->follow == item_of_wire(std::string(R"({"type":")").size()));
}

TEST_CASE("With nothing followed the ciphertext's first character is lit", "[viz][picture]") {
    DrawnStage drawing(saying("hello"));
    const std::set<std::string> usual = lit(drawing.at("message.1/frame", room));
    CHECK(usual.contains("byte.1"));
    // What a longer message had followed is nowhere in this one.
    for (const Item item : {item_of_wire(100000), item_of_byte(Holds::ciphertext, 100000), ~Item{0}}) {
        drawing.state.followed = item;
        CHECK(lit(drawing.at("message.1/frame", room)) == usual);
    }
}

TEST_CASE("Keys go over every byte of the wire and stay at both ends", "[viz][picture]") {
    const Recording recording = saying("hello");
    DrawnStage drawing(recording);
    drawing.at("message.1/frame", room);
    const StageInput input = drawing.input(room);
    const std::size_t last = recording.messages[0].sent->frame.size(); // the line end
    Item item = item_of_wire(0);
    CHECK(next_frame_item(input, item, -1) == item);
    for (std::size_t i = 1; i <= last; ++i) {
        const Item next = next_frame_item(input, item, 1);
        CHECK(next == item_of_wire(i));
        CHECK(next_frame_item(input, next, -1) == item);
        item = next;
    }
    CHECK(next_frame_item(input, item, 1) == item);
}

TEST_CASE("A key scrolls every list of a long line to where it goes", "[viz][picture]") {
    const Recording recording = saying(std::string(std::size_t{512} << 10U, 'z'));
    DrawnStage drawing(recording);
    drawing.at("message.1/frame", room);
    constexpr std::size_t byte = 300000;
    drawing.state.followed = item_of_byte(Holds::ciphertext, byte);
    StageInput input = drawing.input(room);
    CHECK_FALSE(lit(frame_picture(input)).contains(fmt::format("byte.{}", byte + 1)));
    input.stepped = true;
    const Picture picture = frame_picture(input);
    CHECK(lit(picture).size() == 3);
    CHECK(picture.lists.size() == 3);
    CHECK(std::ranges::count(picture.lists, true, &ListBar::page_keys) == 1);
}
