#include "core/base/file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <utility>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"

namespace keyhole {
namespace {

namespace fs = std::filesystem;

std::string_view advice(int error) {
    switch (error) {
        case ENOSPC:
        case EDQUOT: return "free some space or choose another disk";
        case EACCES:
        case EPERM:
        case EROFS: return "choose a place that you may write to";
        case ENOENT:
        case ENOTDIR: return "create its folder first or choose another";
        case EISDIR: return "give the name of a file";
        default: return "choose another place";
    }
}

// A name beside the target that no other process and no other writer of this one uses.
fs::path temporary_name(const fs::path& target) {
    static std::atomic<unsigned> count{0};
    return target.parent_path() / fmt::format(".{}.{}-{}.tmp", target.filename().string(), ::getpid(), ++count);
}

Error unreadable(const std::string& name, int error) {
    return io_error(fmt::format("cannot read {} ({}; check the name)", name, std::strerror(error)));
}

std::string read_all(int descriptor, const std::string& name, std::size_t limit) {
    std::string out;
    const std::unique_ptr<char[]> chunk(new char[FileWriter::buffer_size]);
    while (true) {
        const ssize_t got = ::read(descriptor, chunk.get(), FileWriter::buffer_size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw unreadable(name, errno);
        if (got == 0) return out;
        out.append(chunk.get(), static_cast<std::size_t>(got));
        if (out.size() > limit)
            throw bad_input(fmt::format("{} is too long (more than {} bytes; give a smaller file)", name, limit));
    }
}

} // namespace

std::string shown(const fs::path& path) { return escape_controls(path.string()); }

std::string read_file(const fs::path& path, std::size_t limit) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) throw unreadable(shown(path), errno);
    const struct Closed {
        int number;
        ~Closed() { ::close(number); }
    } closed{descriptor};
    return read_all(descriptor, shown(path), limit);
}

std::string read_standard_input(std::size_t limit) { return read_all(STDIN_FILENO, "standard input", limit); }

FileWriter::FileWriter(const fs::path& target, Readers readers) : target_(target), buffer_(new char[buffer_size]) {
    std::error_code code;
    const fs::path resolved = fs::canonical(target, code); // a link stays a link: its target is replaced
    if (!code) target_ = resolved;
    const fs::file_status status = fs::status(target_, code);
    if (fs::is_directory(status) || target_.filename().empty()) fail(EISDIR);
    direct_ = fs::exists(status) && !fs::is_regular_file(status);
    if (direct_) {
        descriptor_ = ::open(target_.c_str(), O_WRONLY | O_CLOEXEC);
        if (descriptor_ < 0) fail(errno);
    } else {
        // A file that may not be written to is not to be replaced either.
        if (fs::exists(status) && ::access(target_.c_str(), W_OK) != 0) fail(errno);
        const auto before = fs::exists(status) ? static_cast<unsigned>(status.permissions()) : 0777U;
        open_temporary(readers == Readers::owner ? before & 0600U : 0666U);
    }
}

void FileWriter::open_temporary(unsigned mode) {
    // Without a name the file vanishes by itself, even when the process is killed. Not every file system can do it, and
    // no browser.
#ifdef O_TMPFILE
    const fs::path folder = target_.has_parent_path() ? target_.parent_path() : fs::path(".");
    descriptor_ = ::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, mode);
    if (descriptor_ >= 0) return;
#endif
    temporary_ = temporary_name(target_);
    descriptor_ = ::open(temporary_.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, mode);
    if (descriptor_ < 0) {
        const int error = errno;
        temporary_.clear();
        fail(error);
    }
}

FileWriter::~FileWriter() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void FileWriter::fail(int error) const {
    throw io_error(fmt::format("cannot write {} ({}; {})", shown(target_), std::strerror(error), advice(error)));
}

void FileWriter::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::write(descriptor_, bytes.data(), bytes.size());
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) fail(errno);
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void FileWriter::flush() { send({buffer_.get(), std::exchange(used_, 0)}); }

void FileWriter::write(std::string_view bytes) {
    if (bytes.size() > buffer_size - used_) flush();
    if (bytes.size() > buffer_size) return send(bytes);
    std::ranges::copy(bytes, buffer_.get() + used_); // of no bytes there may be no address, which memcpy wants
    used_ += bytes.size();
}

void FileWriter::finish() {
    if (std::exchange(finished_, true)) return;
    flush();
    if (direct_) return;
    // Network disks report a full disk when a descriptor is closed. (Waiting for the disk itself, fsync, would cost a
    // long export more than all its rows.)
    const int copy = ::dup(descriptor_);
    if (copy < 0 || ::close(copy) != 0) fail(errno);
}

void FileWriter::commit() {
    finish();
    if (!direct_ && temporary_.empty()) {
        const std::string self = fmt::format("/proc/self/fd/{}", descriptor_);
        const fs::path name = temporary_name(target_);
        if (::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) != 0) fail(errno);
        temporary_ = name;
    }
    if (::close(std::exchange(descriptor_, -1)) != 0) fail(errno);
    if (direct_) return;
    if (::rename(temporary_.c_str(), target_.c_str()) != 0) fail(errno);
    temporary_.clear();
}

void write_file(const fs::path& path, std::string_view bytes, Readers readers) {
    FileWriter out(path, readers);
    out.write(bytes);
    out.commit();
}

void try_writing(const fs::path& path) {
    std::error_code code;
    const fs::file_status status = fs::status(path, code);
    if (fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status))
        return; // a pipe has one end only
    FileWriter uncommitted(path);
}

} // namespace keyhole
