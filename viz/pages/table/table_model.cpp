#include "viz/pages/table/table_model.hpp"

#include <algorithm>
#include <cassert>

#include "core/base/words.hpp"
#include "core/csv/csv_power.hpp"
#include "viz/session/lies_in.hpp"

namespace keyhole::viz {
namespace {

// No cell of these files is quoted.
std::vector<std::string> cells_of(std::string_view line) {
    line = line.substr(0, line.find('\r'));
    const std::vector<std::string_view> cells = split(line, ",");
    return {cells.begin(), cells.end()};
}

std::size_t digits(std::uint64_t number) { return std::to_string(number).size(); }

Kind kind_of(Direction direction) { return direction == Direction::encrypt ? Kind::encrypt : Kind::decrypt; }

Node cipher_node(std::uint64_t message, Direction direction) {
    return Node{}.child({.kind = Kind::message, .number = message}).child({.kind = kind_of(direction)});
}

// The characters of a value column's cells, where they do not depend on the trace.
std::size_t fixed_width(std::string_view column) {
    constexpr std::string_view twelve_digits[] = {"expanded", "subkey", "mixed"};
    constexpr std::string_view sixteen_digits[] = {"key", "input", "chained", "after_ip", "preoutput", "output"};
    if (std::ranges::count(twelve_digits, column) > 0) return 14;
    if (std::ranges::count(sixteen_digits, column) > 0) return 18;
    if (column == "c" || column == "d") return 9;
    return column == "shift" ? 1 : 10;
}

} // namespace

RowMark mark_of(const Node& row, const Node& current) {
    return lies_in(current, row) ? RowMark::here : lies_in(row, current) ? RowMark::part : RowMark::none;
}

TraceTable::TraceTable(const Trace& trace, TableFile file, TableFilter filter)
    : trace_(&trace), file_(file), filter_(std::move(filter)) {
    if (file_ == TableFile::keyschedule) {
        rounds_.first = 0;
    } else {
        rounds_.last = trace.recording().variant.rounds;
    }
    rounds_.narrow(filter_.round);
    boxes_.narrow(filter_.box);
    if (!filter_.nothing) {
        if (file_ == TableFile::modexp && !trace.recording().des) add_operations();
        if (file_ != TableFile::modexp && !trace.recording().power) add_segments();
    }
    set_columns();
}

std::uint64_t TraceTable::rows_of_a_block() const {
    if (file_ == TableFile::blocks) return 1;
    return rounds_.size() * (file_ == TableFile::sboxes ? boxes_.size() : 1);
}

void TraceTable::add_segments() {
    const auto& messages = trace_->recording().messages;
    for (std::uint64_t number = 1; number <= messages.size(); ++number) {
        const MessageRecord& message = messages[number - 1];
        if (!filter_.message.holds(number)) continue;
        const auto add = [&](Direction direction, const NumberRange& blocks) {
            if (blocks.size() == 0 || rows_of_a_block() == 0) return;
            segments_.push_back({number, direction, blocks, rows_});
            rows_ += blocks.size() * rows_of_a_block();
        };
        if (file_ == TableFile::keyschedule) {
            // An eavesdropper's recording has no key, so no schedule and no blocks.
            if ((message.sent || message.received) && trace_->tree().contains(schedule_node(number)))
                add(Direction::encrypt, {1, 1});
            continue;
        }
        for (const Direction direction : {Direction::encrypt, Direction::decrypt}) {
            const bool there = trace_->tree().contains(cipher_node(number, direction));
            if (!there || filter_.direction.value_or(direction) != direction) continue;
            NumberRange blocks = filter_.block;
            blocks.narrow({1, trace_->tree().block_count(number, direction)});
            add(direction, blocks);
        }
    }
}

void TraceTable::add_operations() {
    for (const csv::Operation& operation : csv::operations(trace_->recording())) {
        if (filter_.operation.value_or(operation.address) != operation.address) continue;
        const auto index = static_cast<std::uint32_t>(operations_.size());
        operations_.push_back({operation.address, trace_->tree().at(operation.address), bit_length(operation.modulus)});
        const std::size_t bits = bit_length(operation.exponent);
        std::uint32_t step = 0;
        for (std::uint32_t i = 1; i <= bits; ++i) {
            const bool one = mpz_tstbit(operation.exponent.get_mpz_t(), bits - i) != 0;
            for (const bool multiply : {false, true}) {
                if (multiply && !one) continue;
                ++step;
                if (filter_.step.holds(step) && filter_.bit_index.holds(i) && filter_.bit.holds(one ? 1 : 0) &&
                    filter_.multiply.value_or(multiply) == multiply)
                    power_rows_.push_back({index, step, i, multiply});
            }
        }
    }
    rows_ = power_rows_.size();
}

void TraceTable::set_columns() {
    for (std::string& heading : cells_of(header(file_))) {
        TableColumn column{.name = std::move(heading)};
        column.numbering = columns_.size() < numbering_columns(file_);
        column.meaning = column.numbering ? Meaning::plain : meaning_of(column.name);
        column.width = column.name.size();
        const auto fit = [&](std::size_t characters) { column.width = std::max(column.width, characters); };
        fit(column.numbering || file_ == TableFile::sboxes ? 2 : fixed_width(column.name));
        if (column.name == "message" && !segments_.empty()) fit(digits(segments_.back().message));
        if (column.name == "block")
            for (const Segment& segment : segments_) fit(digits(segment.blocks.last));
        for (const Operation& operation : operations_) {
            if (column.name == "operation") fit(operation.address.size());
            if (column.name == "value")
                fit(operation.modulus_bits <= 64 ? 20 : 2 + 2 * ((operation.modulus_bits + 7) / 8));
        }
        if (column.name == "action") fit(std::string_view("multiply").size());
        if (column.name == "stage") fit(name(Direction::encrypt).size());
        columns_.push_back(std::move(column));
    }
}

TableRow TraceTable::row(std::uint64_t index) const {
    assert(index < rows_);
    return file_ == TableFile::modexp ? power_row(index) : des_row(index);
}

std::string_view TraceTable::block_line(const Segment& segment, std::uint64_t block, std::uint64_t line) const {
    const std::tuple wanted{segment.message, segment.direction, block};
    if (kept_ != wanted) {
        block_rows_ = csv::block_rows(segment.message, trace_->pass(segment.message, segment.direction), block);
        kept_ = wanted;
    }
    std::string_view rest = file_ == TableFile::blocks   ? block_rows_.blocks
                            : file_ == TableFile::sboxes ? block_rows_.sboxes
                                                         : block_rows_.rounds;
    for (; line > 0; --line) rest.remove_prefix(rest.find('\n') + 1);
    return rest.substr(0, rest.find('\n'));
}

TableRow TraceTable::des_row(std::uint64_t index) const {
    const Segment& segment = *std::prev(std::ranges::upper_bound(segments_, index, {}, &Segment::before));
    const std::uint64_t offset = index - segment.before, each = std::max<std::uint64_t>(rows_of_a_block(), 1);
    const std::uint64_t block = segment.blocks.first + offset / each, in_block = offset % each;
    if (file_ == TableFile::keyschedule) {
        const std::uint64_t round = rounds_.first + in_block;
        const Node schedule = schedule_node(segment.message);
        return {round == 0 ? schedule : schedule.child({.kind = Kind::schedule_round, .number = round}),
                cells_of(csv::schedule_row(segment.message, static_cast<unsigned>(round), trace_->schedule(schedule)))};
    }
    Node node = cipher_node(segment.message, segment.direction).child({.kind = Kind::block, .number = block});
    std::uint64_t line = 0;
    if (file_ != TableFile::blocks) {
        const std::uint64_t boxes = file_ == TableFile::sboxes ? boxes_.size() : 1;
        const std::uint64_t round = rounds_.first + in_block / boxes;
        node = node.child({.kind = Kind::round, .number = round});
        line = round - 1;
        if (file_ == TableFile::sboxes) {
            const std::uint64_t box = boxes_.first + in_block % boxes;
            node = node.child({.kind = Kind::sbox, .number = box});
            line = 8 * line + box - 1;
        }
    }
    return {node, cells_of(block_line(segment, block, line))};
}

TableRow TraceTable::power_row(std::uint64_t index) const {
    const PowerRow& row = power_rows_[index];
    const Operation& operation = operations_[row.operation];
    const PowerStep bit = trace_->power(operation.node).step(row.bit_index);
    return {operation.node.child({.kind = Kind::bit, .number = row.bit_index}),
            cells_of(
                csv::power_row(operation.address, row.step, row.bit_index, bit, row.multiply, operation.modulus_bits))};
}

// Both sides have the same schedule; the row leads to the sender's, or to the one that is known here.
Node TraceTable::schedule_node(std::uint64_t message) const {
    const Recording& recording = trace_->recording();
    if (recording.des) return Node{}.child({.kind = Kind::schedule});
    const Role sender = recording.messages[message - 1].sender;
    const Role role = recording.party(sender).derived ? sender : other(sender);
    return Node{}.child({.kind = Kind::secret}).child({.kind = Kind::schedule, .role = role});
}

std::optional<std::uint64_t> TraceTable::find(const Node& node) const {
    if (file_ == TableFile::modexp) return find_power(node);
    return file_ == TableFile::keyschedule ? find_in_schedule(node) : find_in_pass(node);
}

std::optional<std::uint64_t> TraceTable::find_in_pass(const Node& node) const {
    const std::uint64_t message = node.number(Kind::message);
    if (message == 0) return std::nullopt;
    const auto wanted = [&](Kind kind) {
        const std::uint64_t number = node.number(kind);
        return number == 0 ? NumberRange{} : NumberRange{number, number};
    };
    NumberRange rounds = rounds_, boxes = boxes_;
    rounds.narrow(wanted(Kind::round));
    boxes.narrow(wanted(Kind::sbox));
    if ((file_ != TableFile::blocks && rounds.size() == 0) || (file_ == TableFile::sboxes && boxes.size() == 0))
        return std::nullopt;
    const auto first = std::ranges::lower_bound(segments_, message, {}, &Segment::message);
    for (auto at = first; at != segments_.end() && at->message == message; ++at) {
        if (node.depth() > 1 && node.part(1).kind != kind_of(at->direction)) continue;
        NumberRange blocks = at->blocks;
        blocks.narrow(wanted(Kind::block));
        if (blocks.size() == 0) continue;
        std::uint64_t index = at->before + (blocks.first - at->blocks.first) * rows_of_a_block();
        if (file_ == TableFile::rounds) index += rounds.first - rounds_.first;
        if (file_ == TableFile::sboxes)
            index += (rounds.first - rounds_.first) * boxes_.size() + boxes.first - boxes_.first;
        return index;
    }
    return std::nullopt;
}

std::optional<std::uint64_t> TraceTable::find_in_schedule(const Node& node) const {
    if (!node.within(Kind::schedule)) return std::nullopt;
    const std::uint64_t wanted = node.kind() == Kind::schedule ? rounds_.first : node.number(Kind::schedule_round);
    if (!rounds_.holds(wanted)) return std::nullopt;
    const Node schedule = node.up_to(Kind::schedule);
    const auto found =
        std::ranges::find_if(segments_, [&](const Segment& s) { return schedule_node(s.message) == schedule; });
    return found == segments_.end() ? std::nullopt : std::optional(found->before + wanted - rounds_.first);
}

std::optional<std::uint64_t> TraceTable::find_power(const Node& node) const {
    const auto found = std::ranges::find_if(power_rows_, [&](const PowerRow& row) {
        const Node& operation = operations_[row.operation].node;
        return lies_in(node, operation) ? node == operation || node.last().number == row.bit_index
                                        : lies_in(operation, node);
    });
    return found == power_rows_.end() ? std::nullopt
                                      : std::optional(static_cast<std::uint64_t>(found - power_rows_.begin()));
}

std::uint64_t count_rows(const Trace& trace, TableFile file) { return TraceTable(trace, file).row_count(); }

} // namespace keyhole::viz
