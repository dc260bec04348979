// Modes and padding against OpenSSL: any key, IV and text. (Three equal keys make its triple DES a single one, which
// needs no legacy provider.)
#include <openssl/evp.h>

#include <memory>

#include "core/modes/modes.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

using namespace keyhole;
using namespace keyhole::fuzz;

const EVP_CIPHER* cipher_of(Mode mode) {
    switch (mode) {
        case Mode::cbc: return EVP_des_ede3_cbc();
        case Mode::cfb: return EVP_des_ede3_cfb64();
        case Mode::cfb8: return EVP_des_ede3_cfb8();
        case Mode::cfb1: return EVP_des_ede3_cfb1();
        case Mode::ofb: return EVP_des_ede3_ofb();
        default: return EVP_des_ede3_ecb();
    }
}

std::optional<Bytes> openssl(Mode mode, Direction direction, bool padding, des::Block key, des::Block iv,
                             ByteView data) {
    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(EVP_CIPHER_CTX_new(),
                                                                                  EVP_CIPHER_CTX_free);
    Bytes keys;
    for (int i = 0; i < 3; ++i) {
        for (const std::uint8_t byte : block_bytes(key)) keys.push_back(byte);
    }
    EVP_CipherInit_ex(context.get(), cipher_of(mode), nullptr, keys.data(), block_bytes(iv).data(),
                      direction == Direction::encrypt ? 1 : 0);
    EVP_CIPHER_CTX_set_padding(context.get(), padding ? 1 : 0);
    Bytes out(data.size() + 16);
    int length = 0, rest = 0;
    hold(EVP_CipherUpdate(context.get(), out.data(), &length, data.data(), static_cast<int>(data.size())) == 1,
         "OpenSSL works");
    if (EVP_CipherFinal_ex(context.get(), out.data() + length, &rest) != 1) return std::nullopt;
    out.resize(static_cast<std::size_t>(length + rest));
    return out;
}

/// SP 800-38A: the enciphered counters added to the text.
Bytes counter_mode(des::Block key, des::Block counter, ByteView data) {
    Bytes counters;
    for (std::size_t at = 0; at < data.size(); at += 8) {
        for (const std::uint8_t byte : block_bytes(counter)) counters.push_back(byte);
        ++counter;
    }
    Bytes out = *openssl(Mode::ecb, Direction::encrypt, false, key, 0, counters);
    out.resize(data.size());
    for (std::size_t i = 0; i < data.size(); ++i) out[i] ^= data[i];
    return out;
}

void check_pass(Mode mode, Direction direction, des::Block key, des::Block iv, const Bytes& data, const Bytes& result,
                std::uint64_t chosen) {
    const Pass pass{.mode = mode,
                    .direction = direction,
                    .schedule = des::key_schedule(key),
                    .iv = iv,
                    .input = data,
                    .output = result};
    if (pass.block_count() == 0) return;
    const std::uint64_t number = 1 + chosen % pass.block_count();
    const BlockRun run = pass.block(number);
    // The same pass the other way round takes its segments from the result.
    const Pass back{
        .mode = mode, .direction = direction, .schedule = pass.schedule, .iv = iv, .input = result, .output = data};
    hold(run.output == back.segment(number), "a block's trace ends in its output");
    hold(pass.chained(number) == run.trace.input, "the block that enters IP is known beforehand");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    FuzzedDataProvider in(data, size);
    const auto key = in.ConsumeIntegral<std::uint64_t>(), iv = in.ConsumeIntegral<std::uint64_t>();
    const auto chosen = in.ConsumeIntegral<std::uint16_t>();
    const Bytes text = in.ConsumeRemainingBytes<std::uint8_t>();
    const Bytes whole(text.begin(), text.end() - static_cast<std::ptrdiff_t>(text.size() % 8));
    for (const Mode mode : {Mode::ecb, Mode::cbc}) {
        const Bytes padded = pad_pkcs7(text);
        hold(unpad_pkcs7(padded) == text, "padding comes off again");
        const Bytes ciphertext = apply_mode(mode, Direction::encrypt, key, iv, padded);
        hold(ciphertext == openssl(mode, Direction::encrypt, true, key, iv, text), "encryption is OpenSSL's",
             name(mode));
        const Bytes plain = apply_mode(mode, Direction::decrypt, key, iv, whole);
        hold(plain == openssl(mode, Direction::decrypt, false, key, iv, whole), "decryption is OpenSSL's", name(mode));
        hold(unpad_pkcs7(plain) == openssl(mode, Direction::decrypt, true, key, iv, whole), "unpadding is OpenSSL's",
             name(mode));
        check_pass(mode, Direction::encrypt, key, iv, padded, ciphertext, chosen);
        check_pass(mode, Direction::decrypt, key, iv, whole, plain, chosen);
        hold(accepted([&] { apply_mode(mode, Direction::decrypt, key, iv, text); }) == (text.size() % 8 == 0),
             "only whole blocks are taken", name(mode));
    }
    for (const Mode mode : {Mode::cfb, Mode::cfb8, Mode::cfb1, Mode::ofb}) {
        const Bytes ciphertext = apply_mode(mode, Direction::encrypt, key, iv, text);
        hold(ciphertext == openssl(mode, Direction::encrypt, false, key, iv, text), "encryption is OpenSSL's",
             name(mode));
        hold(apply_mode(mode, Direction::decrypt, key, iv, ciphertext) == text, "decryption gives the text",
             name(mode));
        check_pass(mode, Direction::encrypt, key, iv, text, ciphertext, chosen);
        check_pass(mode, Direction::decrypt, key, iv, ciphertext, text, chosen);
    }
    const Bytes ciphertext = apply_mode(Mode::ctr, Direction::encrypt, key, iv, text);
    hold(ciphertext == counter_mode(key, iv, text), "ctr is the enciphered counters added to the text");
    hold(apply_mode(Mode::ctr, Direction::decrypt, key, iv, ciphertext) == text, "ctr is its own inverse");
    check_pass(Mode::ctr, Direction::encrypt, key, iv, text, ciphertext, chosen);
    return 0;
}
