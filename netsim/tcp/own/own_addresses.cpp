#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

#include <array>
#include <memory>

#include "netsim/tcp/host_port.hpp"

namespace keyhole {

namespace {

struct Free {
    void operator()(ifaddrs* list) const { freeifaddrs(list); }
};

std::string text_of(int family, const void* address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    return inet_ntop(family, address, text.data(), text.size()) == nullptr ? std::string() : std::string(text.data());
}

bool all_addresses(const std::string& host) { return host.empty() || host == "0.0.0.0" || host == "::"; }

} // namespace

std::vector<std::string> own_addresses() {
    ifaddrs* found = nullptr;
    if (getifaddrs(&found) != 0) return {};
    const std::unique_ptr<ifaddrs, Free> list(found);
    std::vector<std::string> four, six;
    for (const ifaddrs* one = list.get(); one != nullptr; one = one->ifa_next) {
        if (one->ifa_addr == nullptr || (one->ifa_flags & IFF_UP) == 0 || (one->ifa_flags & IFF_LOOPBACK) != 0)
            continue;
        if (one->ifa_addr->sa_family == AF_INET) {
            four.push_back(text_of(AF_INET, &reinterpret_cast<const sockaddr_in*>(one->ifa_addr)->sin_addr));
        } else if (one->ifa_addr->sa_family == AF_INET6) {
            const auto& address = reinterpret_cast<const sockaddr_in6*>(one->ifa_addr)->sin6_addr;
            if (!IN6_IS_ADDR_LINKLOCAL(&address)) six.push_back(text_of(AF_INET6, &address));
        }
    }
    four.insert(four.end(), six.begin(), six.end());
    std::erase(four, std::string());
    return four;
}

std::vector<HostPort> reachable_at(const HostPort& listening, std::size_t most) {
    if (!all_addresses(listening.host)) return {listening};
    std::vector<HostPort> out;
    const bool only_four = listening.host == "0.0.0.0";
    for (const std::string& address : own_addresses()) {
        const bool six = address.find(':') != std::string::npos;
        if (out.size() < most && !(only_four && six)) out.push_back({address, listening.port});
    }
    if (out.empty()) out.push_back({"127.0.0.1", listening.port});
    return out;
}

} // namespace keyhole
