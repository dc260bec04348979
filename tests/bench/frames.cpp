// keyhole_frames: what the window's own code takes for one frame, in every view and at every kind of step, of an
// exchange and of a message of 16 MiB; and what going to a step takes. No drawing by OpenGL in it.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "netsim/loopback.hpp"
#include "tests/viz_harness.hpp"

namespace {

using namespace keyhole;
using namespace keyhole::viz;
using Clock = std::chrono::steady_clock;

constexpr int frames_each = 21;

double milliseconds(Clock::time_point from) {
    return std::chrono::duration<double, std::milli>(Clock::now() - from).count();
}

double median(std::vector<double> values) {
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
    return values[values.size() / 2];
}

class Bench {
  public:
    Bench(Recording recording, std::string name) : window_(std::move(recording)), name_(std::move(name)) { frame(); }

    double frame() {
        window_.prepare();
        const auto from = Clock::now();
        ImGui::NewFrame();
        window_.app.frame(Seconds(0));
        ImGui::Render();
        return milliseconds(from);
    }

    void row(const std::string& what, double first) {
        std::vector<double> still;
        for (int i = 0; i < frames_each; ++i) still.push_back(frame());
        fmt::print("{:<10}{:<52}{:>9.3f}{:>9.3f}\n", name_, what, median(still), first);
        std::fflush(stdout);
    }

    void every_kind() {
        for (const std::string& where : testing::one_of_each_kind(window_.app.session().trace.tree())) {
            const auto from = Clock::now();
            window_.app.go_to(where);
            frame();
            row(where, milliseconds(from));
        }
    }

    void every_page() {
        for (std::size_t i = 1; i < view_count; ++i) {
            const auto view = static_cast<ViewName>(i);
            if (!has_page(view)) continue;
            window_.app.show(view);
            const double first = frame();
            frame();
            row("view " + std::string(viz::name(view)), first);
        }
        window_.app.show(ViewName::steps);
    }

  private:
    testing::NullWindow window_;
    std::string name_;
};

void run() {
    fmt::print("{:<10}{:<52}{:>9}{:>9}   milliseconds a frame\n", "trace", "step", "still", "going");
    {
        ExchangeOptions options{.group = *find_group("ffdhe2048"),
                                .kdf = dh::Kdf::sha256,
                                .mode = Mode::cbc,
                                .random = Random::seeded("frames"),
                                .says = default_scene()};
        Bench bench(run_exchange(options), "exchange");
        bench.every_kind();
        bench.every_page();
    }
    const Bytes data(std::size_t{16} << 20, 0x5A);
    for (const Stage stage : {Stage::encrypt, Stage::decrypt}) {
        const DesSettings settings{.key = 0x133457799BBCDFF1, .mode = Mode::cbc, .padding = Padding::pkcs7};
        Recording recording = record_des(settings, Stage::encrypt, 7, data);
        if (stage == Stage::decrypt)
            recording = record_des(settings, stage, 7, recording.messages.front().sent->ciphertext);
        Bench bench(std::move(recording), stage == Stage::encrypt ? "16 MiB" : "16 MiB de");
        bench.every_kind();
        bench.every_page();
    }
}

} // namespace

int main() {
    try {
        run();
        return 0;
    } catch (const std::exception& error) {
        fmt::print(stderr, "keyhole_frames: {}\n", error.what());
        return 3;
    }
}
