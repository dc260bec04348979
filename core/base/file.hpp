// Files are read whole, up to a limit, and written whole or not at all: until `commit` a file has no name or a
// temporary one in the same folder, so that no other program ever reads half of it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace keyhole {

/// The whole file. Throws Error: io when it cannot be read, bad_input when it has more than `limit` bytes.
std::string read_file(const std::filesystem::path& path, std::size_t limit);

/// Standard input to its end. Throws Error as read_file does.
std::string read_standard_input(std::size_t limit);

/// The path as it may be printed: control characters escaped.
std::string shown(const std::filesystem::path& path);

/// Who may read a file that is written.
enum class Readers {
    usual, // as the process's umask has it
    owner, // mode 0600, or as strict as the file of this name was before
};

/// A file being written through a buffer. What is not committed is removed. A target that is no regular file
/// (a pipe, /dev/stdout) is written to directly. Every function throws Error (io) when the system refuses.
class FileWriter {
  public:
    // Fits a core's cache. Linux copies pieces of this size into its page cache several times faster than pieces of
    // 1 MiB, for which it first looks for as much free memory in one stretch (measured on ext4, Linux 6.18).
    static constexpr std::size_t buffer_size = std::size_t{1} << 17;

    explicit FileWriter(const std::filesystem::path& target, Readers readers = Readers::usual);
    ~FileWriter();
    FileWriter(const FileWriter&) = delete;
    FileWriter& operator=(const FileWriter&) = delete;

    void write(std::string_view bytes);

    /// Where the next `bytes` bytes (at most buffer_size) may be put; `advance` tells where they ended.
    char* room(std::size_t bytes) {
        if (buffer_size - used_ < bytes) flush();
        return buffer_.get() + used_;
    }
    void advance(const char* end) { used_ = static_cast<std::size_t>(end - buffer_.get()); }

    /// Hands everything to the system; whatever can fail, fails here. Of several files that belong together, all are
    /// finished before the first is committed.
    void finish();
    /// Finishes, and gives the file its name in place of what had it before.
    void commit();

  private:
    void open_temporary(unsigned mode);
    void flush();
    void send(std::string_view bytes);
    [[noreturn]] void fail(int error) const;

    std::filesystem::path target_;
    std::filesystem::path temporary_; // empty while the file has no name, and when the target is written directly
    std::unique_ptr<char[]> buffer_;
    std::size_t used_ = 0;
    int descriptor_ = -1;
    bool direct_ = false;
    bool finished_ = false;
};

/// `bytes` as the whole content of `path`, or no change at all.
void write_file(const std::filesystem::path& path, std::string_view bytes, Readers readers = Readers::usual);

/// Throws Error (io) where a file of that name could not be written now; leaves nothing behind.
void try_writing(const std::filesystem::path& path);

} // namespace keyhole
