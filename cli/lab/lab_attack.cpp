#include "cli/lab/lab_attack.hpp"

#include <fmt/format.h>

#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/base/words.hpp"
#include "core/lab/attack/oracle.hpp"
#include "flags/usage.hpp"

namespace keyhole::cli {

void add_attack_options(CLI::App* command, AttackText& text) {
    command->add_option("--rounds", text.rounds, "how many rounds of DES are attacked: 4, 6 or 8")
        ->required()
        ->check(CLI::IsMember({4U, 6U, 8U}));
    command->add_option("--seed", text.seed, "draw key and texts from this; the attack does not look at the key");
    command->add_option("--oracle", text.oracle,
                        "texts from elsewhere: CSV with the columns plaintext,ciphertext, 16 hex digits each");
    command
        ->add_option("--write-texts", text.write_texts,
                     "only write the plaintexts into this file, as CSV, for somebody else to encipher")
        ->check(names_something());
}

AttackOracle oracle_of(const AttackText& text, const std::function<std::vector<des::Block>(Random)>& choose) {
    if (text.seed && text.oracle)
        throw bad_input("both --seed and --oracle (the texts come from one of them; leave one out)");
    if (!text.seed && !text.oracle)
        throw bad_input("no texts (an attack needs an oracle; give --seed S, which draws a key, or --oracle FILE)");
    AttackOracle oracle;
    if (text.oracle) {
        oracle.texts = lab::read_oracle(*text.oracle);
        return oracle;
    }
    lab::DrawnOracle drawn = lab::draw_oracle(lab_random(text.seed), choose, text.rounds, bitslice::chosen_level());
    oracle.drawn_key = drawn.key;
    oracle.texts = std::move(drawn.texts);
    return oracle;
}

bool texts_written(const AttackText& text, const std::function<std::vector<des::Block>(Random)>& choose) {
    if (text.write_texts.empty()) return false;
    if (text.oracle) throw bad_input("--write-texts with --oracle (that file has its texts already; leave one out)");
    const std::vector<des::Block> texts = choose(lab_random(text.seed).fork("lab.texts"));
    write_file(text.write_texts, lab::plaintexts_csv(texts));
    fmt::print(stderr,
               "keyhole: {} written; encipher each with {} rounds (encrypt --variant rounds={} --padding none), "
               "add the column ciphertext, and give the file to --oracle\n",
               counted(texts.size(), "plaintext"), text.rounds, text.rounds);
    return true;
}

void report(const std::optional<des::Block>& key, const std::optional<des::Block>& drawn_key, bool stopped,
            const std::string& why_not, int& status) {
    if (key) {
        fmt::print("key 0x{:016X}\n", *key);
        if (drawn_key) fmt::print(stderr, "it is {}the key that was drawn\n", *key == *drawn_key ? "" : "not ");
        return;
    }
    status = static_cast<int>(Failure::answer_no);
    if (stopped) {
        fmt::print(stderr, "stopped before the end, and nothing was kept\n");
    } else {
        fmt::print("no key found: {}\n", why_not);
    }
}

} // namespace keyhole::cli
