#include "core/steps/cursor.hpp"

#include "core/steps/address.hpp"

namespace keyhole {

Cursor::Cursor(const StepTree& tree) : tree_(&tree), node_(tree.at_number(1)), pages_{node_} {}

std::string Cursor::address() const { return keyhole::address(node_); }

bool Cursor::into() {
    if (tree_->child_count(node_) == 0) return over();
    node_ = tree_->child(node_, 0);
    return true;
}

bool Cursor::over() {
    const auto next = tree_->next_over(node_);
    if (next) node_ = *next;
    return next.has_value();
}

bool Cursor::out() {
    if (node_.depth() <= 1) return false;
    node_ = node_.parent();
    return true;
}

bool Cursor::back() {
    if (const auto sibling = tree_->previous_sibling(node_)) {
        node_ = *sibling;
        return true;
    }
    return out();
}

bool Cursor::start() { return jump(tree_->at_number(1)); }

bool Cursor::end() { return jump(tree_->at_number(tree_->total())); }

bool Cursor::go_to(std::string_view text) { return jump(tree_->at(text)); }

bool Cursor::go_to(const Node& node) { return tree_->contains(node) && node.depth() > 0 && jump(node); }

bool Cursor::go_to_number(std::uint64_t number) { return jump(tree_->at_number(number)); }

bool Cursor::jump(const Node& target) {
    if (target == node_) return false;
    pages_.resize(page_ + 1);
    pages_[page_++] = node_;
    pages_.push_back(target);
    node_ = target;
    return true;
}

bool Cursor::undo() { return can_undo() && turn_to(page_ - 1); }

bool Cursor::redo() { return can_redo() && turn_to(page_ + 1); }

bool Cursor::turn_to(std::size_t page) {
    pages_[page_] = node_;
    page_ = page;
    node_ = pages_[page];
    return true;
}

} // namespace keyhole
