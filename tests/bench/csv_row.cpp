// `keyhole trace des --csv` of a 4 MiB file, the whole command, against a loop of fprintf that writes rows of the same
// form.
#include <fmt/format.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cinttypes>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/base/random.hpp"
#include "core/modes/modes.hpp"
#include "tests/bench/measure.hpp"

extern char** environ;

namespace keyhole::bench {
namespace {

namespace fs = std::filesystem;

// The folder of this run, and everything in it, goes at the end.
struct Folder {
    fs::path path = fs::temp_directory_path() / fmt::format("keyhole-bench-{}", ::getpid());
    Folder() { fs::create_directory(path); }
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
};

double bytes_in(const fs::path& folder) {
    double bytes = 0;
    for (const auto& file : fs::directory_iterator(folder)) bytes += static_cast<double>(file.file_size());
    return bytes;
}

// GB a second of processor time, the kernel's share included.
double our_rate(const fs::path& input, const fs::path& folder) {
    std::string program = KEYHOLE_PROGRAM, in = input.string(), out = folder.string();
    std::string words[] = {program, "trace", "des", "--key", "133457799BBCDFF1", "--in", in, "--csv", out};
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t child = 0;
    if (::posix_spawn(&child, program.c_str(), nullptr, nullptr, arguments.data(), environ) != 0) {
        throw io_error("cannot run keyhole (build it first)");
    }
    int status = 0;
    rusage usage{};
    if (::wait4(child, &status, 0, &usage) != child || status != 0) throw io_error("keyhole trace des --csv failed");
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
    };
    const double rate = bytes_in(folder) / (seconds(usage.ru_utime) + seconds(usage.ru_stime)) * 1e-9;
    fs::remove_all(folder);
    return rate;
}

double fprintf_rate(const des::BlockTrace& trace, const fs::path& folder) {
    fs::create_directory(folder);
    const double begin = thread_seconds();
    for (const char* name : {"rounds.csv", "sboxes.csv"}) {
        const std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen((folder / name).c_str(), "w"), std::fclose);
        if (!file) throw io_error("cannot write the benchmark's file (is there room?)");
        for (unsigned block = 1; block <= 16384; ++block) {
            for (unsigned n = 1; n <= 16; ++n) {
                const des::RoundTrace& r = trace.rounds[n - 1];
                if (name[0] == 'r') {
                    std::fprintf(file.get(),
                                 "1,encrypt,%u,%u,0x%08" PRIX32 ",0x%08" PRIX32 ",0x%012" PRIX64 ",0x%012" PRIX64
                                 ",0x%012" PRIX64 ",0x%08" PRIX32 ",0x%08" PRIX32 ",0x%08" PRIX32 ",0x%08" PRIX32
                                 "\r\n",
                                 block, n, r.left_in, r.right_in, r.expanded, r.subkey, r.mixed, r.s_out, r.p_out,
                                 r.left_out, r.right_out);
                    continue;
                }
                for (unsigned box = 1; box <= 8; ++box) {
                    const des::SboxTrace& s = r.sboxes[box - 1];
                    std::fprintf(file.get(), "1,encrypt,%u,%u,%u,%u,%u,%u,%u\r\n", block, n, box, s.input, s.row,
                                 s.column, s.output);
                }
            }
        }
    }
    const double seconds = thread_seconds() - begin;
    const double rate = bytes_in(folder) / seconds * 1e-9;
    fs::remove_all(folder);
    return rate;
}

} // namespace

Row csv_row() {
    Row row{.name = {},
            .what = "trace des --csv of 4 MiB: read, encipher, record, format, write",
            .peer_name = "fprintf of the same rows, values at hand",
            .unit = "GB/s",
            .target = 6,
            .missing = {}};
    const Folder folder;
    const fs::path input = folder.path / "input";
    Random random = Random::seeded("bench");
    std::string bytes(std::size_t{4} << 20, '\0');
    random.fill({reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()});
    write_file(input, bytes);
    const des::BlockTrace trace = des::trace(0x0123456789ABCDEF, des::key_schedule(0x133457799BBCDFF1));
    measure(
        row, Better::more, 5, [&] { return our_rate(input, folder.path / "ours"); },
        [&] { return fprintf_rate(trace, folder.path / "peers"); });
    return row;
}

} // namespace keyhole::bench
