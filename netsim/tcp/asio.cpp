// What of Boost.Asio is no template, compiled here instead of again in every source that includes it.
#include "netsim/tcp/asio.hpp"

#include <boost/asio/impl/src.hpp>
