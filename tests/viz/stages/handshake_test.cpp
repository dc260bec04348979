// The stages of the handshake: parameters, both sides, and the key derivation, against GMP, OpenSSL and the standard's
// definitions, and on the null backend.
#include <fmt/format.h>
#include <openssl/sha.h>

#include <bit>
#include <set>

#include "tests/support/catch.hpp"
#include "tests/support/null_window.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/samples.hpp"
#include "viz/stages/handshake/derive_model.hpp"
#include "viz/stages/handshake/handshake_model.hpp"
#include "viz/stages/handshake/parameters_model.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using keyhole::viz::testing::NullWindow;

namespace {

ParametersModel described(const Number& p, const Number& g) {
    const dh::ParameterReport report = dh::check_parameters(p, g);
    const dh::Order order = report.ok() ? dh::order_of(g, p, report) : dh::Order{};
    return describe_parameters({.group = "custom", .p = p, .g = g}, report, order);
}

Verdict verdict(const ParametersModel& model, std::string_view question) {
    for (const CheckRow& row : model.checks) {
        if (row.question == question) return row.verdict;
    }
    throw std::invalid_argument(std::string(question));
}

// A whole exchange in toy23 with these private keys.
Recording toy(const Number& a, const Number& b, dh::Kdf kdf) {
    Recording r = keyhole::testing::exchange("toy23", kdf, Mode::cbc, {});
    for (const auto& [role, x] : {std::pair{Role::server, a}, {Role::client, b}}) {
        r.party(role).private_key = x;
        r.party(role).public_key = power(5, x, 23);
    }
    for (const Role role : {Role::server, Role::client})
        r.party(role).shared = power(*r.party(other(role)).public_key, *r.party(role).private_key, 23);
    return r;
}

std::string without_marks(std::string text) {
    std::erase_if(text, [](char c) { return c == '^' || c == '{' || c == '}'; });
    return NullWindow::squeezed(text);
}

} // namespace

TEST_CASE("The checks of p and g stop at the first that fails", "[viz][handshake]") {
    const ParametersModel good = described(23, 5);
    CHECK(good.accepted);
    CHECK(verdict(good, "p is prime") == Verdict::passed);
    CHECK(verdict(good, "q = (p\u22121)/2 is prime") == Verdict::passed);
    CHECK(verdict(good, "g has the prime order q") == Verdict::doubted); // 5 is no square mod 23
    CHECK(verdict(described(23, 2), "g has the prime order q") == Verdict::passed);
    CHECK(verdict(good, "p is long enough") == Verdict::doubted);
    CHECK(verdict(described(41, 10), "g has a prime order") == Verdict::passed); // its order is 5
    CHECK(verdict(described(13, 2), "g has a prime order") == Verdict::doubted); // its order is 12

    const ParametersModel composite = described(91, 5);
    CHECK_FALSE(composite.accepted);
    CHECK(composite.verdict == "refused: p is not prime");
    CHECK(verdict(composite, "p is prime") == Verdict::failed);
    CHECK(verdict(composite, "q = (p\u22121)/2 is prime") == Verdict::not_reached);
    const ParametersModel even = described(22, 5);
    CHECK(verdict(even, "p is odd") == Verdict::failed);
    CHECK(verdict(even, "p has an allowed size") == Verdict::not_reached);
    CHECK(verdict(described(23, 22), "g lies in 2..p\u22122") == Verdict::failed);
    CHECK(verdict(described(13, 2), "q = (p\u22121)/2 is prime") == Verdict::doubted); // 6 is not prime
    const Group& big = *find_group("ffdhe2048");
    CHECK(verdict(described(big.p, big.g), "p is long enough") == Verdict::passed);
}

TEST_CASE("The powers of a toy group's g run through its order", "[viz][handshake]") {
    CHECK(described(23, 5).powers ==
          std::vector<unsigned>{5, 2, 10, 4, 20, 8, 17, 16, 11, 9, 22, 18, 21, 13, 19, 3, 15, 6, 7, 12, 14, 1});
    CHECK(described(23, 2).powers.size() == 11);
    CHECK(described(find_group("modp768")->p, 2).powers.empty());
}

TEST_CASE("Both sides stand beside one another and meet in the same secret", "[viz][handshake]") {
    const Recording recording = toy(6, 15, dh::Kdf::sha256); // the textbook's numbers: A = 8, B = 19, s = 2
    const Trace trace(recording);
    const HandshakeModel model = make_handshake_model(trace, trace.tree().at("secret"));
    CHECK(model.at(Role::server, SideRow::private_key).value == "6");
    CHECK(model.at(Role::server, SideRow::public_key).formula == "5^{6} mod 23");
    CHECK(model.at(Role::server, SideRow::public_key).value == "8");
    CHECK(model.at(Role::client, SideRow::public_key).value == "19");
    CHECK(model.at(Role::server, SideRow::shared).formula == "19^{6} mod 23");
    CHECK(model.at(Role::client, SideRow::shared).formula == "8^{15} mod 23");
    CHECK(model.at(Role::server, SideRow::shared).value == "2");
    CHECK(model.same_secret == true);
    CHECK(model.same_key == true);
    CHECK(model.viewpoint.empty());
}

TEST_CASE("What comes later in the exchange is not told before", "[viz][handshake]") {
    const Recording recording = toy(6, 15, dh::Kdf::sha256);
    const Trace trace(recording);
    const auto standing = [&](const char* where, Role role, SideRow row) {
        return make_handshake_model(trace, trace.tree().at(where)).at(role, row).standing;
    };
    CHECK(standing("connect", Role::server, SideRow::private_key) == Standing::later);
    CHECK(standing("keys", Role::client, SideRow::public_key) == Standing::current);
    CHECK(standing("keys/server.private", Role::server, SideRow::private_key) == Standing::current);
    CHECK(standing("keys/server.private", Role::client, SideRow::private_key) == Standing::later);
    CHECK(standing("keys/client.private", Role::server, SideRow::public_key) == Standing::done);
    CHECK(standing("keys/client.private", Role::server, SideRow::shared) == Standing::later);
    const HandshakeModel early = make_handshake_model(trace, trace.tree().at("keys/server.private"));
    CHECK(early.at(Role::client, SideRow::private_key).value.empty());
    CHECK(early.at(Role::server, SideRow::public_key).formula == "g^{a} mod 23");
    CHECK_FALSE(early.same_secret);
    CHECK(early.listener.starts_with("Somebody who listens has p, g, but not"));
    CHECK(early.listener.find("nothing to attack yet") != std::string::npos);
    const std::string crossed = make_handshake_model(trace, trace.tree().at("keys/client.private")).listener;
    CHECK(crossed.find("With p = 23 that is enough") != std::string::npos);
    CHECK(make_handshake_model(trace, trace.tree().at("connect")).parameters.empty());
}

TEST_CASE("One side's recording names what it cannot know, and why", "[viz][handshake]") {
    for (const Role role : {Role::server, Role::client}) {
        const Recording recording = keyhole::testing::seen_by(role, toy(6, 15, dh::Kdf::low64));
        const Trace trace(recording);
        const std::string peer(name(other(role)));
        const HandshakeModel model = make_handshake_model(trace, trace.tree().at("secret"));
        CHECK(model.viewpoint.find("Recorded by the " + std::string(name(role))) == 0);
        const SideNumber& secret = model.at(other(role), SideRow::private_key);
        CHECK(secret.standing == Standing::unknown);
        CHECK(secret.value.empty());
        CHECK(secret.remark == "not known here: it never leaves the " + peer);
        CHECK(model.at(other(role), SideRow::public_key).remark == "came over the wire");
        CHECK(model.at(other(role), SideRow::shared).remark ==
              "not known here: it takes the " + peer + "'s private key");
        CHECK(model.at(other(role), SideRow::key).standing == Standing::unknown);
        CHECK(model.at(role, SideRow::shared).value == "2");
        CHECK_FALSE(model.same_secret);
        NullWindow window(recording);
        for (const char* where : {"keys", "secret"}) {
            const std::string text = window.at(where);
            CHECK(text.find(NullWindow::squeezed(model.viewpoint)) != std::string::npos);
            CHECK(text.find(NullWindow::squeezed(secret.remark)) != std::string::npos);
        }
        const std::string derive = role == Role::server ? "secret/server.derive" : "secret/client.derive";
        CHECK(make_derive_model(trace, trace.tree().at(derive)).other.find("key is not known here") !=
              std::string::npos);
    }
}

TEST_CASE("The key is the digest's first eight bytes with odd parity", "[viz][handshake]") {
    const Recording recording = keyhole::testing::exchange("modp768", dh::Kdf::sha256, Mode::cbc, {}, 5);
    const Trace trace(recording);
    const DeriveModel model = make_derive_model(trace, trace.tree().at("secret/client.derive"));
    CHECK(model.secret.size() == 96);
    std::array<std::uint8_t, 32> digest{};
    SHA256(model.secret.data(), model.secret.size(), digest.data());
    REQUIRE(model.digest);
    CHECK(*model.digest == digest);
    unsigned flipped = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        const KeyByte& byte = model.bytes[i];
        CHECK(byte.raw == digest[i]);
        CHECK(byte.key >> 1 == byte.raw >> 1);
        CHECK(std::popcount(byte.key) % 2 == 1);
        CHECK(byte.ones + (byte.key & 1U) == static_cast<unsigned>(std::popcount(byte.key)));
        CHECK(byte.flipped == (byte.raw != byte.key));
        flipped += byte.flipped ? 1 : 0;
    }
    CHECK(model.flipped == flipped);
    CHECK_FALSE(model.weak);
    CHECK(model.other == "The server gets the same key from the same secret.");
}

TEST_CASE("A weak key is named", "[viz][handshake]") {
    // 5^11 = -1 and 5^22 = 1 mod 23: with a = 11 and b = 2 the secret is 1, whose lowest 64 bits make 0101..01.
    const Recording recording = toy(11, 2, dh::Kdf::low64);
    const Trace trace(recording);
    const DeriveModel model = make_derive_model(trace, trace.tree().at("secret/server.derive"));
    CHECK(model.key == 0x0101010101010101);
    CHECK(model.weak);
    CHECK(model.verdict.find("weak key") != std::string::npos);
    CHECK(model.padded == 7);
    NullWindow window(recording);
    CHECK(window.at("secret/server.derive").find(NullWindow::squeezed(model.verdict)) != std::string::npos);
}

TEST_CASE("The handshake's stages show all their words and numbers, uncut, at every size and scale",
          "[viz][handshake]") {
    std::vector<Recording> recordings = {toy(6, 15, dh::Kdf::sha256), toy(6, 15, dh::Kdf::low64),
                                         samples::exchange(Mode::ctr, dh::Kdf::sha256, "ffdhe2048"),
                                         keyhole::testing::seen_by(Role::client, toy(6, 15, dh::Kdf::sha256))};
    for (const Recording& recording : recordings) {
        NullWindow window(recording);
        const Trace& trace = window.app.session().trace;
        for (const float scale : {1.0F, 2.0F, 3.0F}) {
            window.app.ui().scale = scale;
            for (const auto& [width, height] : viz::testing::window_sizes) {
                window.size(width, height);
                for (const char* where :
                     {"connect", "parameters", "parameters/server.choose", "parameters/client.check", "keys",
                      "keys/server.private", "keys/client.private", "secret", "secret/client.derive"}) {
                    const auto node = trace.tree().find(where);
                    if (!node) continue;
                    INFO(where << " at " << width << "x" << height << ", scale " << scale);
                    const std::string text = window.at(where);
                    const auto shows = [&](const std::string& words) {
                        INFO(words);
                        CHECK(text.find(without_marks(words)) != std::string::npos);
                    };
                    if (node->within(Kind::parameters)) {
                        const ParametersModel model = make_parameters_model(trace, *node);
                        shows(model.story);
                        for (const CheckRow& row : model.checks) shows(row.question), shows(row.finding);
                    } else if (node->kind() == Kind::derive) {
                        const DeriveModel model = make_derive_model(trace, *node);
                        for (const std::string& words :
                             {model.secret_words, model.how, model.verdict, model.other, model.caution})
                            shows(words);
                        shows(fmt::format("0x{:016X}", model.key));
                    } else {
                        const HandshakeModel model = make_handshake_model(trace, *node);
                        shows(model.listener), shows(model.weakness), shows(model.viewpoint);
                        for (const auto& side : model.sides) {
                            for (const SideNumber& n : side) shows(n.value), shows(n.formula), shows(n.remark);
                        }
                    }
                    const auto cut = take_cut_text();
                    INFO((cut.empty() ? "" : cut.front()));
                    CHECK(cut.empty());
                }
            }
        }
    }
}

TEST_CASE("A click on a number of the handshake goes to its step", "[viz][handshake]") {
    NullWindow window(toy(6, 15, dh::Kdf::sha256));
    std::set<std::string> reached;
    for (const float x : {420.0F, 700.0F, 990.0F}) {
        for (float y = 110; y < 780; y += 22) {
            window.at("secret");
            window.click(x, y);
            reached.insert(window.address());
        }
    }
    for (const char* step : {"connect", "parameters", "keys/server.private", "keys/client.private",
                             "keys/server.public", "keys/client.public", "secret/server.shared", "secret/client.shared",
                             "secret/server.derive", "secret/client.derive"}) {
        INFO(step);
        CHECK(reached.contains(step));
    }
}
