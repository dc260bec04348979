// The four paddings: what they add, what they take off, and what zeros cannot tell.
#include "core/modes/padding.hpp"

#include "tests/support/catch.hpp"

using namespace keyhole;

namespace {

Bytes hex(std::string_view digits) { return *from_hex(digits); }

} // namespace

TEST_CASE("Every padding makes whole blocks and comes off again", "[modes][padding]") {
    for (std::size_t size = 0; size <= 24; ++size) {
        const Bytes data(size, 0x41);
        for (const Padding padding : every_padding) {
            CAPTURE(size, name(padding));
            const Bytes padded = pad(padding, data);
            CHECK(padded.size() == padded_size(padding, size));
            CHECK(std::equal(data.begin(), data.end(), padded.begin()));
            CHECK(unpad(padding, padded) == data);
            if (padding != Padding::none) CHECK(padded.size() % 8 == 0);
        }
        CHECK(padded_size(Padding::none, size) == size);
        CHECK(padded_size(Padding::zero, size) - size < 8);
        CHECK(padded_size(Padding::iso7816, size) == padded_size(Padding::pkcs7, size));
    }
}

TEST_CASE("The paddings are those of RFC 5652 and ISO/IEC 9797-1", "[modes][padding]") {
    const Bytes nine = to_bytes("meet at 9");
    CHECK(to_hex(pad(Padding::pkcs7, nine)) == "6D656574206174203907070707070707");
    CHECK(to_hex(pad(Padding::zero, nine)) == "6D656574206174203900000000000000");
    CHECK(to_hex(pad(Padding::iso7816, nine)) == "6D656574206174203980000000000000");
    CHECK(to_hex(pad(Padding::iso7816, Bytes(8, 0x80))) == "80808080808080808000000000000000");
    CHECK(to_hex(pad(Padding::iso7816, Bytes(7, 1))) == "0101010101010180");
    CHECK(pad(Padding::zero, Bytes(8, 1)) == Bytes(8, 1));
    CHECK(pad(Padding::zero, {}).empty());
}

TEST_CASE("A block that does not end in 80 and zeros is refused as ISO 7816-4", "[modes][padding][hostile]") {
    for (const char* wrong : {"", "80", "0000000000000000", "4141414141414100", "8000000000000001", "4141414141414181",
                              "80000000000000000000000000000000",
                              "4180000000000000"
                              "00"}) {
        CAPTURE(wrong);
        CHECK_FALSE(unpad(Padding::iso7816, hex(wrong)));
    }
    CHECK(unpad(Padding::iso7816, hex("8000000000000000")) == Bytes{});
    CHECK(unpad(Padding::iso7816, hex("4141414141808080")) == hex("41414141418080"));
    CHECK(unpad(Padding::iso7816, hex("4100000080000000")) == hex("41000000"));
}

TEST_CASE("Zeros at the end of a message are lost with the padding, which is said", "[modes][padding]") {
    CHECK(unpad(Padding::zero, pad(Padding::zero, hex("410000"))) == hex("41"));
    CHECK(unpad(Padding::zero, Bytes(16)) == Bytes{});
    CHECK(lost_to_zeros(hex("0041")).empty());
    CHECK(lost_to_zeros(hex("410000")).starts_with("the message itself ends in 2 zero bytes"));
    CHECK(doubt_after_zeros(0).empty());
    CHECK(doubt_after_zeros(1).starts_with("1 zero byte was taken off, and nothing tells whether"));
    CHECK(doubt_after_zeros(7).starts_with("7 zero bytes were taken off, and nothing tells whether"));
    CHECK(doubt_after_zeros(9).starts_with("9 zero bytes were taken off, and padding adds seven at most"));
}

TEST_CASE("Paddings are found by their names in any case", "[modes][padding]") {
    for (const Padding padding : every_padding) CHECK(find_padding(name(padding)) == padding);
    CHECK(find_padding("PKCS7") == Padding::pkcs7);
    CHECK(find_padding("Iso7816") == Padding::iso7816);
    for (const char* text : {"", "pkcs5", "zeros", "none "}) CHECK_FALSE(find_padding(text));
}
