// From what the rows of exchange.csv say back to a recording. Only inputs are taken from them (parameters, private
// keys, texts, IVs); everything else is computed anew, so that each row can then be compared with what it should be.
#pragma once

#include <optional>

#include "core/recording/recording.hpp"
#include "core/verify/exchange/verify_exchange_facts.hpp"

namespace keyhole::verify {

/// Empty where the rows say too little of the exchange, as in tables that were written by hand.
std::optional<Recording> recording_from(const ExchangeFacts& facts, const des::Variant& variant);

} // namespace keyhole::verify
