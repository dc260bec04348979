// Boost.Asio, under the short name by which all sources of ours call it; only what is used here, since all of it takes
// a compiler half as long again.
#pragma once

// All of it that is no template is compiled once, in asio.cpp.
#define BOOST_ASIO_SEPARATE_COMPILATION
// Whether it finds aligned_alloc depends on what was included before it: without it, all sources agree on how its
// memory is allocated and freed.
#define BOOST_ASIO_DISABLE_STD_ALIGNED_ALLOC

#include <utility> // Boost 1.74 needs it in C++20 and does not include it

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/write.hpp>

namespace keyhole {
namespace asio = boost::asio;
} // namespace keyhole
