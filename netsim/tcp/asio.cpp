// All of asio that is no template, compiled here once instead of in every source that includes it
// (ASIO_SEPARATE_COMPILATION in third_party/packages.cmake).
#include <asio/impl/src.hpp>
