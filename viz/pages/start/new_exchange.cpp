#include "viz/pages/start/new_exchange.hpp"

#include "core/base/error.hpp"
#include "core/dh/groups.hpp"

namespace keyhole::viz {
namespace {

// What a field says; its fault where it says nothing that can be used.
template <class Read>
auto read(const std::string& text, std::string& fault, Read read_it) -> std::optional<decltype(read_it(text))> {
    fault.clear();
    try {
        return read_it(text);
    } catch (const Error& error) {
        fault = error.what();
        return std::nullopt;
    }
}

std::optional<Number> number(const std::string& text, std::string_view what, std::string& fault) {
    return read(text, fault, [&](const std::string& t) { return parse_number(t, what); });
}

std::string first_text(const Recording& recording, Role role) {
    for (const MessageRecord& message : recording.messages) {
        if (message.sender == role && message.sent)
            return {message.sent->plaintext.begin(), message.sent->plaintext.end()};
    }
    return {};
}

} // namespace

bool NewExchange::take(const Recording& recording) {
    if (!recording.parameters) return false;
    const Parameters& known = *recording.parameters;
    const auto& server = recording.party(Role::server).private_key;
    const auto& client = recording.party(Role::client).private_key;
    if (!server || !client) return false;
    const Group* named = find_group(known.p, known.g);
    *this = NewExchange{};
    group = named != nullptr ? named->name : "";
    if (named == nullptr) {
        p = to_text(known.p);
        g = to_text(known.g);
    }
    server_private = to_text(*server);
    client_private = to_text(*client);
    client_says = first_text(recording, Role::client);
    server_says = first_text(recording, Role::server);
    kdf = known.kdf;
    mode = known.mode;
    return true;
}

std::optional<ExchangeOptions> NewExchange::options() {
    ExchangeOptions out;
    out.kdf = kdf;
    out.mode = mode;
    group_fault.clear();
    p_fault.clear();
    g_fault.clear();
    if (!group.empty()) {
        if (const Group* named = find_group(group)) {
            out.group = *named;
        } else {
            group_fault =
                "no group is called that (toy23, ffdhe2048, modp1024, ..; or leave it empty and give p and g)";
        }
    } else {
        const auto own_p = number(p, "p", p_fault), own_g = number(g, "g", g_fault);
        if (own_p && own_g) out.group = Group{.name = "custom", .source = {}, .p = *own_p, .g = *own_g};
    }
    const bool has_group = group_fault.empty() && p_fault.empty() && g_fault.empty();
    std::optional<Offer> offer;
    if (has_group)
        offer = read(group, p.empty() ? group_fault : p_fault,
                     [&](const auto&) { return make_offer(out.group, kdf, mode); });
    const auto key = [&](const std::string& text, Role role, std::string_view what, std::string& fault) {
        fault.clear();
        std::optional<Number> typed;
        if (!text.empty()) typed = number(text, what, fault);
        if (typed && offer) {
            read(text, fault, [&](const auto&) {
                check_private_key(*typed, *offer, role);
                return true;
            });
        }
        return typed;
    };
    out.server_private = key(server_private, Role::server, "the server's private key", server_fault);
    out.client_private = key(client_private, Role::client, "the client's private key", client_fault);
    if (!offer || !server_fault.empty() || !client_fault.empty()) return std::nullopt;
    out.random = seed.empty() ? Random::system() : Random::seeded(seed);
    if (!client_says.empty()) out.says.push_back({Role::client, client_says});
    if (!server_says.empty()) out.says.push_back({Role::server, server_says});
    return out;
}

} // namespace keyhole::viz
