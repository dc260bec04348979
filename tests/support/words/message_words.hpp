// The sentences about a message, written a second time: for words_message_test.cpp.
#pragma once

#include "tests/support/words/words.hpp"

namespace keyhole::testing {

inline std::string blocks_of(Mode mode, std::size_t bytes) {
    if (mode == Mode::cfb8) return count_of(bytes, "segment") + " of 8 bits";
    if (mode == Mode::cfb1) return count_of(8 * bytes, "segment") + " of 1 bit";
    return count_of((bytes + 7) / 8, "block");
}

/// Of a message's line on the wire, its end included.
inline std::size_t line_size(std::uint64_t seq, bool with_iv, std::size_t ciphertext) {
    const std::string frame = R"({"type":"message","seq":,"ciphertext":""})", iv = R"("iv":"AAAAAAAAAAA=",)";
    return frame.size() + fmt::format("{}", seq).size() + (with_iv ? iv.size() : 0) + (ciphertext + 2) / 3 * 4 + 1;
}

inline Words message_words(std::size_t number, std::uint64_t seq, Role sender, const std::string& says,
                           std::size_t ciphertext, std::size_t line) {
    return {fmt::format("{} to {}: {}", side(sender), peer(sender), says),
            fmt::format(
                "Message {} of the conversation goes from the {} to the {}: {}. On the wire it has the sequence "
                "number {}, for each side counts only what it sends itself, and is {} of ciphertext in a line "
                "of {}. Nothing in it tells the receiver of a change made on the way, unless what comes out can no "
                "longer be read: DES hides, it does not authenticate.",
                number, side(sender), peer(sender), says, seq, count_of(ciphertext, "byte"), count_of(line, "byte"))};
}

inline Words encode_words(const Bytes& message, const std::string& shown, bool text) {
    const std::string size = count_of(message.size(), "byte"), summary = shown + " is " + size;
    if (message.empty() && !text)
        return {summary, "A cipher knows only bits. The message is empty: there is nothing to write as bits."};
    if (!text)
        return {summary, fmt::format("A cipher knows only bits. The message is no text but bytes already, {}: {}.",
                                     size, shown)};
    return {summary, fmt::format("A cipher knows only bits, so the message {} is written as {}{}. The encoding is "
                                 "UTF-8: one byte for each ASCII character, two to four for all others.",
                                 shown, size, message.empty() ? "" : ": " + short_hex(message))};
}

inline Words unpadded_words(Mode mode, std::size_t size) {
    const std::string bytes = count_of(size, "byte"), blocks = blocks_of(mode, size), summary = "no padding: " + blocks;
    const auto stream = [&](const std::string& name, const std::string& reason) {
        return Words{summary, fmt::format("{} mode needs no padding: {}. {} {} {}.", name, reason, bytes,
                                          size == 1 ? "makes" : "make", blocks)};
    };
    const std::string whole = "of the last block of key stream only as many bytes are used as the text still has";
    switch (mode) {
        case Mode::ctr: return stream("Counter", whole);
        case Mode::cfb: return stream("cfb", whole);
        case Mode::ofb: return stream("ofb", whole);
        case Mode::cfb8: return stream("cfb8", "it takes the text a byte at a time");
        case Mode::cfb1: return stream("cfb1", "it takes the text a bit at a time, of each byte the highest first");
        default: break;
    }
    return {summary, fmt::format("No padding was asked for: {} must be whole blocks without it, and they are {}.",
                                 bytes, blocks)};
}

inline Words pad_words(Mode mode, Padding padding, const Bytes& message) {
    const std::size_t size = message.size();
    if (padding == Padding::none) return unpadded_words(mode, size);
    const std::size_t padded = with_padding(padding, message).size(), missing = padded - size;
    const std::string bytes = count_of(size, "byte"), more = count_of(missing, "byte"),
                      are = missing == 1 ? "is" : "are";
    std::string lead = fmt::format("{} {} {} to fill", bytes, size == 1 ? "leaves" : "leave", missing);
    if (size % 8 == 0) lead = bytes + " are whole blocks, and yet one more is added";
    if (size == 0) lead = "The message is empty, and yet one block is made";
    if (missing == 0) lead = bytes + " are whole blocks already";
    std::string summary, rule;
    if (padding == Padding::pkcs7) {
        summary = fmt::format("{} of 0x{:02X}", more, missing);
        rule = fmt::format(
            "{} with the value 0x{:02X} {} appended (PKCS#7: the byte says how many there are, and never "
            "none, so that the receiver can always take them off again).",
            more, missing, are);
    } else if (padding == Padding::iso7816) {
        summary = missing == 1 ? "1 byte of 0x80" : fmt::format("0x80 and zeros ({} in all)", more);
        rule = fmt::format(
            "{} {} appended (ISO 7816-4: the first byte is always there and marks where the padding "
            "begins, so that the receiver can always take it off again).",
            summary, are);
    } else {
        summary = missing == 0 ? "no padding" : more + " of 0x00";
        rule = fmt::format(
            "{} appended (zeros: the receiver takes all zeros at the end away, which is right only as "
            "long as no message ends in one).",
            missing == 0 ? "nothing is" : more + " of 0x00 " + are);
        std::size_t own = 0;
        while (own < size && message[size - 1 - own] == 0) ++own;
        if (own > 0)
            rule += fmt::format(
                " Here the message itself ends in {}, which the receiver takes off with the padding: "
                "nothing tells them apart.",
                count_of(own, "zero byte"));
    }
    return {summary + ": " + blocks_of(mode, padded),
            fmt::format("{}. {}: {} That makes {} in {}.",
                        mode == Mode::ecb || mode == Mode::cbc
                            ? "DES takes 8 bytes at a time"
                            : fmt::format("{} mode needs no padding, and {} was chosen all the same", name(mode),
                                          padding == Padding::pkcs7     ? "pkcs7"
                                          : padding == Padding::iso7816 ? "iso7816"
                                                                        : "zero"),
                        lead, rule, count_of(padded, "byte"), blocks_of(mode, padded))};
}

inline std::string register_rest(Mode mode, const std::string& what, const std::string& size, const std::string& out) {
    const std::string comes = mode == Mode::cfb8   ? "The first 8 bits of what comes out are"
                              : mode == Mode::cfb1 ? "The first bit of what comes out is"
                                                   : "What comes out is";
    const std::string spoils = mode == Mode::cfb8   ? "the next 8 segments of 8 bits"
                               : mode == Mode::cfb1 ? "the next 64 segments of 1 bit"
                                                    : "the next block";
    return fmt::format("{} added to the {}, {}. The result is {}. ", comes, what, size, out) +
           (mode == Mode::ofb ? "The key stream depends on key and IV alone: whoever flips a bit of ciphertext flips "
                                "that bit of the text, and the same IV under the same key a second time lays both "
                                "texts open."
                              : fmt::format("The same IV twice under one key shows where two texts begin alike, and a "
                                            "flipped bit of ciphertext spoils the text of {} too.",
                                            spoils));
}

inline Words cipher_words(Mode mode, bool forwards, std::uint64_t key, std::uint64_t iv, const Bytes& in,
                          const Bytes& out) {
    const std::string by = block_hex(key), start = block_hex(iv), what = forwards ? "plaintext" : "ciphertext",
                      size = count_of(in.size(), "byte"), blocks = blocks_of(mode, in.size()), mode_name(name(mode));
    const std::size_t runs = mode == Mode::cfb1 ? 8 * in.size() : mode == Mode::cfb8 ? in.size() : (in.size() + 7) / 8;
    const std::string times = runs == 1 ? "once" : grouped(runs) + " times";
    Words words{fmt::format("{} in {} mode under the key {}", blocks, mode_name, by), {}};
    if (in.empty()) {
        words.explanation = "The message is empty and there is no padding: no block goes through DES.";
    } else if (mode == Mode::ctr) {
        words.explanation = fmt::format(
            "In ctr mode DES never takes the {}: under the key {} it enciphers a counter, {}, which starts at the IV "
            "{} and grows by one a block. What comes out is added to the {}, {}. The result is {}.",
            what, by, times, start, what, size, short_hex(out));
    } else if (mode == Mode::ecb || mode == Mode::cbc) {
        words.explanation = fmt::format(
            "The {} of {} {} through DES under the key {} in {} mode, {}. The result is {}.", blocks, what,
            in.size() == 8 ? "goes" : "go", by, mode_name,
            mode == Mode::ecb ? "each block alone"
                              : "each block chained with the ciphertext before it, the first with the IV " + start,
            short_hex(out));
    } else {
        words.explanation =
            fmt::format(
                "In {} mode DES never takes the {}: under the key {} it enciphers a shift register of 64 bits, "
                "{}, which starts as the IV {} and then takes in {}. ",
                mode_name, what, by, times, start,
                mode == Mode::ofb ? "what DES gave before" : "the ciphertext as it comes") +
            register_rest(mode, what, size, short_hex(out));
    }
    return words;
}

inline Words frame_words(std::uint64_t seq, std::size_t ciphertext, std::size_t line, bool lost) {
    const std::string size = count_of(line, "byte");
    return {"one JSON line of " + size + (lost ? ", never confirmed" : ""),
            fmt::format("JSON is text, so the {} of ciphertext {} written in base64, {} characters: every 3 bytes "
                        "become 4 characters. With the type and the sequence number {} that makes one line of {}, the "
                        "line end included. This is all that an eavesdropper sees.{}",
                        count_of(ciphertext, "byte"), ciphertext == 1 ? "is" : "are", grouped((ciphertext + 2) / 3 * 4),
                        seq, size,
                        lost ? " The connection was lost before the receiver's machine had confirmed the line: it may "
                               "not have arrived."
                             : "")};
}

inline Words decode_words(const Bytes& ciphertext) {
    const std::string size = count_of(ciphertext.size(), "byte");
    return {
        size + " of ciphertext",
        fmt::format("The receiver reads the JSON line, checks the sequence number and turns base64 back into bytes. "
                    "That makes {}: {}.",
                    size, short_hex(ciphertext))};
}

inline Words unpad_words(Padding padding, const Bytes& padded, std::size_t left, const std::string& shown) {
    const std::size_t taken = padded.size() - left;
    const std::string before = count_of(padded.size(), "byte"), after = count_of(left, "byte"),
                      off = count_of(taken, "byte");
    const std::string rest = fmt::format(" Without it the {} are {}: {}.", before, after, shown);
    if (taken == 0) {
        const bool looked = padding == Padding::zero && !padded.empty();
        return {shown, fmt::format("There is no padding to take off{}. The message has {}: {}.",
                                   looked ? ": the last byte is not zero" : "", after, shown)};
    }
    if (padding == Padding::pkcs7) {
        return {shown, fmt::format("The last byte, 0x{:02X}, says how long the padding is: {}, each with that value.",
                                   taken, off) +
                           rest};
    }
    if (padding == Padding::iso7816) {
        return {shown, fmt::format("{} 0x80, which marks where the message ends: {} of padding.",
                                   taken == 1 ? "The last byte is" : "Before the zeros at the end stands", off) +
                           rest};
    }
    return {shown, fmt::format("All zeros at the end are taken for padding: {} {} taken off, and {}.",
                               count_of(taken, "zero byte"), taken == 1 ? "was" : "were",
                               taken <= 7 ? "nothing tells whether that was padding or the message's own end"
                                          : "padding adds seven at most: the others are the message's own end") +
                       rest};
}

} // namespace keyhole::testing
