// The pictures of the ladder and of the permutations: what lights up with a bit that is followed, what a click on them
// leads to, and that following moves nothing.
#include "tests/support/catch.hpp"

#include <set>

#include "tests/support/pictures.hpp"
#include "tests/support/samples.hpp"
#include "viz/stages/block/block_picture.hpp"
#include "viz/stages/block/permutation_model.hpp"
#include "viz/stages/block/permutation_picture.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using namespace keyhole::viz::testing;

namespace {

const std::string block_2 = "message.1/encrypt/block.2";
constexpr Rect wide = stage_rooms[1];
using Names = std::set<std::string>;

std::string target(const Area& area) { return area.go_to ? address(*area.go_to) : "nowhere"; }

// Every shape that has a name, and where it stands.
std::map<std::string, Rect> places(const Picture& picture) {
    std::map<std::string, Rect> out;
    for (const Shape& shape : picture.shapes) {
        if (!shape.id.empty()) out[shape.id] = extent(shape);
    }
    return out;
}

} // namespace

TEST_CASE("The ladder shows every bit of both halves, and the preoutput with R first", "[viz][picture]") {
    DrawnStage drawing(samples::workbench(Direction::encrypt, Mode::cbc, 24));
    const Picture picture = drawing.at(block_2, wide);
    const des::BlockTrace& trace = drawing.trace().block(drawing.trace().tree().at(block_2)).trace;
    const auto shows = [&](const std::string& row, std::uint64_t value, unsigned width) {
        for (unsigned i = 1; i <= width; ++i) {
            const Shape* shape = picture.find(fmt::format("{}.{}", row, i));
            REQUIRE(shape != nullptr);
            CHECK(std::get<shape::Cell>(shape->form).filled == (bit_at(value, width, i) != 0));
        }
    };
    for (unsigned n = 0; n < 16; ++n) {
        shows(fmt::format("L{}", n), trace.rounds[n].left_in, 32);
        shows(fmt::format("R{}", n), trace.rounds[n].right_in, 32);
    }
    shows("L16", trace.rounds[15].left_out, 32);
    shows("R16", trace.rounds[15].right_out, 32);
    shows("preoutput", trace.preoutput, 64);
}

TEST_CASE("A bit that is followed is lit wherever it stands on the ladder, and its lane with it", "[viz][picture]") {
    DrawnStage drawing(samples::workbench(Direction::decrypt, Mode::ecb, 24));
    const std::string block = "message.1/decrypt/block.2";
    const Picture before = drawing.at(block, wide);
    CHECK(followed_cells(before).empty());
    const auto lanes = [](const Picture& picture) {
        return std::ranges::count_if(picture.shapes, [](const Shape& shape) {
            const auto* line = std::get_if<shape::Line>(&shape.form);
            return line != nullptr && line->paint.ink == Ink::followed;
        });
    };
    CHECK(lanes(before) == 0);
    const auto follow = [&](LadderBit bit) {
        drawing.state.followed = item_of(bit);
        const Picture picture = drawing.at(block, wide);
        CHECK(places(picture) == places(before));
        CHECK(lanes(picture) > 0);
        const std::string words = bit_words(make_block_model(drawing.trace(), drawing.trace().tree().at(block)), bit);
        CHECK(words_of(picture).find(words) != std::string::npos);
        return std::pair{followed_cells(picture), words};
    };
    using Told = std::pair<Names, std::string>;
    CHECK(follow({0, 7}) == Told{{"L0.7"}, "bit 7: L\u2080 \u2295 f(R\u2080, K\u2081\u2086) = R\u2081"});
    CHECK(follow({1, 32}) ==
          Told{{"R0.32", "L1.32"}, "bit 32: R\u2080 = L\u2081, L\u2081 \u2295 f(R\u2081, K\u2081\u2085) = R\u2082"});
    CHECK(follow({4, 7}) ==
          Told{{"R3.7", "L4.7"}, "bit 7: R\u2083 = L\u2084, L\u2084 \u2295 f(R\u2084, K\u2081\u2082) = R\u2085"});
    CHECK(follow({16, 7}) ==
          Told{{"R15.7", "L16.7", "preoutput.39"}, "bit 7: R\u2081\u2085 = L\u2081\u2086, bit 39 of the preoutput"});
    CHECK(follow({17, 7}) == Told{{"R16.7", "preoutput.7"}, "bit 7 of R\u2081\u2086: bit 7 of the preoutput"});
}

TEST_CASE("On the ladder the mouse finds bits, rounds, bars and the block before", "[viz][picture]") {
    DrawnStage drawing(samples::workbench(Direction::encrypt, Mode::cbc, 24));
    const Picture picture = drawing.at(block_2, wide);
    CHECK(area_on(picture, "R3.7").follow == item_of(LadderBit{4, 7}));
    CHECK(area_on(picture, "L4.7").follow == item_of(LadderBit{4, 7}));
    CHECK(area_on(picture, "preoutput.33").follow == item_of(LadderBit{16, 1}));
    for (unsigned n = 1; n <= 16; ++n) {
        const std::string round = fmt::format("round.{}", n);
        CHECK(target(area_on(picture, round)) == block_2 + "/" + round);
        const Area& cell = area_on(picture, fmt::format("L{}.1", n - 1));
        CHECK(target(cell) == block_2 + "/" + round);
        CHECK(cell.id == round);
    }
    CHECK(target(area_on(picture, "IP")) == block_2 + "/ip");
    CHECK(target(area_on(picture, "swap")) == block_2 + "/swap");
    CHECK(target(area_on(picture, "FP")) == block_2 + "/fp");
    CHECK(target(area_on(picture, "front.2")) == "message.1/encrypt/block.1");
    CHECK(picture.at(extent(*picture.find("back.1")).centre(), 18) == nullptr);
}

TEST_CASE("The stops of the head lead to every step of the block, beside the title or below it", "[viz][picture]") {
    DrawnStage drawing(samples::workbench(Direction::encrypt, Mode::ecb, 24));
    for (const Rect& room : {Rect{0, 0, 1400, 800}, Rect{0, 0, 560, 540}, Rect{0, 0, 360, 540}}) {
        CAPTURE(room.w);
        const Picture picture = drawing.at(block_2 + "/swap", room);
        std::set<float> rows;
        for (const HeadStop& stop : block_stops(drawing.trace().tree().at(block_2))) {
            const std::string id = "stop." + stop.label;
            CHECK(target(area_on(picture, id)) == address(stop.go_to));
            const auto& box = std::get<shape::Box>(picture.find(id)->form);
            CHECK((box.fill.ink == Ink::current) == (stop.label == "swap"));
            CHECK(box.rect.right() <= room.right() + 1);
            rows.insert(box.rect.y);
        }
        CHECK(rows.size() == (room.w < 400 ? 2 : 1));
        CHECK((*rows.begin() < 18) == (room.w > 1000));
    }
}

TEST_CASE("A bit that is followed through a permutation is lit in both rows and both squares", "[viz][picture]") {
    DrawnStage drawing(samples::workbench(Direction::encrypt, Mode::ecb, 24));
    for (const std::string part : {"ip", "swap", "fp"}) {
        const std::string where = block_2 + "/" + part;
        const PermutationModel p = make_permutation_model(drawing.trace(), drawing.trace().tree().at(where));
        drawing.state.followed = 0;
        const Picture before = drawing.at(where, wide);
        CHECK(followed_cells(before).empty());
        for (unsigned bit = 1; bit <= 64; ++bit) {
            CAPTURE(part, bit);
            const unsigned to = p.destination[bit - 1];
            const auto id = [&](const char* of, unsigned place) { return fmt::format("{}.{}.{}", p.name, of, place); };
            drawing.state.followed = bit;
            const Picture picture = drawing.at(where, wide);
            CHECK(places(picture) == places(before));
            CHECK(followed_cells(picture) == Names{id("in", bit), id("out", to)});
            CHECK(std::get<shape::Wire>(picture.find(id("wire", bit))->form).paint.ink == Ink::followed);
            CHECK(area_on(picture, id("in", bit)).follow == bit);
            CHECK(area_on(picture, id("out", to)).follow == bit);
            if (!p.squares) continue;
            for (const std::string& box : {id("before", bit), id("table", to)}) {
                CHECK(std::get<shape::Box>(picture.find(box)->form).outline.ink == Ink::followed);
                CHECK(area_on(picture, box).follow == bit);
            }
        }
    }
}

TEST_CASE("What a permutation gives is covered until it is revealed", "[viz][picture]") {
    DrawnStage drawing(samples::workbench(Direction::encrypt, Mode::ecb, 24));
    const Picture picture = drawing.at(block_2 + "/ip", wide, true);
    const auto sign = [&](const char* id) { return std::get<shape::Cell>(picture.find(id)->form).sign; };
    for (unsigned i = 1; i <= 64; ++i) {
        CHECK(sign(fmt::format("IP.in.{}", i).c_str()) != '?');
        CHECK(sign(fmt::format("IP.out.{}", i).c_str()) == '?');
    }
}

TEST_CASE("Keys walk over every bit of the ladder and of a permutation, and come back", "[viz][picture]") {
    DrawnStage drawing(samples::workbench(Direction::encrypt, Mode::ecb, 24));
    drawing.at(block_2, wide);
    const StageInput input = drawing.input(wide);
    for (const auto& [kind, count] : {std::pair{StageKind::block, Item{18 * 32}}, {StageKind::permutation, 64}}) {
        const NextItem next = stage(kind).next;
        std::set<Item> seen;
        Item item = next(input, 0, 1);
        const Item first = item;
        CHECK(next(input, 0, -1) == next(input, first, -1));
        do {
            CHECK(seen.insert(item).second);
            const Item after = next(input, item, 1);
            CHECK(next(input, after, -1) == item);
            item = after;
        } while (item != first);
        CHECK(seen.size() == count);
        CHECK(*seen.begin() == 1);
        CHECK(*seen.rbegin() == count);
    }
    for (Item item = 1; item <= 18 * 32; ++item) CHECK(item_of(*ladder_bit(item)) == item);
}

TEST_CASE("The bits of a variant's ladder are those of its rounds, all round the ring", "[viz][picture]") {
    DrawnStage drawing(samples::variant("rounds=5"));
    const std::string block = "message.1/encrypt/block.1";
    drawing.at(block, wide);
    const NextItem next = stage(StageKind::block).next;
    const auto follow = [&](int step) {
        drawing.state.follow(next(drawing.input(wide), drawing.state.followed, step), true);
        return drawing.at(block, wide);
    };
    CHECK_FALSE(followed_cells(follow(-1)).empty());
    CHECK(drawing.state.followed == item_of({6, 32}));
    for (Item item = 1; item <= 7 * 32; ++item) {
        follow(1);
        CHECK(drawing.state.followed == item);
    }
    follow(1);
    CHECK(drawing.state.followed == 1);
}
