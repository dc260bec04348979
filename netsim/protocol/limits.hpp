// How many clients a server takes, and what the others are told.
#pragma once

#include <chrono>
#include <cstddef>
#include <string_view>

namespace keyhole {

inline constexpr std::size_t default_max_sessions = 256;
/// Connections beyond a server's max_sessions have this many places in which they are told that it is busy, and their
/// bytes are read; beyond these one line is written to each and it is closed.
inline constexpr std::size_t most_turned_away = 64;
/// Where no place is free, a client that has not said one byte for so long has to give up its own.
inline constexpr std::chrono::seconds longest_silence{30};
inline constexpr std::string_view gives_its_place_away = "not a byte came, and another client needs the place";
inline constexpr std::string_view server_is_full = "the server has all the clients it takes";
inline constexpr std::string_view window_is_full = "the window has all the clients it takes";

} // namespace keyhole
