#include "netsim/web/web_names.hpp"

#include <zlib.h>

#include "netsim/web/gzip.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;

TEST_CASE("The host of a field Host is found, and nothing that is none", "[web]") {
    CHECK(host_of("Example.org:8080") == "example.org");
    CHECK(host_of("192.0.2.7") == "192.0.2.7");
    CHECK(host_of("[2001:DB8::1]:8080") == "2001:db8::1");
    CHECK(host_of("pc.") == "pc");
    for (const char* none :
         {"", ":80", "a b", "a:port", "a:123456", "[::1", "[::1]x", "user@host", "host/path", "a,b", "\xFF"})
        CHECK(host_of(none).empty());
}

TEST_CASE("A request is for this machine by its names and addresses alone", "[web]") {
    const std::vector<std::string> names = {"localhost", "pc"};
    CHECK(is_own_host("localhost:8080", names, "127.0.0.1"));
    CHECK(is_own_host("PC", names, "127.0.0.1"));
    CHECK(is_own_host("127.0.0.1:8080", names, "127.0.0.1"));
    CHECK(is_own_host("198.51.100.4", names, "::ffff:198.51.100.4")); // IPv4 in a socket of IPv6
    CHECK(is_own_host("[::1]:8080", names, "::1"));
    for (const char* other :
         {"attacker.example", "attacker.example:8080", "198.51.100.4", "localhost.attacker.example", ""})
        CHECK_FALSE(is_own_host(other, names, "127.0.0.1"));
}

TEST_CASE("A page's origin is the host under which it was served", "[web]") {
    CHECK(is_own_origin("http://192.0.2.7:8080", "192.0.2.7:8080"));
    CHECK(is_own_origin("https://PC", "pc"));
    for (const char* other : {"http://192.0.2.7", "http://attacker.example", "null", "", "192.0.2.7:8080",
                              "http://192.0.2.7:8080.attacker.example", "file://192.0.2.7:8080"})
        CHECK_FALSE(is_own_origin(other, "192.0.2.7:8080"));
}

TEST_CASE("What is packed is unpacked again", "[web]") {
    const std::string page(100000, 'x');
    const std::string packed = gzipped(page);
    CHECK(packed.size() < page.size() / 10);
    z_stream stream{};
    REQUIRE(inflateInit2(&stream, MAX_WBITS + 16) == Z_OK);
    std::string out(page.size() + 10, '\0');
    stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    CHECK(out == page);
}
