// The header rows of the files of a trace (docs/trace-format.md).
#pragma once

#include <string_view>
#include <vector>

#include "core/base/words.hpp"

namespace keyhole::csv {

// Without line end. verify takes the columns in any order.
inline constexpr std::string_view blocks_header = "message,stage,block,key,input,chained,after_ip,preoutput,output";
inline constexpr std::string_view rounds_header =
    "message,stage,block,round,left_in,right_in,expanded,subkey,mixed,s_out,p_out,left_out,right_out";
inline constexpr std::string_view sboxes_header = "message,stage,block,round,box,input,row,column,output";
inline constexpr std::string_view keyschedule_header = "message,round,shift,c,d,subkey";
inline constexpr std::string_view modexp_header = "operation,step,bit_index,bit,action,value";
inline constexpr std::string_view exchange_header = "step,address,party,name,value";

/// The names of the columns, in their order.
inline std::vector<std::string_view> names_in(std::string_view header) { return split(header, ","); }

/// Beside the tables of a variant of DES: its list, as --variant takes it.
inline constexpr const char* variant_file = "variant.txt";

} // namespace keyhole::csv
