#include "core/kat/kat_layouts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <map>
#include <optional>
#include <utility>

#include "core/base/words.hpp"
#include "core/kat/kat_botan.hpp"
#include "core/kat/kat_kas.hpp"

namespace keyhole::kat {
namespace {

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool stands_in_kas(const Field& field) {
    return is_party_number(field.name) || is_one_of(field.name, {"Z", "RESULT", "CAVSHASHZZ"});
}

bool all_fields(const Record& record, bool (*test)(const Field&)) {
    return std::all_of(record.fields.begin(), record.fields.end(), test);
}

// P and G, perhaps with Q, for the records that follow.
bool is_domain(const Record& record) {
    return record.has("P") && record.has("G") && all_fields(record, [](const Field& field) {
               return is_one_of(field.name, {"P", "Q", "G"});
           });
}

bool wants_domain(const Record& record) {
    const bool numbers = record.has("Z") || record.has("Y") || record.has("INVALIDKEY") ||
                         std::any_of(record.fields.begin(), record.fields.end(), stands_in_kas);
    return numbers && !record.has("P") && !record.has("BASE");
}

// Some files leave lines free within a record: what follows one with a COUNT and has none belongs to it.
bool continues(const Record& record, const Record& before) {
    return !record.has("COUNT") && before.has("COUNT") && record.section == before.section &&
           all_fields(record, stands_in_kas) &&
           std::none_of(record.fields.begin(), record.fields.end(),
                        [&](const Field& field) { return before.has(field.name); });
}

// OpenSSL's `Cipher = DES-CBC` as a mode, and a key for three-key DES as three.
void read_cipher(Record& record) {
    const Field* cipher = record.find("CIPHER");
    if (cipher == nullptr) return;
    std::string name = upper_case(cipher->value);
    const auto refuse = [&] {
        return record.fault(cipher->line, fmt::format("Keyhole has no cipher {}", excerpt(cipher->value)),
                            "DES and three-key DES are there; leave this record out");
    };
    if (!name.starts_with("DES")) throw refuse();
    const bool triple = name.starts_with("DES-EDE");
    const std::size_t keys = name.starts_with("DES-EDE3") ? 3 : 2;
    name.erase(0, triple ? (keys == 3 ? 8 : 7) : 3);
    if (!name.empty() && !name.starts_with('-')) throw refuse(); // DESX-CBC
    record.mode = name.empty() ? "ecb" : lower_case(name.substr(1));
    if (const Field* operation = record.find("OPERATION")) record.section = upper_case(operation->value);
    if (!triple) return;
    split_key(record, keys);
}

class Keys {
  public:
    // True where the record is a key, which is kept.
    bool take(const Record& record) {
        for (const char* kind : {"PRIVATEKEY", "PUBLICKEY"}) {
            const Field* key = record.find(kind);
            if (key == nullptr) continue;
            kept_[key->value] = record.need("PEM", "a key is a PEM block below its name").value;
            return true;
        }
        return false;
    }

    // Puts the PEM blocks of the keys that the record names into it.
    void put(Record& record) const {
        if (record.has("PRIVPUBKEYPAIR")) {
            const Field pair = *record.find("PRIVPUBKEYPAIR");
            const std::size_t colon = std::min(pair.value.find(':'), pair.value.size());
            add(record, pair, "PEM-OWN", pair.value.substr(0, colon));
            add(record, pair, "PEM-PEER", pair.value.substr(std::min(colon + 1, pair.value.size())));
        } else if (record.has("DERIVE")) {
            const Field own = *record.find("DERIVE");
            const Field peer = record.has("PEERKEYVALIDATE")
                                   ? *record.find("PEERKEYVALIDATE")
                                   : record.need("PEERKEY", "a secret is derived with a peer's key");
            add(record, own, "PEM-OWN", own.value);
            add(record, peer, "PEM-PEER", peer.value);
        }
    }

  private:
    void add(Record& record, const Field& from, std::string name, const std::string& key) const {
        const auto found = kept_.find(key);
        if (found == kept_.end()) {
            throw record.fault(from.line, fmt::format("there is no key {}", excerpt(key)),
                               "PrivateKey = or PublicKey = with that name stands before it");
        }
        record.fields.push_back({std::move(name), found->second, from.line});
    }

    std::map<std::string, std::string> kept_; // PEM by name
};

} // namespace

Arranged arrange(std::vector<Record> records) {
    Arranged arranged;
    std::vector<Record>& out = arranged.records;
    std::optional<Record> domain;
    bool domain_used = false;
    Keys keys;
    for (Record& record : records) {
        std::erase_if(record.fields, [](const Field& field) { return field.name == "TITLE"; });
        // A key that is made at random has no known answer.
        if (record.fields.empty() || record.has("KEYGEN") || keys.take(record)) continue;
        if (!out.empty() && continues(record, out.back())) {
            out.back().fields.insert(out.back().fields.end(), record.fields.begin(), record.fields.end());
            continue;
        }
        if (is_domain(record)) {
            if (domain && !domain_used) out.push_back(*domain);
            domain = std::move(record);
            domain_used = false;
            continue;
        }
        if (domain && wants_domain(record)) {
            domain_used = true;
            record.fields.insert(record.fields.end(), domain->fields.begin(), domain->fields.end());
        }
        if (is_botan_cipher(record) && !read_botan_cipher(record)) {
            ++arranged.left_out;
            continue;
        }
        read_cipher(record);
        keys.put(record);
        out.push_back(std::move(record));
    }
    // A group for which nothing was computed is no answer; its check says so.
    if (domain && !domain_used) out.push_back(*domain);
    return arranged;
}

} // namespace keyhole::kat
