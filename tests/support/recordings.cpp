#include "tests/support/recordings.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <random>
#include <sstream>
#include <stdexcept>

#include "core/base/number_word.hpp"

namespace keyhole::testing {

std::string message_line(std::uint64_t seq, std::optional<des::Block> iv, const Bytes& ciphertext) {
    const std::string iv_field = iv ? fmt::format(R"("iv":"{}",)", to_base64(block_bytes(*iv))) : "";
    return fmt::format(R"({{"type":"message","seq":{},{}"ciphertext":"{}"}})", seq, iv_field, to_base64(ciphertext));
}

Recording exchange(const std::string& group_name, dh::Kdf kdf, Mode mode, const std::vector<Said>& said,
                   std::uint64_t seed) {
    const Group* group = find_group(group_name);
    if (group == nullptr) throw std::invalid_argument(group_name);
    std::mt19937_64 random(seed);
    Recording out;
    out.connected = true;
    out.parameters = Parameters{.group = group_name, .p = group->p, .g = group->g, .kdf = kdf, .mode = mode};
    for (const Role role : {Role::server, Role::client}) {
        PartyRecord& party = out.party(role);
        party.agreed = true;
        party.private_key = number_of(group->p < 1000 ? 2 + random() % 8 : random());
        party.public_key = power(group->g, *party.private_key, group->p);
    }
    for (const Role role : {Role::server, Role::client}) {
        out.party(role).shared = power(*out.party(other(role)).public_key, *out.party(role).private_key, group->p);
        out.party(role).derived = true;
    }
    std::array<std::uint64_t, 2> seq{};
    for (const Said& message : said) {
        const des::Block key = *session_key(out, message.sender);
        const auto iv = mode == Mode::ecb ? std::nullopt : std::optional<des::Block>(random());
        const Bytes plaintext = to_bytes(message.text);
        const Bytes padded = mode == Mode::ctr ? plaintext : pad_pkcs7(plaintext);
        const Bytes ciphertext = apply_mode(mode, Direction::encrypt, key, iv.value_or(0), padded);
        const std::uint64_t number = ++seq[static_cast<std::size_t>(message.sender)];
        const std::string line = message_line(number, iv, ciphertext);
        out.messages.push_back({.sender = message.sender,
                                .seq = number,
                                .sent = SentMessage{plaintext, iv, ciphertext, line},
                                .received = ReceivedMessage{line, iv, ciphertext, padded, plaintext}});
    }
    return out;
}

Recording seen_by(Role role, Recording recording) {
    PartyRecord& peer = recording.party(other(role));
    peer = {.agreed = false, .private_key = {}, .public_key = peer.public_key, .shared = {}, .derived = false};
    for (MessageRecord& message : recording.messages) {
        if (message.sender == role) {
            message.received.reset();
        } else {
            message.sent.reset();
        }
    }
    return recording;
}

Recording overheard(Recording recording) {
    for (PartyRecord& party : recording.parties) {
        party = {.agreed = true, .private_key = {}, .public_key = party.public_key, .shared = {}, .derived = false};
    }
    for (MessageRecord& message : recording.messages) {
        message.sent.reset();
        message.received->padded.clear();
        message.received->plaintext.reset();
    }
    return recording;
}

TemporaryFolder::TemporaryFolder() {
    static std::atomic<int> count{0};
    path_ = std::filesystem::temp_directory_path() / fmt::format("keyhole-test-{}-{}", ::getpid(), ++count);
    std::filesystem::create_directories(path_);
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string read_text(const std::filesystem::path& path) {
    std::ostringstream out;
    out << std::ifstream(path, std::ios::binary).rdbuf();
    return out.str();
}

void write_text(const std::filesystem::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

} // namespace keyhole::testing
