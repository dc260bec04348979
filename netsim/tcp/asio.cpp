// Asio is a library of headers only. With ASIO_SEPARATE_COMPILATION (third_party/packages.cmake) all of it that is no
// template is compiled here, once, instead of again in every source that includes it.
#include <asio/impl/src.hpp>
