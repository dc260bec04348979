#include "viz/page.hpp"

#include <array>
#include <cassert>

namespace keyhole::viz {
namespace {

using Factory = std::unique_ptr<Page> (*)();

Factory factory(ViewName view) {
    switch (view) {
        default: return nullptr;
    }
}

} // namespace

bool has_page(ViewName view) { return factory(view) != nullptr; }

std::unique_ptr<Page> make_page(ViewName view) {
    assert(has_page(view));
    return factory(view)();
}

} // namespace keyhole::viz
