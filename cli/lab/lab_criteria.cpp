// keyhole lab criteria: the published design criteria of the S-boxes, checked one by one.
#include <fmt/format.h>

#include <memory>

#include "cli/lab/lab.hpp"
#include "core/base/error.hpp"
#include "core/lab/criteria.hpp"
#include "flags/variant_flag.hpp"

namespace keyhole::cli {
namespace {

struct CriteriaCommand {
    std::optional<unsigned> box;
    std::optional<std::string> variant;

    void run(int& status) const {
        const auto boxes = variant_aloud(variant).boxes;
        std::vector<lab::CriterionResult> results;
        for (unsigned number = 1; number <= 8; ++number) {
            if (box && *box != number) continue;
            for (auto& result : lab::box_criteria(boxes[number - 1], number)) results.push_back(std::move(result));
        }
        if (!box) results.push_back(lab::joint_criterion(boxes));
        for (const lab::CriterionResult& result : results) {
            fmt::print("{:<3}  {}  {}  {}: {}\n", result.name,
                       result.box == 0 ? "all" : fmt::format("S{} ", result.box), result.met ? "yes" : "no ",
                       result.demanded, result.measured);
        }
        if (!lab::all_met(results)) status = static_cast<int>(Failure::answer_no);
    }
};

} // namespace

void add_lab_criteria(CLI::App& lab, int& status) {
    auto command = std::make_shared<CriteriaCommand>();
    CLI::App* sub = lab.add_subcommand("criteria", "Which design criteria of 1994 the S-boxes meet");
    sub->add_option("--box", command->box, "only this S-box (then without S-8, which is about three of them)")
        ->check(CLI::Range(1U, 8U).description("1 to 8"));
    add_variant_option(sub, command->variant);
    sub->footer(
        "Example: keyhole lab criteria --variant sbox1=linear\n"
        "A line each: criterion, box, yes or no, what is demanded and what was measured. Exit status 1 where one "
        "fails.\n"
        "Source: D. Coppersmith, IBM Journal of Research and Development 38(3), 1994, criteria S-1 to S-8.");
    sub->callback([command, &status] { command->run(status); });
}

} // namespace keyhole::cli
