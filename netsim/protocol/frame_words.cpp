#include "netsim/protocol/frame_words.hpp"

#include <fmt/format.h>

#include "core/base/bytes.hpp"

namespace keyhole {
namespace {

std::string cut(std::string_view text) { return excerpt(text, 40); }

struct Label {
    std::string operator()(const ParamsFrame&) const { return "params"; }
    std::string operator()(const PublicKeyFrame&) const { return "public_key"; }
    std::string operator()(const MessageFrame& frame) const { return fmt::format("message {}", frame.seq); }
    std::string operator()(const ByeFrame&) const { return "bye"; }
    std::string operator()(const ErrorFrame& frame) const { return "error " + cut(frame.code); }
};

struct Contents {
    std::string operator()(const ParamsFrame& frame) const {
        return fmt::format(": group {}, kdf {}, mode {}", cut(frame.group), cut(frame.kdf), cut(frame.mode));
    }
    std::string operator()(const PublicKeyFrame& frame) const { return fmt::format(": y = 0x{}", cut(frame.y)); }
    std::string operator()(const MessageFrame& frame) const {
        const auto bytes = from_base64(frame.ciphertext);
        return fmt::format(": {} bytes of ciphertext{}", bytes ? bytes->size() : 0, frame.iv ? ", an IV" : "");
    }
    std::string operator()(const ByeFrame&) const { return {}; }
    std::string operator()(const ErrorFrame& frame) const { return ": " + cut(frame.detail); }
};

} // namespace

std::string frame_label(const Frame& frame) { return std::visit(Label{}, frame); }

std::string frame_words(const Frame& frame) { return frame_label(frame) + std::visit(Contents{}, frame); }

} // namespace keyhole
