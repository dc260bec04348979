#include "core/attack/cards/card.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <set>

#include "core/attack/cards/card_handle.hpp"
#include "core/attack/cards/card_program.hpp"
#include "core/attack/cards/self_test.hpp"

namespace keyhole::cards {
namespace {

constexpr double launch_seconds = 0.2, gentle_seconds = 0.06; // gently: well below the 0.1 s that are promised
constexpr std::uint64_t most_items = std::uint64_t{1} << 30;
constexpr std::uint64_t fastest_growth = 8; // from one launch to the next, until it takes as long as it should
constexpr double trial_seconds = 0.05;      // of a family of gates
constexpr int software_patience = 30;       // it may share its CPU with others, and compiles at its first launch
// Measured on an H100: with smaller groups the items of a multiprocessor fetch different parts of the kernel.
constexpr unsigned nvidia_group = 256, usual_group = 64;

// Which gates were faster on a device; it does not change while the process lasts.
std::mutex chosen_mutex;
std::map<unsigned, GateFamily> chosen;

} // namespace

struct Card::Impl {
    const KeySearch& search;
    CardOptions options;
    const KernelLayout layout;
    const KernelData data;
    std::unique_ptr<CardProgram> program;
    std::uint64_t next = 1;          // chunks of the next launch
    std::atomic<bool> hangs = false; // asked by other threads

    Impl(const KeySearch& asked, const CardOptions& wanted)
        : search(asked), options(wanted), layout(asked), data(asked) {}

    std::uint64_t most_chunks() const { return most_items >> layout.item_bits; }

    std::unique_ptr<CardProgram> build(const CardHandle& handle, GateFamily family, bool nvidia,
                                       const std::function<bool()>& stopped) {
        auto built = std::make_unique<CardProgram>(handle, layout, options.circuits(family),
                                                   nvidia ? nvidia_group : usual_group, options.launch_limit);
        try {
            self_test(*built, layout, stopped);
        } catch (...) {
            hangs = built->hangs();
            throw;
        }
        return built;
    }

    CardProgram::Answer launch(CardProgram& on, std::uint64_t from, std::uint64_t chunks) {
        try {
            return on.launch(data, from << layout.item_bits, static_cast<std::uint32_t>(chunks << layout.item_bits));
        } catch (...) {
            hangs = on.hangs();
            throw;
        }
    }

    // Keys a second, of launches that grow until `seconds` are over.
    double rate(CardProgram& on, double seconds) {
        const std::uint64_t all = search.end_chunk() - search.first_chunk();
        std::uint64_t chunks = 1;
        double best = 0, spent = 0;
        while (spent < seconds || best <= 0) {
            const auto answer = launch(on, search.first_chunk(), chunks);
            spent += answer.seconds;
            best = std::max(best, static_cast<double>(chunks * search.keys_per_chunk()) / answer.seconds);
            if (answer.seconds < most_seconds() / 2)
                chunks = std::min({chunks * 4, std::max<std::uint64_t>(all, 1), most_chunks()});
        }
        return best;
    }

    double most_seconds() const { return options.gentle ? gentle_seconds : launch_seconds; }

    void learn(std::uint64_t chunks, double seconds) {
        const double fitting = static_cast<double>(chunks) * most_seconds() / std::max(seconds, 1e-6);
        const auto grown = static_cast<double>(chunks * fastest_growth);
        if (seconds < most_seconds() && chunks < next) return; // the rest of something
        next = std::clamp(static_cast<std::uint64_t>(std::min(fitting, grown)), std::uint64_t{1}, most_chunks());
    }

    using Sets = std::map<std::uint64_t, std::set<des::Block>>;

    // What a card tells is checked: it may be broken.
    void collect(std::uint64_t from, std::uint64_t to, const Candidate& candidate, Sets& keys) const {
        const std::uint64_t chunk = from + (candidate.item >> layout.item_bits);
        if (chunk >= to || candidate.walk >> layout.walk_bits != 0 || candidate.target >= layout.targets) return;
        const std::uint32_t item = candidate.item & ((1U << layout.item_bits) - 1);
        for (unsigned lane = 0; lane < 32; ++lane) {
            if ((candidate.lanes >> lane & 1) == 0) continue;
            const auto key = search.proven(chunk, layout.index(item, candidate.walk, lane), candidate.target);
            if (key) keys[chunk].insert(*key);
        }
    }

    void search_into(std::uint64_t from, std::uint64_t to, Sets& keys) {
        if (to - from > most_chunks()) {
            search_into(from, from + most_chunks(), keys);
            return search_into(from + most_chunks(), to, keys);
        }
        const CardProgram::Answer answer = launch(*program, from, to - from);
        learn(to - from, answer.seconds);
        if (answer.complete) {
            for (const Candidate& candidate : answer.candidates) collect(from, to, candidate, keys);
        } else if (to - from > 1) {
            const std::uint64_t middle = from + (to - from) / 2;
            search_into(from, middle, keys);
            search_into(middle, to, keys);
        } else {
            const auto found = search.search_chunk(from, bitslice::best_level());
            if (!found.empty()) keys[from].insert(found.begin(), found.end());
        }
    }
};

Card::Card(const Device& device, const KeySearch& search, const CardOptions& options)
    : device_(device), impl_(std::make_unique<Impl>(search, options)) {
    if (device.kind == DeviceKind::software) impl_->options.launch_limit *= software_patience;
}

Card::~Card() = default;

void Card::prepare(const std::function<bool()>& stopped) {
    if (impl_->program || stopped()) return;
    const auto handles = card_handles();
    if (device_.number == 0 || device_.number > handles.size()) throw io_error("the device is gone");
    const CardHandle& handle = handles[device_.number - 1];
    const bool nvidia = has_extension(handle, "cl_nv_compiler_options");
    std::optional<GateFamily> family = impl_->options.family;
    // NVIDIA's cards have an instruction for them; a CPU that plays a card takes longest to compile, and is here for
    // tests.
    if ((nvidia || device_.kind == DeviceKind::software) && !family) family = GateFamily::three_input;
    std::unique_lock lock(chosen_mutex);
    if (const auto known = chosen.find(device_.number); !family && known != chosen.end()) family = known->second;
    lock.unlock();
    if (family) {
        impl_->program = impl_->build(handle, *family, nvidia, stopped);
        return;
    }
    auto three = impl_->build(handle, GateFamily::three_input, nvidia, stopped);
    if (stopped()) return;
    auto two = impl_->build(handle, GateFamily::two_input, nvidia, stopped);
    if (stopped()) return;
    const bool two_is_faster = impl_->rate(*two, trial_seconds) > impl_->rate(*three, trial_seconds);
    impl_->program = two_is_faster ? std::move(two) : std::move(three);
    lock.lock();
    chosen[device_.number] = two_is_faster ? GateFamily::two_input : GateFamily::three_input;
}

std::uint64_t Card::wish() const { return impl_->next; }

ChunkSearcher::Keys Card::search(std::uint64_t from, std::uint64_t to) {
    if (!impl_->program) throw io_error("it is not ready");
    Impl::Sets sets;
    impl_->search_into(from, to, sets);
    Keys keys;
    for (const auto& [chunk, found] : sets) keys[chunk].assign(found.begin(), found.end());
    return keys;
}

double Card::measure(double seconds) {
    if (!impl_->program) throw io_error("it is not ready");
    return impl_->rate(*impl_->program, seconds);
}

bool Card::hangs() const { return impl_->hangs; }

double card_rate(const Device& device, double seconds) {
    const KeySearch all{KeySearchQuestion{}};
    Card card(device, all);
    card.prepare([] { return false; });
    return card.measure(seconds);
}

} // namespace keyhole::cards
