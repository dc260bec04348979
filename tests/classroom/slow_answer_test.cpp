// Answers that take long to make.

#include "classroom/server/slow_answer.hpp"

#include <stdexcept>

#include "tests/support/catch.hpp"

using namespace keyhole;
using namespace keyhole::classroom;

TEST_CASE("An answer that takes long is made once, however many ask meanwhile", "[class]") {
    asio::io_context context;
    asio::thread_pool workers(1);
    const auto page = std::make_shared<SlowAnswer>(), other = std::make_shared<SlowAnswer>();
    int made = 0; // on the one worker
    std::vector<unsigned> got;
    const auto make = [&](unsigned status) { return [&made, status] { return ++made, plain_answer(status, "made"); }; };
    const auto keep = [&](const WebAnswer& answer) { got.push_back(answer.status); };
    page->give(keep, make(201), workers, context.get_executor());
    page->give(keep, make(202), workers, context.get_executor());
    other->give(keep, make(203), workers, context.get_executor());
    CHECK(got.empty());
    workers.join();
    context.run();
    CHECK(got == std::vector<unsigned>{201, 201, 203});
    CHECK(made == 2);
    page->give(keep, make(204), workers, context.get_executor());
    CHECK(got.back() == 201); // at once, and no other
}

TEST_CASE("Where it cannot be made everybody is told, and the next who asks has it tried again", "[class]") {
    asio::io_context context;
    asio::thread_pool workers(1);
    const auto page = std::make_shared<SlowAnswer>();
    std::vector<unsigned> got;
    const auto keep = [&](const WebAnswer& answer) { got.push_back(answer.status); };
    const auto run_until = [&](std::size_t answers) {
        context.restart();
        const auto work = asio::make_work_guard(context);
        while (got.size() < answers) context.run_one();
    };
    const auto fail = []() -> WebAnswer { throw std::length_error("too long"); };
    page->give(keep, fail, workers, context.get_executor());
    page->give(keep, fail, workers, context.get_executor());
    run_until(2);
    CHECK(got == std::vector<unsigned>{500, 500});
    page->give(
        keep, [] { return plain_answer(200, "made"); }, workers, context.get_executor());
    run_until(3);
    CHECK(got.back() == 200);
}
