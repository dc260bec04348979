// keyhole_frames: what the window's own code takes for one frame, in every view and at every kind of step, of an
// exchange and of a message of 16 MiB; and what going to a step takes. No drawing by OpenGL in it.
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <set>
#include <string>
#include <vector>

#include "core/address.hpp"
#include "core/resources.hpp"
#include "netsim/loopback.hpp"
#include "viz/app.hpp"

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
    Bench(Recording recording, std::string name)
        : app_(std::move(recording), resources::font_dir()), name_(std::move(name)) {
        ImGui::CreateContext();
        ImGui::GetIO().IniFilename = nullptr;
        ImGui::GetIO().DisplaySize = {1600, 900};
        ImGui::GetIO().DeltaTime = 1.0F / 60;
        frame();
    }
    ~Bench() { ImGui::DestroyContext(); }
    Bench(const Bench&) = delete;
    Bench& operator=(const Bench&) = delete;

    double frame() {
        if (app_.prepare()) {
            unsigned char* pixels = nullptr;
            int width = 0, height = 0;
            ImGui::GetIO().Fonts->GetTexDataAsAlpha8(&pixels, &width, &height);
        }
        const auto from = Clock::now();
        ImGui::NewFrame();
        app_.frame(Seconds(0));
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
        const StepTree& tree = app_.session().trace.tree();
        std::set<std::pair<Kind, Kind>> seen;
        const std::uint64_t total = tree.total();
        const std::uint64_t stride = std::max<std::uint64_t>(1, total / 20000);
        for (std::uint64_t n = 1; n <= total; n += n < 2000 || n + 2000 > total ? 1 : stride) {
            const Node node = tree.at_number(n);
            if (!seen.emplace(node.kind(), node.parent().kind()).second) continue;
            const std::string where = address(node);
            const auto from = Clock::now();
            app_.go_to(where);
            frame();
            row(where, milliseconds(from));
        }
    }

    void every_page() {
        for (std::size_t i = 1; i < view_count; ++i) {
            const auto view = static_cast<ViewName>(i);
            if (!has_page(view)) continue;
            app_.show(view);
            const double first = frame();
            frame();
            row("view " + std::string(viz::name(view)), first);
        }
        app_.show(ViewName::steps);
    }

  private:
    App app_;
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
