// What a step comes to, in one line.
#include <fmt/format.h>

#include "tests/support/catch.hpp"
#include "tests/support/null_window.hpp"
#include "tests/support/samples.hpp"
#include "viz/stages/hero/hero_model.hpp"

using namespace keyhole;
using namespace keyhole::viz;

namespace {

class Heroes {
  public:
    explicit Heroes(Recording recording) : recording_(std::move(recording)), trace_(recording_) {}

    std::string at(std::string_view address, bool covered = false) const {
        const Hero found = hero(trace_, trace_.step(trace_.tree().at(address)), covered);
        return found.before + (found.before.empty() || found.result.empty() ? "" : " ") + found.result +
               (found.right.empty() ? "" : " ") + found.right;
    }
    const Trace& trace() const { return trace_; }

  private:
    Recording recording_;
    Trace trace_;
};

} // namespace

TEST_CASE("The hero of a step is its own numbers", "[viz][hero]") {
    const Heroes power(samples::power());
    CHECK(power.at("modexp") == "5^{6} mod 23 = 8");
    CHECK(power.at("modexp/bit.1") == "1^{2} \u00B7 5 mod 23 = 5");
    CHECK(power.at("modexp/bit.3") == "10^{2} mod 23 = 8");

    // The standard worked example of DES.
    const Heroes des(samples::workbench(Direction::encrypt, Mode::ecb, 8));
    const std::string block = "message.1/encrypt/block.1";
    const auto sbox = des.trace().round(des.trace().tree().at(block + "/round.1/sbox.1")).sboxes[0];
    CHECK(des.at(block + "/round.1/sbox.1").ends_with(fmt::format(" = {} = {:04b}", sbox.output, sbox.output)));
    const des::RoundTrace first = des.trace().round(des.trace().tree().at(block + "/round.1"));
    CHECK(des.at(block + "/ip") == fmt::format("L\u2080 R\u2080 = 0x{:08X} 0x{:08X}", first.left_in, first.right_in));
    CHECK(des.at(block + "/round.1") ==
          fmt::format("L\u2081 R\u2081 = 0x{:08X} 0x{:08X}", first.left_out, first.right_out));
    CHECK(des.at("schedule/round.1") == "K\u2081 = 0x1B02EFFC7072");
    CHECK(des.at("schedule") == "key 0x133457799BBCDFF1");
}

TEST_CASE("Padding is a sum of bytes", "[viz][hero]") {
    const auto at = [](Mode mode, Padding padding, std::size_t size) {
        const DesSettings settings{0x133457799BBCDFF1, mode, padding};
        return Heroes(record_des(settings, Direction::encrypt, 0, Bytes(size, 'a'))).at("message.1/pad");
    };
    CHECK(at(Mode::cbc, Padding::pkcs7, 13) == "13 bytes + 3 \u00D7 0x03 = 16 bytes");
    CHECK(at(Mode::cbc, Padding::pkcs7, 8) == "8 bytes + 8 \u00D7 0x08 = 16 bytes");
    CHECK(at(Mode::ecb, Padding::zero, 1) == "1 byte + 7 \u00D7 0x00 = 8 bytes");
    CHECK(at(Mode::ecb, Padding::iso7816, 5) == "5 bytes + 0x80 and 2 zeros = 8 bytes");
    CHECK(at(Mode::ecb, Padding::iso7816, 7) == "7 bytes + 0x80 = 8 bytes");
    CHECK(at(Mode::ctr, Padding::none, 5) == "no padding: 5 bytes");
}

TEST_CASE("Covered, the hero keeps what the step gives", "[viz][hero]") {
    const Heroes des(samples::workbench(Direction::encrypt, Mode::ecb, 8));
    for (const std::string& where : testing::one_of_each_kind(des.trace().tree())) {
        INFO(where);
        const std::string open = des.at(where), covered = des.at(where, true);
        CHECK((open.empty() ? covered.empty() : covered.ends_with("?")));
    }
}

TEST_CASE("Large numbers stand in their short form, and both sides' secret is one", "[viz][hero]") {
    const Heroes large(samples::exchange(Mode::cbc, dh::Kdf::sha256, "modp768"));
    CHECK(large.at("keys/client.public").starts_with("B = 0x"));
    CHECK(large.at("secret").starts_with("both have s = 0x"));
    for (const std::string& where : testing::one_of_each_kind(large.trace().tree())) {
        INFO(where);
        CHECK(large.at(where).size() < 120);
    }
}
