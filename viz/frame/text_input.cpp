#include "viz/frame/text_input.hpp"

#include <imgui_stdlib.h>

#include <algorithm>

#include "core/base/bytes.hpp"
#include "viz/base/wide_characters.hpp"

namespace keyhole::viz {
namespace {

// The clipboard as the field may have it: while it lives, ImGui's own way to the clipboard leads through it.
class FieldClipboard {
  public:
    FieldClipboard(WideCharacters& wide, Requests& requests)
        : wide_(wide),
          requests_(requests),
          io_(ImGui::GetIO()),
          get_(io_.GetClipboardTextFn),
          set_(io_.SetClipboardTextFn),
          user_(io_.ClipboardUserData) {
        io_.ClipboardUserData = this;
        io_.GetClipboardTextFn = [](void* self) { return static_cast<FieldClipboard*>(self)->get(); };
        io_.SetClipboardTextFn = [](void* self, const char* text) { static_cast<FieldClipboard*>(self)->set(text); };
    }
    ~FieldClipboard() {
        io_.ClipboardUserData = user_;
        io_.GetClipboardTextFn = get_;
        io_.SetClipboardTextFn = set_;
    }
    FieldClipboard(const FieldClipboard&) = delete;
    FieldClipboard& operator=(const FieldClipboard&) = delete;

  private:
    const char* get() {
        const char* const text = get_ != nullptr ? get_(user_) : nullptr;
        if (text == nullptr) return nullptr;
        const auto field = is_utf8(text) ? wide_.into_field(text) : std::nullopt;
        if (!field)
            requests_.notice(is_utf8(text)
                                 ? "nothing was pasted (more kinds of characters beyond U+FFFF than the fields have "
                                   "room for; open the text as a file)"
                                 : "nothing was pasted (the clipboard holds no UTF-8; copy it as text, or give it in "
                                   "hex)");
        pasted_ = field.value_or("");
        while (pasted_.ends_with('\n') || pasted_.ends_with('\r')) pasted_.pop_back();
        const auto is_control = [](char c) { return (c >= 0 && c < ' ') || c == 0x7F; };
        if (std::ranges::any_of(pasted_, is_control)) // ImGui leaves them out
            requests_.notice(
                "line ends and control characters were left out of what was pasted (a field has one line; open a "
                "longer text as a file)");
        return pasted_.c_str();
    }
    void set(const char* field) {
        if (set_ != nullptr) set_(user_, wide_.out_of_field(field).c_str());
    }

    WideCharacters& wide_;
    Requests& requests_;
    ImGuiIO& io_;
    decltype(ImGuiIO::GetClipboardTextFn) get_;
    decltype(ImGuiIO::SetClipboardTextFn) set_;
    void* user_;
    std::string pasted_;
};

struct Tab {
    WideCharacters& wide;
    const Completion& complete;
};

int on_tab_key(ImGuiInputTextCallbackData* data) {
    const Tab& tab = *static_cast<const Tab*>(data->UserData);
    const std::string_view typed{data->Buf, static_cast<std::size_t>(data->BufTextLen)};
    const auto whole = tab.complete(tab.wide.out_of_field(typed));
    const auto field = whole ? tab.wide.into_field(*whole) : std::nullopt;
    if (!field) return 0;
    data->DeleteChars(0, data->BufTextLen);
    data->InsertChars(0, field->c_str());
    return 0;
}

} // namespace

bool text_input(FrameContext& context, const char* id, const char* hint, std::string& text, ImGuiInputTextFlags flags,
                const Completion& on_tab) {
    WideCharacters& wide = context.state.of<WideCharacters>();
    FieldClipboard clipboard(wide, context.requests);
    Tab tab{wide, on_tab};
    const auto held = wide.into_field(text);
    // Where not even stand-ins are left the text can be read, but not edited: that would alter it.
    if (!held) flags |= ImGuiInputTextFlags_ReadOnly;
    if (on_tab) flags |= ImGuiInputTextFlags_CallbackCompletion;
    std::string field = held.value_or(text);
    // A hint is paler than what was typed, so that nobody takes it for the field's contents.
    ImGui::PushStyleColor(ImGuiCol_TextDisabled, ImGui::GetColorU32(ImGuiCol_TextDisabled, 0.6F));
    const bool edited = ImGui::InputTextWithHint(id, hint, &field, flags, on_tab ? on_tab_key : nullptr, &tab);
    ImGui::PopStyleColor();
    if (held && field != *held) text = wide.out_of_field(field);
    return edited;
}

} // namespace keyhole::viz
