// Traces to ask about, drawn from a source of random bytes: one message through DES, or the handshake of an exchange
// with numbers that one can reckon with on paper.
#pragma once

#include "core/base/random.hpp"
#include "core/practice/practice_kinds.hpp"
#include "core/recording/recording.hpp"
#include "core/steps/trace.hpp"

namespace keyhole::practice {

/// A trace with a step that questions of that kind can be asked about. Messages go through the variant of DES.
Recording draw_scene(QuestionKind kind, Random& random, const des::Variant& variant = {});

/// Such a step of a trace that draw_scene made, of as many rounds.
Node draw_step(QuestionKind kind, const StepTree& tree, unsigned rounds, Random& random);

/// p and g for reckoning by hand: p = 2q + 1 has three digits, q is prime.
Group draw_small_group(Random& random);

} // namespace keyhole::practice
