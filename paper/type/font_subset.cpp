#include "paper/type/font_subset.hpp"

#include <hb-subset.h>

#include <memory>

#include "core/base/error.hpp"

namespace keyhole::paper {
namespace {

template <auto destroy>
struct Destroyer {
    template <class T>
    void operator()(T* object) const {
        destroy(object);
    }
};
using Blob = std::unique_ptr<hb_blob_t, Destroyer<hb_blob_destroy>>;
using HbFace = std::unique_ptr<hb_face_t, Destroyer<hb_face_destroy>>;
using Input = std::unique_ptr<hb_subset_input_t, Destroyer<hb_subset_input_destroy>>;

} // namespace

std::string font_subset(std::string_view font, const std::set<char32_t>& characters) {
    const Blob blob(
        hb_blob_create(font.data(), static_cast<unsigned>(font.size()), HB_MEMORY_MODE_READONLY, nullptr, nullptr));
    const HbFace whole(hb_face_create(blob.get(), 0));
    const Input input(hb_subset_input_create_or_fail());
    if (!input) throw io_error("a font cannot be cut down (out of memory; close something)");
    for (const char32_t c : characters) hb_set_add(hb_subset_input_unicode_set(input.get()), c);
    hb_set_t* dropped = hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (const hb_tag_t table : {HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'D', 'E', 'F'),
                                 HB_TAG('k', 'e', 'r', 'n'), HB_TAG('D', 'S', 'I', 'G'), HB_TAG('F', 'F', 'T', 'M')})
        hb_set_add(dropped, table);
    const HbFace small(hb_subset_or_fail(whole.get(), input.get()));
    if (!small) throw io_error("a font cannot be cut down (it is no font that HarfBuzz takes; build again)");
    const Blob result(hb_face_reference_blob(small.get()));
    unsigned size = 0;
    const char* bytes = hb_blob_get_data(result.get(), &size);
    return {bytes, size};
}

} // namespace keyhole::paper
