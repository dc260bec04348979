#include "viz/pages/kat/kat_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/words.hpp"
#include "viz/base/number_model.hpp"

namespace keyhole::viz {
namespace {

constexpr std::uint64_t parts_of_a_file = 1000; // of the progress

std::shared_ptr<const KatFileRun> run_file(const std::filesystem::path& path, const KatProgress& progress) {
    auto out = std::make_shared<KatFileRun>();
    out->name = escape_controls(path.filename().string());
    out->file.path = path.string();
    try {
        auto file = run_kat_file(path, progress);
        if (!file) return nullptr;
        out->file = std::move(*file);
        out->passed = out->file.passed();
        out->failed = out->file.failed();
    } catch (const Error& error) {
        out->error = error.what();
    }
    return out;
}

} // namespace

std::string result_line(const KatTotals& totals) {
    std::string line = fmt::format("{} passed, {} failed", totals.passed, totals.failed);
    if (totals.unreadable > 0) line += fmt::format(", {} could not be run", counted(totals.unreadable, "file"));
    return line;
}

KatRun::KatRun(std::filesystem::path path)
    : job_([shared = shared_, path = std::move(path)](Job::Progress& progress) {
          const std::vector<std::filesystem::path> files = find_kat_files(path);
          for (std::size_t i = 0; i < files.size(); ++i) {
              const auto report = [&](std::size_t done, std::size_t total) {
                  const std::uint64_t part = total == 0 ? 0 : parts_of_a_file * done / total;
                  progress.report(parts_of_a_file * i + part, parts_of_a_file * files.size());
                  return !progress.cancelled();
              };
              const auto file = progress.cancelled() ? nullptr : run_file(files[i], report);
              if (!file) return std::string("cancelled");
              if (files.size() == 1 && !file->error.empty()) throw std::runtime_error(file->error);
              const std::lock_guard lock(shared->mutex);
              shared->done.push_back(file);
          }
          return std::string();
      }) {}

void KatRun::cancel() {
    cancelled_ = cancelled_ || running_;
    job_.cancel();
}

bool KatRun::collect() {
    if (!running_) return false;
    const auto outcome = job_.take();
    std::vector<std::shared_ptr<const KatFileRun>> done;
    {
        const std::lock_guard lock(shared_->mutex);
        done.swap(shared_->done);
    }
    for (auto& file : done) {
        totals_.passed += file->passed;
        totals_.failed += file->failed;
        totals_.unreadable += file->error.empty() ? 0 : 1;
        files_.push_back(std::move(file));
    }
    if (outcome) {
        running_ = false;
        cancelled_ = !outcome->words.empty() && !outcome->failed;
        if (outcome->failed) error_ = outcome->words;
    }
    return !done.empty() || outcome;
}

void KatList::add(KatItem item) {
    item.line = line_count();
    items_.push_back(item);
}

std::size_t KatList::line_count() const { return items_.empty() ? 0 : items_.back().line + items_.back().lines; }

std::size_t KatList::item_at(std::size_t line) const {
    const auto after = std::ranges::upper_bound(items_, line, {}, &KatItem::line);
    return static_cast<std::size_t>(after - items_.begin()) - 1;
}

std::optional<std::size_t> KatList::find(const KatItem& item) const {
    const auto found = std::ranges::find_if(items_, [&](const KatItem& other) {
        return other.kind == item.kind && other.file == item.file && other.result == item.result;
    });
    return found == items_.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - items_.begin()));
}

KatList KatList::of(const KatRun& run) {
    KatList list;
    for (std::size_t file = 0; file < run.files().size(); ++file) {
        if (run.files()[file]->failed == 0) continue;
        const auto& results = run.files()[file]->file.results;
        for (std::size_t i = 0; i < results.size(); ++i) {
            if (results[i].failure) list.add({.kind = KatItem::Kind::failure, .file = file, .result = i, .lines = 3});
        }
    }
    const auto add_files = [&](bool bad) {
        for (std::size_t file = 0; file < run.files().size(); ++file) {
            const KatFileRun& one = *run.files()[file];
            if ((one.failed > 0 || !one.error.empty()) == bad) list.add({.kind = KatItem::Kind::file, .file = file});
        }
    };
    add_files(true);
    add_files(false);
    return list;
}

KatList KatList::of(const KatRun& run, std::size_t file) {
    KatList list;
    const auto& results = run.files()[file]->file.results;
    for (std::size_t i = 0; i < results.size(); ++i) {
        const bool failed = results[i].failure.has_value();
        list.add({.kind = failed ? KatItem::Kind::failure : KatItem::Kind::record,
                  .file = file,
                  .result = i,
                  .lines = failed ? std::size_t{3} : 1});
    }
    return list;
}

ValuePair compare(const KatFailure& failure, std::size_t room, std::size_t shift) {
    constexpr std::size_t before = 8; // what is shown of the digits that agree
    const std::string &expected = failure.expected, &got = failure.got;
    const std::size_t all = std::max(expected.size(), got.size());
    const auto differs = [&](std::size_t i) {
        return i >= expected.size() || i >= got.size() || lower_case(expected[i]) != lower_case(got[i]);
    };
    std::size_t first = 0;
    while (first < all && !differs(first)) ++first;
    ValuePair pair;
    pair.all = all;
    const std::size_t last_from = all > room ? all - room : 0;
    const std::size_t start = all <= room || first < room - std::min(room, before) ? 0 : first - before;
    pair.from = std::min(start + shift, last_from);
    const auto part = [&](const std::string& value) {
        std::string text = pair.from < value.size() ? value.substr(pair.from, room) : std::string();
        // A digit takes one place, whatever a hostile file has in it.
        std::ranges::replace_if(
            text, [](char c) { return c < ' ' || c > '~'; }, '?');
        return text;
    };
    pair.expected = part(expected);
    pair.got = part(got);
    for (std::size_t i = pair.from; i < std::min(all, pair.from + room); ++i) {
        if (!differs(i)) continue;
        const std::size_t at = i - pair.from;
        if (!pair.differing.empty() && pair.differing.back().second == at) {
            ++pair.differing.back().second;
        } else {
            pair.differing.emplace_back(at, at + 1);
        }
    }
    return pair;
}

std::string trace_words(const KatTrace& trace) {
    if (const auto* des = std::get_if<KatDes>(&trace)) {
        return fmt::format("DES, {}, {}, {}", name(des->settings.mode), name(des->direction),
                           counted_blocks(des->settings.mode, block_count(des->settings.mode, des->data.size())));
    }
    return std::holds_alternative<PowerSettings>(trace) ? "modular exponentiation" : "";
}

std::optional<Opened> open_record(const KatFileRun& file, const KatResult& result) {
    Opened opened{.recording = {}, .title = fmt::format("{} {}", file.name, result.record), .go_to = {}};
    if (const auto* des = std::get_if<KatDes>(&result.trace)) {
        opened.recording = record_des(des->settings, des->direction, des->iv, des->data);
    } else if (const auto* power = std::get_if<PowerSettings>(&result.trace)) {
        opened.recording = record_power(*power);
    } else {
        return std::nullopt;
    }
    return opened;
}

std::string failure_line(const KatFailure& failure) {
    return fmt::format("{}:{}: {} of {}: expected {}, got {}", escape_controls(failure.file), failure.line,
                       failure.field, failure.record, failure.expected, failure.got);
}

} // namespace keyhole::viz
