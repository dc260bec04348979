// keyhole_frames [--worst]: the processor time of the window's own code for one frame, in every view and at every kind
// of step, of an exchange and of a message of 16 MiB; what it takes to go there; and from the start to the first frame.
// No drawing by OpenGL in it.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <exception>
#include <random>
#include <string>
#include <vector>

#include "netsim/protocol/loopback.hpp"
#include "tests/support/null_window.hpp"

namespace {

using namespace keyhole;
using namespace keyhole::viz;

constexpr int frames_each = 21;
constexpr int jumps = 500;
constexpr double still_limit = 0.3, going_limit = 1, start_limit = 500; // milliseconds

// Milliseconds of processor time that this thread has used: other programs disturb it little.
double used() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return 1e3 * static_cast<double>(now.tv_sec) + 1e-6 * static_cast<double>(now.tv_nsec);
}

double median(std::vector<double> values) {
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
    return values[values.size() / 2];
}

// The largest figure of one kind, and where it was.
struct Worst {
    double milliseconds = 0;
    std::string where;

    void take(double value, const std::string& there) {
        if (value > milliseconds) *this = {value, there};
    }
};

void print_worst(std::string_view trace, std::string_view what, double milliseconds, double limit,
                 std::string_view where) {
    fmt::print("{:<10}{:<10}{:>9.3f}{:>9}   {}\n", trace, what, milliseconds, limit, where);
    std::fflush(stdout);
}

class Bench {
  public:
    Bench(Recording recording, std::string name, bool every_row)
        : window_(std::move(recording)), name_(std::move(name)), every_row_(every_row) {
        frame();
    }

    void every_kind() {
        for (const std::string& where : testing::one_of_each_kind(tree())) row(where, go(where));
    }

    void every_page() {
        for (const PageInfo& page : all_pages()) {
            if (page.name == PageName::steps) continue;
            window_.app.show(page.name);
            row(fmt::format("view {}", page.name.text()), frame());
        }
        window_.app.show(PageName::steps);
    }

    // Steps drawn from all of the trace, each for the first time.
    void anywhere() {
        std::mt19937_64 random(1);
        std::vector<double> times;
        for (int i = 0; i < jumps; ++i) {
            const std::string where = address(tree().at_number(1 + random() % tree().total()));
            times.push_back(go(where));
            going_.take(times.back(), where);
        }
        if (every_row_)
            fmt::print("{:<10}{:<52}{:>9}{:>9.3f}\n", name_, "any of its steps (median)", "", median(times));
    }

    void sum_up() const {
        print_worst(name_, "still", still_.milliseconds, still_limit, still_.where);
        print_worst(name_, "going", going_.milliseconds, going_limit, going_.where);
    }

  private:
    const StepTree& tree() const { return window_.app.session().trace.tree(); }

    double frame() {
        window_.prepare();
        const double from = used();
        ImGui::NewFrame();
        window_.app.frame(Seconds(0));
        ImGui::Render();
        return used() - from;
    }

    double go(const std::string& where) {
        const double from = used();
        window_.app.go_to(where);
        frame();
        return used() - from;
    }

    void row(const std::string& what, double first) {
        frame(); // sizes settle
        std::vector<double> times;
        for (int i = 0; i < frames_each; ++i) times.push_back(frame());
        still_.take(median(times), what);
        going_.take(first, what);
        if (every_row_) fmt::print("{:<10}{:<52}{:>9.3f}{:>9.3f}\n", name_, what, median(times), first);
        std::fflush(stdout);
    }

    testing::NullWindow window_;
    std::string name_;
    bool every_row_;
    Worst still_, going_;
};

Recording exchange() {
    return run_exchange({.group = *find_group("ffdhe2048"),
                         .kdf = dh::Kdf::sha256,
                         .mode = Mode::cbc,
                         .random = Random::seeded("frames"),
                         .says = default_scene()});
}

Recording large_message(Direction direction) {
    const DesSettings settings{.key = 0x133457799BBCDFF1, .mode = Mode::cbc, .padding = Padding::pkcs7};
    Recording recording = record_des(settings, Direction::encrypt, 7, Bytes(std::size_t{16} << 20, 0x5A));
    if (direction == Direction::encrypt) return recording;
    return record_des(settings, direction, 7, recording.messages.front().sent->ciphertext);
}

void run(bool every_row) {
    if (every_row) fmt::print("{:<10}{:<52}{:>9}{:>9}   milliseconds a frame\n", "trace", "step", "still", "going");
    const auto measure = [&](Recording recording, const char* name) {
        Bench bench(std::move(recording), name, every_row);
        bench.every_kind();
        bench.every_page();
        bench.anywhere();
        bench.sum_up();
    };
    if (!every_row) fmt::print("{:<10}{:<10}{:>9}{:>9}   where it was\n", "window", "worst", "ms", "limit");
    {
        const double from = used();
        const Bench bench(exchange(), "exchange", false);
        print_worst("exchange", "start", used() - from, start_limit,
                    "ffdhe2048: keys, messages, fonts, the first frame");
    }
    measure(exchange(), "exchange");
    measure(large_message(Direction::encrypt), "16 MiB");
    measure(large_message(Direction::decrypt), "16 MiB de");
}

} // namespace

int main(int argc, char** argv) {
    try {
        run(argc < 2 || std::strcmp(argv[1], "--worst") != 0);
        return 0;
    } catch (const std::exception& error) {
        fmt::print(stderr, "keyhole_frames: {}\n", error.what());
        return 3;
    }
}
