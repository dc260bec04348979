// A variant while it is being tried: its list as it is typed, its parts as they are clicked, the facts about it and
// about DES, and the trace that it opens. No ImGui.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/lab/variant_facts.hpp"
#include "core/steps/trace.hpp"
#include "viz/base/work/job.hpp"
#include "viz/session/session.hpp"

namespace keyhole::viz {

/// What stands in the place of an S-box: its own, another of the standard's, the linear one, or some other.
enum class BoxChoice { own, s1, s2, s3, s4, s5, s6, s7, s8, linear, other };
BoxChoice box_choice(const des::Variant& variant, unsigned box);
/// What the key for it puts there next: each choice once, where the number of the box itself is its own.
BoxChoice next_choice(const des::Variant& variant, unsigned box);
/// Puts it there; `other` changes nothing.
void choose_box(des::Variant& variant, unsigned box, BoxChoice choice);

/// A fact in words, and whether it is as in DES.
struct FactLine {
    std::string words;
    bool as_in_des = true;
};

class VariantBench {
  public:
    /// The list as it stands in its field.
    std::string list = "none";
    /// What is wrong with it; empty where nothing is.
    const std::string& fault() const { return fault_; }
    /// The last list that was right.
    const des::Variant& variant() const { return variant_; }
    /// By clicking: the field follows.
    void set(const des::Variant& variant);

    /// Reads the field where it changed, and looks for facts beside the window: until they are found, those before
    /// stay.
    void refresh();
    bool busy() const { return job_ != nullptr; }

    const lab::VariantFacts& facts() const { return facts_; }
    const lab::VariantFacts& standard() const { return standard_; }
    /// Of the variant for which they were found.
    std::vector<FactLine> fact_lines() const;

    /// The message of the trace through this variant; that of an exchange is the workbench's example instead. What is
    /// wrong with it (a padding that cannot be taken off) is thrown as an Error.
    Opened opened(const Trace& trace) const;

  private:
    struct Found {
        lab::VariantFacts facts, standard;
    };

    des::Variant variant_;
    std::string read_, fault_;
    lab::VariantFacts facts_, standard_;
    std::shared_ptr<Found> found_;
    std::unique_ptr<Job> job_; // writes to found_
};

} // namespace keyhole::viz
