// The kernel's text. Straight lines: every round is written out with names for all words, so that a compiler keeps them
// in registers; what has to be there again in the next step of the walk lies in memory of the work item (R1, R2, R14).
#include <fmt/format.h>

#include <utility>

#include "core/attack/cards/kernel.hpp"
#include "core/fast/bitslice/rounds.hpp"

namespace keyhole::cards {
namespace {

using bitslice::tables;
using Half = std::array<std::string, 32>;
using RightBits = std::uint32_t;

// Of R13 these boxes are computed first: R12 costs the fewest gates for them, and 12 bits rule out nearly all words.
constexpr std::array<unsigned, 8> boxes_that_meet = {3, 4, 5, 6, 2, 7, 1, 0};
constexpr std::size_t boxes_without_test = 3;

// NVIDIA's compiler has no built-in function for its three-input gate, and leaves idle the multipliers that can take
// over what a key bit does: x * 1 + 0 is x, x * -1 + -1 is its complement. There all items of a group go through the
// walk side by side, because they share what is fetched of these long straight lines. Elsewhere the number of steps
// depends on the item: that keeps pocl from running a group's items in step, with all of their words in memory.
constexpr const char* head = R"(#ifdef __NV_CL_C_VERSION
#define GATE(d, f, a, b, c, e) uint d; asm("lop3.b32 %0, %1, %2, %3, " #f ";" : "=r"(d) : "r"(a), "r"(b), "r"(c));
#define KEY_BIT(n, value) uint k##n = value; uint s##n = k##n | 1u;
#define FLIP(n) k##n = ~k##n; s##n = 0u - s##n;
#define WITH_KEY(d, x, n) uint d; asm("mad.lo.u32 %0, %1, %2, %3;" : "=r"(d) : "r"(x), "r"(s##n), "r"(k##n));
#define STEPS(n) n
#define MINE && item < items
#define SIDE_BY_SIDE barrier(CLK_LOCAL_MEM_FENCE);
#else
#define GATE(d, f, a, b, c, e) const uint d = e;
#define KEY_BIT(n, value) uint k##n = value;
#define FLIP(n) k##n = ~k##n;
#define WITH_KEY(d, x, n) const uint d = x ^ k##n;
#define STEPS(n) (item < items ? n : 0u)
#define MINE
#define SIDE_BY_SIDE
#endif

#define PLACE(bit) (0u - (uint)(place >> (bit) & 1u))

typedef struct {
    uint known[56];
    uint l0[32], r0[32], r16[2][32], l16[2][32];
} Data;

)";

constexpr std::array<std::uint32_t, 5> lane_patterns = {0xAAAAAAAA, 0xCCCCCCCC, 0xF0F0F0F0, 0xFF00FF00, 0xFFFF0000};

class Writer {
  public:
    Writer(const KernelLayout& layout, const CardCircuits& circuits) : layout_(layout), circuits_(circuits) {}

    std::string write() {
        text_ = head;
        line("__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1)))");
        line("void {}(const ulong first, const uint items, const Data data, __global uint* found) {{", kernel_name);
        line("const uint item = (uint)get_global_id(0);");
        line("const ulong place = first + item;");
        for (unsigned bit = 0; bit < 56; ++bit) key_bit(bit);
        // Volatile: in memory, so that the registers are left to the rounds.
        line("volatile uint r1[32], r2[32], r14[{}][32];", layout_.targets);
        for (unsigned box = 0; box < 8; ++box) first_round_box(box);
        for (unsigned box = 0; box < 8; ++box) second_round_box(box);
        for (unsigned box = 0; box < 8; ++box) last_round_box(box);
        line("const uint steps = STEPS({}u);", 1U << layout_.walk_bits);
        line("for (uint step = 0; step < steps;) {{");
        line("SIDE_BY_SIDE");
        trial();
        line("++step;");
        if (layout_.walk_bits > 0) flips();
        line("}}\n}}");
        return std::move(text_);
    }

  private:
    template <class... Values>
    void line(fmt::format_string<Values...> words, Values&&... values) {
        text_ += fmt::format(words, std::forward<Values>(values)...);
        text_ += '\n';
    }

    std::string fresh() { return fmt::format("v{}", names_++); }

    void key_bit(unsigned bit) {
        const KeyBit& from = layout_.bits[bit];
        switch (from.from) {
            case KeyBit::From::known: line("KEY_BIT({0}, data.known[{0}])", bit); break;
            case KeyBit::From::lane: break; // a constant wherever it is used
            case KeyBit::From::walk: line("KEY_BIT({}, 0u)", bit); break;
            case KeyBit::From::place: line("KEY_BIT({}, PLACE({}))", bit, from.number); break;
        }
    }

    static unsigned key_bit_of(unsigned round, unsigned slot) {
        const unsigned from = tables.taken[slot], half = from / 28 * 28;
        return half + (from - half + tables.rotation[round]) % 28;
    }

    // x ^ key bit.
    std::string keyed(const std::string& x, unsigned round, unsigned slot) {
        const unsigned bit = key_bit_of(round, slot);
        std::string name = fresh();
        if (layout_.bits[bit].from == KeyBit::From::lane) {
            line("const uint {} = {} ^ 0x{:08X}u;", name, x, lane_patterns[layout_.bits[bit].number]);
        } else {
            line("WITH_KEY({}, {}, {})", name, x, bit);
        }
        return name;
    }

    // The outputs of a box that are wanted (bit 3 - i: output i); the others are empty names.
    std::array<std::string, 4> box_output(unsigned box, const Half& right, unsigned round, unsigned wanted = 0xF) {
        const CardCircuit& circuit = circuits_[box];
        const std::vector<bool> needed = circuit.needed(wanted);
        std::vector<std::string> name;
        for (unsigned i = 0; i < 6; ++i) name.push_back(keyed(right[bitslice::enters(box, i)], round, 6 * box + i));
        for (std::size_t g = 0; g < circuit.gates.size(); ++g) {
            name.push_back(fresh());
            if (!needed[g]) continue;
            const CardGate& gate = circuit.gates[g];
            const std::string &a = name[gate.a], &b = name[gate.b], &c = name[gate.c];
            line("GATE({}, 0x{:02X}, {}, {}, {}, {})", name.back(), gate.function, a, b, c,
                 expression(gate.function, a, b, c));
        }
        std::array<std::string, 4> y;
        for (unsigned i = 0; i < 4; ++i) {
            if ((wanted >> (3 - i) & 1) != 0) y[i] = name[circuit.outputs[i]];
        }
        return y;
    }

    // out = left ^ f(right, subkey), of the wanted bits; `out` may be `left`.
    void round(unsigned number, const Half& right, const Half& left, Half& out, RightBits wanted) {
        for (unsigned box = 0; box < 8; ++box) {
            unsigned outputs = 0;
            for (unsigned i = 0; i < 4; ++i) outputs |= (wanted >> tables.goes_to[4 * box + i] & 1) << (3 - i);
            if (outputs == 0) continue;
            const auto y = box_output(box, right, number, outputs);
            for (unsigned i = 0; i < 4; ++i) {
                const unsigned j = tables.goes_to[4 * box + i];
                if (y[i].empty()) continue;
                std::string name = fresh();
                line("const uint {} = {} ^ {};", name, left[j], y[i]);
                out[j] = std::move(name);
            }
        }
    }

    static Half named(const std::string& prefix, const std::string& suffix = {}) {
        Half half;
        for (unsigned j = 0; j < 32; ++j) half[j] = fmt::format("{}{}{}", prefix, j, suffix);
        return half;
    }

    // One box of a round into the words that last.
    void single_box(unsigned box, unsigned number, const Half& right, const Half& left, const Half& out) {
        line("{{");
        const auto y = box_output(box, right, number);
        for (unsigned i = 0; i < 4; ++i) {
            const unsigned j = tables.goes_to[4 * box + i];
            line("{} = {} ^ {};", out[j], left[j], y[i]);
        }
        line("}}");
    }

    void first_round_box(unsigned box) {
        single_box(box, 1, named("data.r0[", "]"), named("data.l0[", "]"), named("r1[", "]"));
    }
    void second_round_box(unsigned box) {
        single_box(box, 2, named("r1[", "]"), named("data.r0[", "]"), named("r2[", "]"));
    }
    void last_round_box(unsigned box) { // R14 = L15 = R16 ^ f(L16, K16)
        for (unsigned t = 0; t < layout_.targets; ++t) {
            single_box(box, 16, named(fmt::format("data.l16[{}][", t), "]"),
                       named(fmt::format("data.r16[{}][", t), "]"), named(fmt::format("r14[{}][", t), "]"));
        }
    }

    static RightBits taken_by(unsigned box) {
        RightBits taken = 0;
        for (unsigned i = 0; i < 6; ++i) taken |= RightBits{1} << bitslice::enters(box, i);
        return taken;
    }

    void trial() {
        Half a = named("r1[", "]"), b = named("r2[", "]");
        constexpr RightBits all = ~RightBits{0};
        round(3, b, a, a, all);
        for (unsigned number = 4; number < 11; number += 2) {
            round(number, a, b, b, all);
            round(number + 1, b, a, a, all);
        }
        RightBits known = 0;
        for (std::size_t i = 0; i < boxes_without_test; ++i) known |= taken_by(boxes_that_meet[i]);
        b_ = left_ = b;
        round(12, a, left_, b_, known);
        for (std::size_t i = 0; i < boxes_without_test; ++i) forwards_[i] = box_output(boxes_that_meet[i], b_, 13);
        for (unsigned t = 0; t < layout_.targets; ++t) {
            line("{{\nuint differs = 0u;");
            for (std::size_t i = 0; i < boxes_without_test; ++i) meet(boxes_that_meet[i], forwards_[i], a, t);
            others(a, t, known, boxes_without_test);
            line("}}");
        }
    }

    // Backwards R13 = R15 ^ f(R14, K15); where it is another than forwards, R11 ^ f(R12, K13), a lane differs.
    void meet(unsigned box, const std::array<std::string, 4>& forwards, const Half& r11, unsigned t) {
        const auto backwards = box_output(box, named(fmt::format("r14[{}][", t), "]"), 15);
        for (unsigned i = 0; i < 4; ++i) {
            const unsigned j = tables.goes_to[4 * box + i];
            const std::string sum = fresh(), so_far = fresh();
            line("GATE({0}, 0x96, {1}, {2}, {3}, ({1} ^ {2} ^ {3}))", sum, r11[j], forwards[i], backwards[i]);
            line("const uint l{} = data.l16[{}][{}];", so_far, t, j);
            line("GATE({0}, 0xF6, differs, {1}, l{0}, (differs | ({1} ^ l{0})))", so_far, sum);
            line("differs = {};", so_far);
        }
    }

    // The boxes from number `next` on, where some lane of the word still agrees; those of R12 that are known already
    // are not computed again. The next box alone first: it abandons nearly all the rest.
    void others(const Half& r11, unsigned t, RightBits known, std::size_t next) {
        if (next == boxes_that_meet.size()) {
            line("if (differs != ~0u MINE) {{");
            line("const uint at = atomic_inc(found);");
            line("if (at < {}u) {{", most_candidates);
            line("__global uint* candidate = found + 4 + 4 * at;");
            line("candidate[0] = item; candidate[1] = step ^ (step >> 1); candidate[2] = ~differs; candidate[3] = {}u;",
                 t);
            line("}}\n}}");
            return;
        }
        line("if (differs != ~0u) {{");
        const Half kept = b_;
        const std::size_t end = next == boxes_without_test ? next + 1 : boxes_that_meet.size();
        RightBits wanted = 0;
        for (std::size_t i = next; i < end; ++i) wanted |= taken_by(boxes_that_meet[i]);
        round(12, r11, left_, b_, wanted & ~known);
        for (std::size_t i = next; i < end; ++i)
            meet(boxes_that_meet[i], box_output(boxes_that_meet[i], b_, 13), r11, t);
        others(r11, t, known | wanted, end);
        b_ = kept;
        line("}}");
    }

    // From one step of the walk to the next one key bit changes, and with it a box of R2 and one of R14.
    void flips() {
        line("switch (31u - clz(step & (0u - step))) {{");
        for (unsigned bit = 0; bit < 56; ++bit) {
            if (layout_.bits[bit].from != KeyBit::From::walk) continue;
            line("case {}: {{", layout_.bits[bit].number);
            line("FLIP({})", bit);
            if (const int slot = tables.slot[2][bit]; slot >= 0) second_round_box(static_cast<unsigned>(slot) / 6);
            if (const int slot = tables.slot[16][bit]; slot >= 0) last_round_box(static_cast<unsigned>(slot) / 6);
            line("}} break;");
        }
        line("}}");
    }

    const KernelLayout& layout_;
    const CardCircuits& circuits_;
    std::string text_;
    unsigned names_ = 0;
    Half b_, left_; // R12 as far as it is known, and R10
    std::array<std::array<std::string, 4>, boxes_without_test> forwards_;
};

} // namespace

std::string kernel_source(const KernelLayout& layout, const CardCircuits& circuits) {
    return Writer(layout, circuits).write();
}

} // namespace keyhole::cards
