// Objects of C libraries that are given back by a function of theirs.
#pragma once

#include <memory>

namespace keyhole {

template <auto function>
struct Release {
    template <class Object>
    void operator()(Object* object) const {
        function(object);
    }
};

/// Owned<BIO, BIO_free_all>: the function is called for what is not null.
template <class Object, auto function>
using Owned = std::unique_ptr<Object, Release<function>>;

} // namespace keyhole
