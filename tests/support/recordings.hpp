// Recordings for tests: an exchange over toy23 or a larger group with messages from both sides, made without a network.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/dh/modexp.hpp"
#include "core/recording/recording.hpp"

namespace keyhole::testing {

/// The `keyhole/1` line of a message.
std::string message_line(std::uint64_t seq, std::optional<des::Block> iv, const Bytes& ciphertext);

struct Said {
    Role sender;
    std::string text;
};

/// A whole exchange in which both sides are known. Private keys and IVs are made from `seed`.
Recording exchange(const std::string& group, dh::Kdf kdf, Mode mode, const std::vector<Said>& said,
                   std::uint64_t seed = 1);

/// The same as one side saw it: the other's secrets and its side of the messages are absent.
Recording seen_by(Role role, Recording recording);

/// The same as somebody saw it who only listened: no private key, no secret, frames as they arrived.
Recording overheard(Recording recording);

/// A folder of its own that goes away again.
class TemporaryFolder {
  public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

std::string read_text(const std::filesystem::path& path);
void write_text(const std::filesystem::path& path, const std::string& text);

} // namespace keyhole::testing
