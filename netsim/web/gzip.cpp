#include "netsim/web/gzip.hpp"

#include <zlib.h>

#include <cassert>
#include <limits>
#include <new>

namespace keyhole {

std::string gzipped(std::string_view bytes) {
    constexpr int usual_memory = 8, gzip_head = 16; // as zlib.h has them for deflateInit2
    assert(bytes.size() <= std::numeric_limits<uInt>::max());
    z_stream stream{};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, MAX_WBITS + gzip_head, usual_memory,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc();
    std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
    stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data())); // zlib only reads it
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int done = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (done != Z_STREAM_END) throw std::bad_alloc(); // deflateBound() is enough for anything else
    return out;
}

} // namespace keyhole
