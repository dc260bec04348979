// The workbench: key, message and settings as they are typed, what they mean, what is wrong with which field, and the
// last result that was right. Words and rules are core/workbench's, so that window and command line agree.
#pragma once

#include "core/des/des_keys.hpp"
#include "core/recording/workbench.hpp"
#include "core/steps/trace.hpp"
#include "viz/base/work/job.hpp"
#include "viz/session/session.hpp"

namespace keyhole::viz {

/// How the message is written.
enum class DataForm { hex, text, base64, file };
inline constexpr std::array every_form = {DataForm::hex, DataForm::text, DataForm::base64, DataForm::file};
std::string_view name(DataForm form);

struct WorkbenchFields {
    std::string key = "133457799BBCDFF1"; // or 8 bytes of text in double quotes
    std::string data = "This is a message";
    DataForm form = DataForm::text;
    Mode mode = Mode::ecb;
    std::string iv; // empty where encryption may draw one
    Padding padding = Padding::pkcs7;
    Direction direction = Direction::encrypt;
    std::string variant = {}; // a list as --variant takes it; empty: DES

    bool operator==(const WorkbenchFields&) const = default;
};

/// What a right input gave.
struct WorkbenchResult {
    WorkbenchInput input;
    Recording recording;
    std::size_t padding_bytes = 0; // appended (encryption) or taken off (decryption)
    std::uint64_t blocks = 0;
    std::size_t bytes_in = 0; // that enter the blocks: the padded plaintext, or the ciphertext
    bool text_out = false;    // deciphering gave UTF-8

    const MessageRecord& message() const { return recording.messages.front(); }
    /// Ciphertext, or the plaintext without its padding.
    const Bytes& output() const;
    /// The first of the bytes that enter the blocks.
    Bytes blocks_in(std::size_t most) const;
};

/// A key's bytes as a person checks them.
struct KeyLook {
    des::Block key = 0;
    des::KeyReport report;
    std::string words;                   // what is special about it; never empty
    std::array<bool, 8> odd_parity = {}; // of each byte
};
KeyLook look_at_key(des::Block key);

class Workbench {
  public:
    Workbench();

    WorkbenchFields fields;
    /// Reads the fields when they changed since the last time. A file is read and enciphered beside the window: until
    /// that is done the result before stays, and refresh() is to be called again.
    void refresh();
    bool busy() const { return job_ != nullptr; }

    /// Of the last right input, which may be older than what the fields hold now.
    const WorkbenchResult& good() const { return good_; }
    bool all_right() const { return faults_.empty() && !busy(); }
    /// Empty where nothing is wrong.
    std::string fault(WorkbenchField field) const;
    /// The key in its field, or the last right one.
    const KeyLook& key() const { return key_; }
    /// The IV that encryption takes while its field is empty.
    des::Block drawn_iv() const { return drawn_iv_; }

    /// Position 1 to 64; the key's field then holds the changed key.
    void flip_key_bit(unsigned position);

    /// The input as a trace of its own, at its first block. Empty while something is wrong.
    std::optional<Opened> opened() const;

    /// Takes over key, settings and message of the step's message (the first one's where it lies in none). Returns why
    /// not, in words; empty when it did.
    std::string take_over(const Trace& trace, const Node& node);

  private:
    struct Outcome;

    void read();
    void take(Outcome outcome);

    std::shared_ptr<Outcome> outcome_; // of the job
    std::unique_ptr<Job> job_;
    WorkbenchFields read_; // what the rest belongs to
    WorkbenchResult good_;
    std::vector<WorkbenchFault> faults_;
    KeyLook key_;
    des::Block drawn_iv_ = 0;
};

/// Longer messages are not taken into a field; they are opened with --in.
inline constexpr std::size_t most_field_bytes = 4096;

} // namespace keyhole::viz
