// The one home of what views keep from frame to frame: where a field stands, what is followed, a model that takes long
// to make. A function's static would be shared by two windows, a picture that is being taken and every test; here each
// drawing of the application has its own, and a copy begins where the original stands.
#pragma once

#include <any>
#include <map>
#include <typeindex>

namespace keyhole::viz {

class ViewState {
  public:
    /// The part of that type, made when it is first asked for. A view declares a struct for what it keeps; it must be
    /// copyable.
    template <class Part>
    Part& of() {
        std::any& slot = parts_[typeid(Part)];
        if (!slot.has_value()) slot.emplace<Part>();
        return *std::any_cast<Part>(&slot);
    }

  private:
    std::map<std::type_index, std::any> parts_;
};

} // namespace keyhole::viz
