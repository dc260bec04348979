// Recordings survive the way through a file, and nothing that disagrees with itself gets back in.
#include "core/recording/recording_json.hpp"

#include "core/base/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/load_recording.hpp"
#include "tests/support/recordings.hpp"

namespace fs = std::filesystem;
using namespace keyhole;
using namespace keyhole::testing;

namespace {

Recording sample(Mode mode = Mode::cbc) {
    return exchange("modp1536", dh::Kdf::sha256, mode, {{Role::client, "Grüße\n\"quoted\""}, {Role::server, ""}});
}

std::string refusal(const std::string& text) {
    try {
        recording_from_json(text);
    } catch (const Error& error) {
        CHECK(error.failure() == Failure::bad_input);
        CHECK(std::string(error.what()).find('\n') == std::string::npos);
        return error.what();
    }
    return "";
}

std::string refusal(const Recording& recording) { return refusal(to_json(recording)); }

} // namespace

TEST_CASE("A recording comes back from its file as it was", "[recording][disk]") {
    const TemporaryFolder folder;
    const fs::path file = folder.path() / "r.json";
    std::vector<Recording> all = {
        sample(),
        sample(Mode::ctr),
        sample(Mode::ecb),
        Recording{},
        seen_by(Role::client, sample()),
        seen_by(Role::server, sample(Mode::ctr)),
        overheard(sample()),
        overheard(sample(Mode::ctr)),
        record_power({Number("0x123456789ABCDEF0123"), 17, 1000003}),
        record_des({1, Mode::ctr, Padding::none}, Direction::encrypt, 9, Bytes{0xFF, 0, 0x80})};
    Recording partial = sample();
    partial.messages.clear();
    partial.party(Role::client) = {.agreed = true, .private_key = {}, .public_key = {}, .shared = {}, .derived = false};
    partial.party(Role::server).shared.reset();
    partial.party(Role::server).derived = false;
    all.push_back(partial);
    for (const Recording& recording : all) {
        save_recording(recording, file);
        CHECK(load_recording(file) == recording);
    }
    CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("Only the owner of a recording may read it, and a stricter mode stays", "[recording][disk]") {
    const TemporaryFolder folder;
    const fs::path file = folder.path() / "r.json";
    const auto mode = [&] { return static_cast<unsigned>(fs::status(file).permissions()); };
    save_recording(sample(), file);
    CHECK(mode() == 0600);
    for (const auto& [before, after] : {std::pair(0644U, 0600U), std::pair(0666U, 0600U), std::pair(0200U, 0200U)}) {
        fs::permissions(file, fs::perms(before));
        save_recording(sample(), file);
        CHECK(mode() == after);
    }
    CHECK(save_recording(sample(), file, [](auto, auto) { return true; }));
    CHECK(mode() == 0200);
}

TEST_CASE("Decryption in the workbench refuses wrong padding and odd lengths", "[recording]") {
    const DesSettings settings{0x133457799BBCDFF1, Mode::cbc, Padding::pkcs7};
    const Recording sent = record_des(settings, Direction::encrypt, 7, to_bytes("text"));
    const Recording received = record_des(settings, Direction::decrypt, 7, sent.messages[0].sent->ciphertext);
    CHECK(received.messages[0].received->plaintext == to_bytes("text"));
    CHECK_THROWS_AS(record_des(settings, Direction::decrypt, 7, Bytes(8)), Error);
    CHECK_THROWS_AS(record_des(settings, Direction::decrypt, 7, Bytes(7)), Error);
}

TEST_CASE("A number that cannot be computed again is named by its address", "[recording]") {
    const auto altered = [](auto change) {
        Recording recording = sample();
        change(recording);
        return refusal(recording);
    };
    using R = Recording;
    const auto names = [](const std::string& address) { return Catch::Contains("itself at " + address + " ("); };
    CHECK_THAT(altered([](R& r) { r.parameters->p += 2; }), names("parameters/server.choose"));
    CHECK_THAT(altered([](R& r) { *r.party(Role::server).private_key += 1; }), names("keys/server.public"));
    CHECK_THAT(altered([](R& r) { *r.party(Role::client).shared += 1; }), names("secret/client.shared"));
    CHECK_THAT(altered([](R& r) { r.party(Role::client).private_key.reset(); }), names("secret/client.shared"));
    CHECK_THAT(altered([](R& r) { r.messages[1].seq = 2; }), names("message.2"));
    CHECK_THAT(altered([](R& r) { r.messages[0].sent->plaintext[0] ^= 1; }), names("message.1/encrypt"));
    CHECK_THAT(altered([](R& r) {
                   r.messages[0].sent->frame += " ";
                   r.messages[0].sent->frame[25] = '9';
               }),
               names("message.1/frame"));
    CHECK_THAT(altered([](R& r) { r.messages[0].received->ciphertext[3] ^= 1; }), names("message.1/decode"));
    CHECK_THAT(altered([](R& r) { r.messages[0].received->padded[3] ^= 1; }), names("message.1/decrypt"));
    CHECK_THAT(altered([](R& r) { r.messages[1].received->plaintext->push_back(1); }), names("message.2/unpad"));
    CHECK_THAT(altered([](R& r) { r.messages[1].received->iv.reset(); }), names("message.2/decode"));
    CHECK_THAT(altered([](R& r) { r.power = PowerSettings{1, 2, 3}; }), Catch::Contains("mixes"));
}

TEST_CASE("An eavesdropper's recording holds what the wire shows and is checked like any other", "[recording]") {
    const auto altered = [](auto change) {
        Recording recording = overheard(sample());
        change(recording);
        return refusal(recording);
    };
    using R = Recording;
    CHECK(altered([](R&) {}).empty());
    CHECK(is_overheard(overheard(sample())));
    CHECK_FALSE(is_overheard(seen_by(Role::client, sample())));
    const auto names = [](const std::string& address) { return Catch::Contains("itself at " + address + " ("); };
    CHECK_THAT(altered([](R& r) { r.parameters->p += 2; }), names("parameters/server.choose"));
    CHECK_THAT(altered([](R& r) { r.party(Role::client).public_key = 1; }), names("keys/client.public"));
    CHECK_THAT(altered([](R& r) { r.party(Role::server).public_key.reset(); }), names("keys/server.public"));
    CHECK_THAT(altered([](R& r) { r.party(Role::server).shared = 5; }), names("secret/server.shared"));
    CHECK_THAT(altered([](R& r) { r.messages[0].received->ciphertext[0] ^= 1; }), names("message.1/decode"));
    CHECK_THAT(altered([](R& r) { r.messages[0].received->plaintext = to_bytes("guess"); }),
               names("message.1/decrypt"));
    CHECK_THAT(altered([](R& r) { r.messages[1].sent = sample().messages[1].sent; }), names("message.2/encrypt"));
}

TEST_CASE("What is no recording is refused with one line", "[recording]") {
    for (const std::string& text :
         {std::string(), std::string("{"), std::string("[]"), std::string("null"), std::string(200000, '['),
          std::string("{\"format\":1}"), std::string("{\"format\":\"keyhole-recording/2\"}"), std::string("\xFF\xFE"),
          std::string("{\"format\":1e999}")}) {
        CHECK_FALSE(refusal(text).empty());
    }
    std::string text = to_json(sample());
    for (const char* field : {"\"seq\": 1", "\"connected\": true", "\"sender\": \"client\"", "\"mode\": \"cbc\""}) {
        for (const char* other : {"-1", "1e99", "1e999", "null", "[]", "{}", "\"x\"", "18446744073709551616"}) {
            std::string changed = text;
            const std::string name = std::string(field).substr(0, std::string(field).find(' ') + 1);
            changed.replace(changed.find(field), std::string(field).size(), name + other);
            CAPTURE(field, other);
            CHECK_FALSE(refusal(changed).empty());
        }
    }
    // Cut off anywhere.
    for (std::size_t size = 0; size + 2 < text.size(); size += 97) CHECK_FALSE(refusal(text.substr(0, size)).empty());
}

TEST_CASE("Loading and saving tell how far they are and can be stopped at any time", "[recording][disk]") {
    const TemporaryFolder folder;
    const fs::path file = folder.path() / "exchange.json", copy = folder.path() / "copy.json";
    const Recording recording =
        exchange("toy23", dh::Kdf::sha256, Mode::cbc, {{Role::client, "one"}, {Role::server, "two"}});
    save_recording(recording, file);
    std::vector<std::uint64_t> loaded, saved;
    const auto listen = [](std::vector<std::uint64_t>& heard) {
        return [&heard](std::uint64_t done, std::uint64_t all) {
            CHECK(done <= all);
            CHECK((heard.empty() || done >= heard.back()));
            heard.push_back(done);
            return true;
        };
    };
    CHECK(recording_from_json(read_text(file), listen(loaded)) == recording);
    CHECK(save_recording(recording, copy, listen(saved)) == fs::file_size(file));
    CHECK(read_text(copy) == read_text(file));
    fs::remove(copy);
    for (std::size_t stop = 0; stop < loaded.size(); ++stop) {
        std::size_t told = 0;
        CHECK_FALSE(recording_from_json(read_text(file), [&](auto, auto) { return told++ < stop; }).has_value());
    }
    for (std::size_t stop = 0; stop < saved.size(); ++stop) {
        std::size_t told = 0;
        CHECK_FALSE(save_recording(recording, copy, [&](auto, auto) { return told++ < stop; }).has_value());
        CHECK_FALSE(fs::exists(copy));
    }
}

TEST_CASE("A recording that cannot be read or written is the file's fault", "[recording]") {
    const TemporaryFolder folder;
    const auto failure = [](auto action) {
        try {
            action();
        } catch (const Error& error) {
            return error.failure();
        }
        return Failure::answer_no;
    };
    CHECK(failure([&] { load_recording(folder.path() / "absent"); }) == Failure::io);
    CHECK(failure([&] { load_recording(folder.path()); }) == Failure::io);
    CHECK(failure([&] { save_recording(Recording{}, folder.path() / "no/such"); }) == Failure::io);
    CHECK(failure([&] { save_recording(Recording{}, folder.path()); }) == Failure::io);
    CHECK(fs::is_empty(folder.path()));
    CHECK(failure([&] { save_recording(Recording{}, "/dev/full"); }) == Failure::io);
}
