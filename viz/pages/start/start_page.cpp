#include "viz/pages/start/start_page.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/words.hpp"
#include "core/steps/step_tree.hpp"
#include "viz/base/work/job.hpp"
#include "viz/draw/imgui_point.hpp"
#include "viz/frame/field_view.hpp"
#include "viz/lesson/course_view.hpp"
#include "viz/pages/start/new_exchange.hpp"
#include "viz/pages/start/way_in_view.hpp"

namespace keyhole::viz {
namespace {

constexpr Seconds between_looks{0.05};
constexpr const char* compose_words = "An exchange of your own (E)";
constexpr std::array modes = {Mode::cbc, Mode::ctr, Mode::ecb};

// An exchange that is made beside the window: a large prime that nobody knows takes seconds to check.
class Making {
  public:
    explicit Making(NewExchange what)
        : made_(std::make_shared<Made>(Made{std::move(what), {}})), job_([made = made_](Job::Progress&) {
              if (const auto options = made->what.options()) made->recording = run_exchange(*options);
              return std::string();
          }) {}

    bool running() const { return job_.running(); }
    std::optional<Job::Outcome> take() { return job_.take(); }
    const NewExchange& what() const { return made_->what; }
    /// Nothing where it could not be made: then what() has the faults.
    std::optional<Recording>& recording() { return made_->recording; }

  private:
    struct Made {
        NewExchange what;
        std::optional<Recording> recording;
    };
    std::shared_ptr<Made> made_;
    Job job_;
};

class StartPage final : public Page {
  public:
    std::span<const PageAction> actions() const override {
        static constexpr std::array cards = {PageAction{{.key = Key::left}, "Left", "one before"},
                                             PageAction{{.key = Key::right}, "Right", "next one"},
                                             PageAction{{.key = Key::enter}, "Enter", "open it"},
                                             PageAction{{.key = key_of('e')}, "E", "an exchange of your own"}};
        static constexpr std::array form = {PageAction{{.key = Key::enter}, "Enter", "make it"},
                                            PageAction{{.key = key_of('e')}, "E", "edit"},
                                            PageAction{{.key = key_of('c')}, "C", "mode"},
                                            PageAction{{.key = key_of('u')}, "U", "key from"},
                                            PageAction{{.key = key_of('a')}, "A", "as the exchange that is shown"},
                                            PageAction{{.key = Key::escape}, "Esc", "back"}};
        return composing_ ? std::span<const PageAction>(form) : std::span<const PageAction>(cards);
    }

    bool press(const KeyPress& press, FrameContext& context) override {
        if (press.ctrl || press.alt) return false;
        if (composing_) return press_form(press, context);
        const auto count = every_way_in.size() + course_.lessons().size();
        if (press.key == Key::left || press.key == Key::up) {
            chosen_ = (chosen_ + count - 1) % count;
        } else if (press.key == Key::right || press.key == Key::down) {
            chosen_ = (chosen_ + 1) % count;
        } else if (press.key == Key::enter || press.key == Key::space) {
            if (chosen_ < every_way_in.size()) {
                enter(context, every_way_in[chosen_]);
            } else {
                begin_lesson(context, course_.lessons()[chosen_ - every_way_in.size()]);
            }
        } else if (press.key == key_of('e')) {
            compose();
        } else {
            return false;
        }
        return true;
    }

    void draw(FrameContext& context, Rect /*room*/) override {
        look(context);
        const Rect room = free_room();
        fields_.begin();
        if (composing_) {
            draw_column(context, "new", room, [&](ScreenCanvas& canvas) { form(context, canvas); });
        } else {
            draw_column(context, "ways", room, [&](ScreenCanvas& canvas) { ways(context, canvas, room); });
        }
        if (composing_ && fields_.take_entered()) make(what_, "exchange of your own");
        fields_.end();
    }

    void tick(Seconds now) override { now_ = now; }
    std::optional<Seconds> due() const override { return making_ ? std::optional(now_ + between_looks) : std::nullopt; }

  private:
    bool press_form(const KeyPress& press, FrameContext& context) {
        if (fields_.press(press)) return true;
        if (fields_.editing()) return false;
        if (press.key == key_of('e')) {
            fields_.focus(0);
        } else if (press.key == key_of('c')) {
            const auto* at = std::ranges::find(modes, what_.mode);
            what_.mode = modes.at(static_cast<std::size_t>(at - modes.begin() + 1) % modes.size());
        } else if (press.key == key_of('u')) {
            what_.kdf = turned(what_.kdf, 2);
        } else if (press.key == key_of('a')) {
            take(context);
        } else if (press.key == Key::escape) {
            composing_ = false;
        } else {
            return false;
        }
        return true;
    }

    void compose() {
        composing_ = true;
        fields_.focus(0);
    }

    void take(FrameContext& context) {
        if (!what_.take(context.trace.recording()))
            context.requests.notice("the trace that is shown holds no exchange of which both private keys are known");
    }

    void enter(FrameContext& context, WayIn way) {
        NewExchange exchange;
        switch (way) {
            case WayIn::small_numbers: return make(exchange, "exchange in toy23");
            case WayIn::real_size: exchange.group = "ffdhe2048"; return make(exchange, "exchange in ffdhe2048");
            case WayIn::own_message: return context.requests.show(PageName("workbench"));
            case WayIn::recording: return context.requests.run(Command::open_file);
        }
    }

    void make(const NewExchange& what, std::string title) {
        if (making_) return;
        title_ = std::move(title);
        making_.emplace(what);
    }

    // Whether the exchange that is being made is there.
    void look(FrameContext& context) {
        if (!making_ || making_->running()) return;
        const auto outcome = making_->take();
        if (outcome && outcome->failed) context.requests.notice(outcome->words);
        if (making_->recording()) {
            context.requests.open({.recording = std::move(*making_->recording()), .title = title_, .go_to = {}});
            composing_ = false;
        } else if (composing_) {
            take_faults(making_->what());
        }
        making_.reset();
    }

    void take_faults(const NewExchange& tried) {
        what_.group_fault = tried.group_fault;
        what_.p_fault = tried.p_fault;
        what_.g_fault = tried.g_fault;
        what_.server_fault = tried.server_fault;
        what_.client_fault = tried.client_fault;
    }

    void ways(FrameContext& context, ScreenCanvas& canvas, Rect room) {
        const float em = canvas.em(), gap = 1.2F * em;
        const Point at = to_point(ImGui::GetCursorScreenPos());
        const float foot = canvas.paragraph(
            FontRole::title, at, room.w - 2 * em, Ink::text,
            "Two programs agree on a secret in public, and send each other messages enciphered with it. "
            "Look inside, step by step.");
        const float top = foot + gap;
        const std::size_t columns = room.w >= 48 * em ? 4 : room.w >= 30 * em ? 2 : 1;
        const std::size_t rows = every_way_in.size() / columns;
        const float width = (room.w - em - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
        const float below = flow_height(context, std::array{compose_words}, room.w - em) +
                            course_height(context, canvas, course_, room.w - em);
        const float free = room.bottom() - top - gap - below;
        const float least = (rows == 1 ? 8.0F : 9.5F) * em; // in two rows it has to be scrolled anyway
        const float height = std::clamp((free - gap * static_cast<float>(rows - 1)) / static_cast<float>(rows), least,
                                        std::max(least, 0.75F * width));
        for (std::size_t i = 0; i < every_way_in.size(); ++i) {
            const Rect card{at.x + static_cast<float>(i % columns) * (width + gap),
                            top + static_cast<float>(i / columns) * (height + gap), width, height};
            const auto [clicked, hovered] = button_over(card, static_cast<int>(i));
            if (hovered && ImGui::GetIO().MouseDelta.x != 0) chosen_ = i;
            draw_way_in(canvas, every_way_in[i], card, i == chosen_, hovered);
            if (clicked) enter(context, every_way_in[i]);
        }
        ImGui::SetCursorScreenPos({at.x, top + static_cast<float>(rows) * (height + gap)});
        if (flow_button(context, compose_words, true, true)) compose();
        draw_course(context, canvas, course_,
                    chosen_ < every_way_in.size() ? std::nullopt : std::optional(chosen_ - every_way_in.size()));
        if (making_) canvas.paragraph(FontRole::text, Ink::muted, "Making the exchange ..");
    }

    void form(FrameContext& context, ScreenCanvas& canvas) {
        const float em = canvas.em(), label = 10.5F * em;
        canvas.paragraph(FontRole::title, Ink::text, "An exchange of your own");
        canvas.paragraph(
            FontRole::small, Ink::muted,
            "Both sides within this window. What is left empty is drawn; for numbers of your own leave the "
            "group empty. A private key or a seed that somebody knows protects nobody: for looking at.");
        const auto field = [&](const char* name, std::string hint, const std::string& fault, std::string& text) {
            text_field(context, canvas, fields_,
                       {.label = name, .hint = std::move(hint), .fault = fault, .label_width = label}, text);
        };
        field("Group (E)", "toy23, ffdhe2048, modp1024, ..", what_.group_fault, what_.group);
        if (what_.group.empty()) {
            field("p", "a prime, decimal or hex with 0x", what_.p_fault, what_.p);
            field("g", "2 .. p-2", what_.g_fault, what_.g);
        }
        field("Server's private key", "drawn", what_.server_fault, what_.server_private);
        field("Client's private key", "drawn", what_.client_fault, what_.client_private);
        std::array<std::string_view, modes.size()> names;
        std::ranges::transform(modes, names.begin(), [](Mode mode) { return keyhole::name(mode); });
        const auto at = static_cast<std::size_t>(std::ranges::find(modes, what_.mode) - modes.begin());
        what_.mode = modes.at(choice(context, canvas, "Mode (C)", names, at, label));
        constexpr std::array<std::string_view, 2> kdfs = {"sha256", "low64"};
        choose(context, canvas, "Key from (U)", kdfs, what_.kdf, label);
        field("The client says", "nothing", {}, what_.client_says);
        field("The server says", "nothing", {}, what_.server_says);
        field("Seed", "drawn anew each time", {}, what_.seed);
        ImGui::Dummy({1, 0.3F * em});
        if (flow_button(context, making_ ? "Making it .." : "Make it (Enter)", !making_, true)) fields_.enter();
        if (flow_button(context, "As the exchange that is shown (A)", true, false)) take(context);
        if (flow_button(context, "Back (Esc)", true, false)) composing_ = false;
    }

    NewExchange what_;
    std::optional<Making> making_;
    std::string title_; // of what is being made
    Course course_;
    std::size_t chosen_ = 0; // a way in, or behind those a lesson
    bool composing_ = false;
    FieldRing fields_;
    Seconds now_{0};
};

} // namespace

std::unique_ptr<Page> make_start_page() { return std::make_unique<StartPage>(); }

} // namespace keyhole::viz
