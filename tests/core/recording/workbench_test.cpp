// What a person types for one message, in every form, and each refusal word for word.
#include "core/recording/workbench.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/refusal.hpp"

using namespace keyhole;

namespace {

WorkbenchText typed(std::string key, std::string hex = "00") {
    WorkbenchText text;
    text.key = std::move(key);
    text.hex = std::move(hex);
    return text;
}

WorkbenchText with_text_key(std::string key_text) {
    WorkbenchText text = typed("");
    text.key.reset();
    text.key_text = std::move(key_text);
    return text;
}

WorkbenchText base64(std::string data, bool decrypt = false) {
    WorkbenchText text = typed("133457799BBCDFF1");
    text.hex.reset();
    text.base64 = std::move(data);
    text.decrypt = decrypt;
    return text;
}

std::string refusal(const WorkbenchText& text) {
    return keyhole::testing::refusal_of([&] { resolve(text); });
}

// The one block or blocks that come out of "meet at 9" under the key orchids!, and what comes out of these again.
std::string meet_at_9(Padding padding) {
    const DesSettings settings{0x6F72636869647321, Mode::ecb, padding};
    const Bytes ciphertext =
        record_des(settings, Direction::encrypt, 0, to_bytes("meet at 9")).messages[0].sent->ciphertext;
    CHECK(record_des(settings, Direction::decrypt, 0, ciphertext).messages[0].received->plaintext ==
          to_bytes("meet at 9"));
    return to_hex(ciphertext);
}

} // namespace

TEST_CASE("A key is hex in every spelling, or 8 bytes of text", "[workbench]") {
    for (const char* key :
         {"6F72636869647321", "0x6f72636869647321", "6f:72:63:68:69:64:73:21", "6F72 6368 6964 7321",
          "6f-72-63-68-69-64-73-21", "0x6F, 0x72, 0x63, 0x68, 0x69, 0x64, 0x73, 0x21", "6F726368\n69647321\n"}) {
        CAPTURE(key);
        CHECK(resolve(typed(key)).settings.key == 0x6F72636869647321);
    }
    CHECK(resolve(with_text_key("orchids!")).settings.key == 0x6F72636869647321);
    CHECK(resolve(with_text_key("sch\u00f6n 1")).settings.key == 0x736368C3B66E2031);
}

TEST_CASE("A key that is none is told what it is and what to do", "[workbench][hostile]") {
    CHECK(refusal(typed("orchids!")) ==
          "key 'orchids!' is no DES value (it is not all hex digits, 16 are needed; as text its 8 bytes are "
          "6F72636869647321: give it with --key-text)");
    CHECK(refusal(typed("12345678")) ==
          "key '12345678' is no DES value (it has 8 hex digits, 16 are needed; as text its 8 bytes are "
          "3132333435363738: give it with --key-text)");
    CHECK(refusal(typed("Passwort1")) ==
          "key 'Passwort1' is no DES value (it is not all hex digits, 16 are needed; as text it has 9 bytes, 8 are "
          "needed)");
    CHECK(refusal(typed("133457799BBCDFF")) ==
          "key '133457799BBCDFF' is no DES value (it has 15 hex digits, 16 are needed; write it like "
          "133457799BBCDFF1)");
    CHECK(refusal(with_text_key("orchid")) ==
          "key text 'orchid' is no DES value (it has 6 bytes, 8 in UTF-8 are needed; write it like orchids!)");
    CHECK(refusal(with_text_key("\u00f6\u00f6\u00f6\u00f6\u00f6\u00f6\u00f6\u00f6")).find("it has 16 bytes, 8 in") !=
          std::string::npos);
    CHECK(refusal(with_text_key("orchid\xFF!")).find("it has 8 bytes that are no UTF-8, 8 in") != std::string::npos);
    CHECK(refusal(WorkbenchText{}) ==
          "no key (DES needs one; give --key with 16 hex digits, or --key-text with 8 bytes of text)");
    WorkbenchText both = typed("6F72636869647321");
    both.key_text = "orchids!";
    CHECK(refusal(both) == "both --key and --key-text (they contradict; give the key in hex or as text)");
}

TEST_CASE("Data is hex, text, base64 or a file, and one of them", "[workbench]") {
    CHECK(resolve(typed("133457799BBCDFF1", "01:23 45-67,89\tAB\r\nCD EF\n")).data == *from_hex("0123456789ABCDEF"));
    for (const char* text : {"Zm9vYg==", "Zm9vYg", "Zm9v\nYg==\n", " Zm 9v Yg = = "}) {
        CAPTURE(text);
        CHECK(resolve(base64(text)).data == to_bytes("foob"));
    }
    CHECK(resolve(base64("")).data.empty());
    CHECK(resolve(base64("Zm9v")).settings.padding == Padding::pkcs7);
    CHECK(resolve(typed("133457799BBCDFF1")).settings.padding == Padding::none);
    CHECK(refusal(base64("Zm9v\u00e9Yg==")) ==
          "'Zm9v\u00e9Yg==' is not base64 (character 5, '\u00e9', is no character of it; "
          "write A-Z, a-z, 0-9, + and /)");
    CHECK(refusal(base64("Zm9vY")) ==
          "'Zm9vY' is not base64 (its 5 characters encode no whole number of bytes; give all of it)");
    CHECK(refusal(base64("Zm9v\x1b")).find('\x1b') == std::string::npos);
    WorkbenchText none = typed("133457799BBCDFF1");
    none.hex.reset();
    CHECK(refusal(none) == "no input (nothing to work on; give --hex H, --text T, --base64 B or --in FILE)");
    none.hex = "00";
    none.base64 = "00";
    CHECK(refusal(none) == "more than one input (they contradict; give one of --hex, --text, --base64 and --in)");
}

TEST_CASE("Names are taken in any case, and a wrong one gets the nearest", "[workbench]") {
    WorkbenchText text = typed("133457799BBCDFF1");
    text.mode = "CBC";
    text.padding = "ISO7816";
    text.iv = "00:00:00:00:00:00:00:01";
    const WorkbenchInput input = resolve(text);
    CHECK(input.settings == DesSettings{0x133457799BBCDFF1, Mode::cbc, Padding::iso7816});
    CHECK(input.iv == 1);
    text.padding = "zeros";
    CHECK(refusal(text) ==
          "padding 'zeros' is not known (it is none of Keyhole's; did you mean zero? give pkcs7, zero, "
          "iso7816 or none)");
}

TEST_CASE("What OpenSSL enciphered with a password is told apart", "[workbench][hostile]") {
    // printf "meet at 9" | openssl enc -des-cbc -pbkdf2 -pass pass:x
    const std::string salted = "53616C7465645F5F4DEF44A4203A55C3064576638C756DA1C0C1ECFA87E0EB9A";
    WorkbenchText text = typed("133457799BBCDFF1", salted);
    CHECK(resolve(text).data.size() == 32); // to be enciphered it is data like any other
    text.decrypt = true;
    CHECK(
        refusal(text) ==
        "the data begin with Salted__ (OpenSSL derived the key from a password and the salt 4DEF44A4203A55C3; `openssl "
        "enc -P -S 4DEF44A4203A55C3` with the options of the encryption prints key and IV, and the ciphertext begins "
        "behind the first 16 bytes)");
    const std::string in_base64 = to_base64(*from_hex(salted));
    CHECK(refusal(base64(in_base64, true)) == refusal(text));
    const keyhole::testing::TemporaryFolder folder;
    keyhole::testing::write_text(folder.path() / "secret.enc", in_base64 + "\n");
    text.hex.reset();
    text.file = folder.path() / "secret.enc";
    CHECK(refusal(text).starts_with("the data begin with Salted__, in base64 (OpenSSL derived the key"));
    CHECK(refusal(typed("133457799BBCDFF1", "53616C746564")).empty());
}

TEST_CASE("The paddings give what other programs give", "[workbench][padding]") {
    // The values of OpenSSL and of another DES (shared/field).
    CHECK(meet_at_9(Padding::pkcs7) == "6B0E8A973973B0D50256E2FC41DE7567");
    CHECK(meet_at_9(Padding::zero) == "6B0E8A973973B0D5E42B2C0E33E5F7D4");
    CHECK(meet_at_9(Padding::iso7816) == "6B0E8A973973B0D5A9C7EDE287486AEB");
}

TEST_CASE("Wrong padding names the one that would fit", "[workbench][padding]") {
    const auto refused = [](Padding used, Padding asked) {
        const Bytes data = to_bytes("meet at 9");
        const DesSettings settings{1, Mode::ecb, used};
        const Bytes ciphertext = record_des(settings, Direction::encrypt, 0, data).messages[0].sent->ciphertext;
        try {
            record_des({1, Mode::ecb, asked}, Direction::decrypt, 0, ciphertext);
        } catch (const Error& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    const std::string pkcs7 =
        "the padding is wrong (what was deciphered does not end as PKCS#7 does; check key, IV and "
        "mode, or use --padding ";
    CHECK(refused(Padding::zero, Padding::pkcs7) == pkcs7 + "zero)");
    CHECK(refused(Padding::iso7816, Padding::pkcs7) == pkcs7 + "iso7816)");
    CHECK(
        refused(Padding::pkcs7, Padding::iso7816) ==
        "the padding is wrong (what was deciphered does not end as ISO 7816-4 does, in 80 and zeros; check key, IV and "
        "mode, or use --padding pkcs7)");
}
