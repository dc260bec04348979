// The stage of a modular exponentiation: its numbers against GMP, and the stage itself on the null backend.
#include <fmt/format.h>

#include <set>

#include "core/steps/address.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/null_window.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/samples.hpp"
#include "viz/stages/modexp/modexp_model.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using keyhole::viz::testing::NullWindow;

namespace {

Number powm(const Number& base, const Number& exponent, const Number& modulus) {
    Number out;
    mpz_powm(out.get_mpz_t(), base.get_mpz_t(), exponent.get_mpz_t(), modulus.get_mpz_t());
    return out;
}

// What is raised on the stage stands in line in its log.
std::string without_marks(std::string text) {
    std::erase_if(text, [](char c) { return c == '^' || c == '{' || c == '}'; });
    return NullWindow::squeezed(text);
}

std::string joined(const NumberText& text) {
    std::string out;
    for (const std::string& group : text.groups) out += group;
    return out;
}

Number value(const NumberText& text) { return text.in_hex() ? *number_from_hex(joined(text)) : Number(text.decimal); }

} // namespace

TEST_CASE("A toy bit is written in decimal with its product and its remainder", "[viz][modexp]") {
    // 18^6 mod 23: the first bit makes 18 of 1, the second squares 18 to 324 = 14 * 23 + 2.
    const Recording recording = record_power({.base = 18, .exponent = 6, .modulus = 23});
    const Trace trace(recording);
    const ModexpModel model = make_modexp_model(trace, trace.tree().at("modexp/bit.2"));
    CHECK(model.live == "18^{6} mod 23 = 8");
    REQUIRE(model.current);
    CHECK(model.current->before.decimal == "18");
    CHECK(model.current->square.formula == "18\u00B2 mod 23 = 324 mod 23 = 2");
    CHECK(model.current->square.note == "324 = 14 \u00B7 23 + 2");
    CHECK(model.current->multiply.formula == "2 \u00B7 18 mod 23 = 36 mod 23 = 13");
    CHECK(model.current->so_far == "read so far: 11\u2082 = 3, so the value is now 18^{3} mod 23");
    const ModexpModel last = make_modexp_model(trace, trace.tree().at("modexp/bit.3"));
    CHECK_FALSE(last.current->multiply.done);
    CHECK(last.current->multiply.result.decimal == "8");
    CHECK(last.bits == 3);
    CHECK(last.ones == 2);
}

TEST_CASE("Every bit's value is the base to the exponent read so far", "[viz][modexp]") {
    const Recording recording = keyhole::testing::exchange("modp768", dh::Kdf::sha256, Mode::cbc, {}, 7);
    const Trace trace(recording);
    for (const char* where :
         {"keys/server.public", "keys/client.public", "secret/server.shared", "secret/client.shared"}) {
        const Node owner = trace.tree().at(where);
        const ModexpModel whole = make_modexp_model(trace, owner);
        REQUIRE(whole.bits == trace.tree().child_count(owner));
        const Number exponent = value(whole.exponent.text), base = value(whole.base.text),
                     p = value(whole.modulus.text);
        CHECK(value(whole.result.text) == powm(base, exponent, p));
        for (std::uint64_t i = 1; i <= whole.bits; ++i) {
            const ModexpModel model = make_modexp_model(trace, owner.child({.kind = Kind::bit, .number = i}));
            const Number prefix = exponent >> (whole.bits - i), before = prefix >> 1;
            REQUIRE(value(model.current->before) == powm(base, before, p));
            REQUIRE(value(model.current->square.result) == powm(base, 2 * before, p));
            REQUIRE(value(model.current->multiply.result) == powm(base, prefix, p));
            REQUIRE((model.current->bit == 1) == (mpz_tstbit(exponent.get_mpz_t(), whole.bits - i) == 1));
            const PowerRow row = power_row(model, i);
            REQUIRE(row.bit == model.current->bit);
            REQUIRE((row.action == "square, multiply") == (row.bit == 1));
        }
    }
}

TEST_CASE("Changed groups are those whose digits differ", "[viz][modexp]") {
    const Recording recording = keyhole::testing::exchange("modp768", dh::Kdf::sha256, Mode::cbc, {}, 7);
    const Trace trace(recording);
    const ModexpModel second = make_modexp_model(trace, trace.tree().at("keys/server.public/bit.2"));
    // The value is still a small power of 2: only the last of 24 groups moves.
    REQUIRE(second.current->square.changed.size() == 24);
    CHECK(std::count(second.current->square.changed.begin(), second.current->square.changed.end(), true) == 1);
    CHECK(second.current->square.changed.back());
    const ModexpModel late = make_modexp_model(trace, trace.tree().at("keys/server.public/bit.40"));
    for (std::size_t i = 0; i < 24; ++i)
        CHECK(late.current->square.changed[i] ==
              (late.current->before.groups[i] != late.current->square.result.groups[i]));
}

TEST_CASE("The other side's exponent is named as unknown, with the reason", "[viz][modexp]") {
    const Recording recording =
        keyhole::testing::seen_by(Role::client, keyhole::testing::exchange("toy23", dh::Kdf::sha256, Mode::cbc, {}, 7));
    const Trace trace(recording);
    const ModexpModel model = make_modexp_model(trace, trace.tree().at("keys/server.public"));
    CHECK(model.power == nullptr);
    CHECK(model.unknown.find("server's private key a is not known here") != std::string::npos);
    CHECK(model.live == fmt::format("5^{{?}} mod 23 = {}", recording.party(Role::server).public_key->get_str()));
    NullWindow window(recording);
    const std::string text = window.at("keys/server.public");
    CHECK(text.find(without_marks(model.unknown)) != std::string::npos);
}

TEST_CASE("The exponentiation's stage shows all its numbers, uncut, at every size and scale", "[viz][modexp]") {
    const std::vector<Recording> recordings = {samples::power(), samples::exchange(), samples::all().back(),
                                               record_power({.base = 3, .exponent = 0, .modulus = 7}),
                                               samples::exchange(Mode::cbc, dh::Kdf::sha256, "ffdhe2048")};
    for (const Recording& recording : recordings) {
        NullWindow window(recording);
        const StepTree& tree = window.app.session().trace.tree();
        std::vector<std::string> addresses;
        for (const char* owner : {"modexp", "keys/server.public", "secret/client.shared"}) {
            if (!tree.find(owner)) continue;
            addresses.emplace_back(owner);
            const std::uint64_t bits = tree.child_count(*tree.find(owner));
            for (const std::uint64_t i : std::set<std::uint64_t>{1, 2, bits / 2, bits}) {
                if (i >= 1 && i <= bits) addresses.push_back(fmt::format("{}/bit.{}", owner, i));
            }
        }
        for (const float scale : {1.0F, 2.0F, 3.0F}) {
            window.app.ui().scale = scale;
            for (const auto& [width, height] : viz::testing::window_sizes) {
                window.size(width, height);
                for (const std::string& where : addresses) {
                    INFO(where << " at " << width << "x" << height << ", scale " << scale);
                    const std::string text = window.at(where);
                    const Trace& trace = window.app.session().trace;
                    const ModexpModel model = make_modexp_model(trace, trace.tree().at(where));
                    CHECK(text.find(without_marks(model.purpose)) != std::string::npos);
                    CHECK(text.find(without_marks(model.live)) != std::string::npos);
                    if (model.current) {
                        CHECK(text.find(NullWindow::squeezed(model.current->square.formula)) != std::string::npos);
                        CHECK(text.find(NullWindow::squeezed(model.current->multiply.formula)) != std::string::npos);
                    }
                    if (model.bits > 0) CHECK(text.find("squar") != std::string::npos);
                    const auto cut = take_cut_text();
                    INFO((cut.empty() ? "" : cut.front()));
                    CHECK(cut.empty());
                }
            }
        }
    }
}

TEST_CASE("A click on a row of the table goes to its bit", "[viz][modexp]") {
    NullWindow window(samples::power());
    window.at("modexp");
    std::set<std::string> reached;
    for (float y = 120; y < 800; y += 8) {
        window.click(700, y);
        reached.insert(window.address());
    }
    for (const char* bit : {"modexp/bit.1", "modexp/bit.2", "modexp/bit.3"}) CHECK(reached.contains(bit));
}
