"""The plain page of a class in a real browser when its connection ends: when it comes back and when it does not; skipped
without a browser."""

import sys

import browser
from chat_process import check, run_all
from class_page import join, shows
from class_program import Class
from running import wait_until
from web_client import WebSocket

if not browser.found():
    print("skipped: no Chromium")
    sys.exit(77)

# Counts the connections that the page begins.
COUNT = """
window.opened = 0;
window.WebSocket = class extends WebSocket { constructor(url) { super(url); ++window.opened; } };
"""
# Time goes fifty times as fast between two tries, and the waits that the page wanted are kept.
HURRY = """
window.waits = [];
const real = setTimeout;
window.setTimeout = (what, time) => { if (time >= 100) waits.push(time); return real(what, (time || 0) / 50); };
"""
BLOCKED = """
for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("blocked", "SecurityError"); } });
"""


def before_pages(page, source):
    page.ask("Page.addScriptToEvaluateOnNewDocument", source=source)


@check
def who_may_store_nothing_joins_all_the_same():
    with Class() as lesson, browser.Browser() as page:
        before_pages(page, BLOCKED)
        join(page, lesson)
        assert lesson.command("who", "who")["here"] == 1


@check
def a_page_that_was_left_for_another_stays_left():
    with Class() as lesson, browser.Browser() as page:
        before_pages(page, COUNT)
        join(page, lesson)
        other = WebSocket(lesson.port)
        other.say(type="join", name="Ann", id=page.run("sessionStorage.getItem('keyhole-id')"))
        assert other.hear("joined")
        shows(page, "This page was left")
        page.run("window.dispatchEvent(new Event('online')), document.dispatchEvent(new Event('visibilitychange'))")
        assert page.run("opened") == 1


@check
def a_page_that_slept_for_long_connects_anew_and_one_that_blinked_does_not():
    with Class() as lesson, browser.Browser() as page:
        before_pages(page, COUNT)
        join(page, lesson)
        page.run("Object.defineProperty(document, 'hidden', { get: () => window.asleep })")

        def sleep(seconds):
            page.run("window.asleep = true, document.dispatchEvent(new Event('visibilitychange'))")
            page.run(f"(() => {{ const real = Date.now; Date.now = () => real() + {1000 * seconds}; }})()")
            page.run("window.asleep = false, document.dispatchEvent(new Event('visibilitychange'))")

        sleep(5)
        assert page.run("opened") == 1
        page.run("document.getElementById('state').textContent = ''")
        sleep(50)
        assert page.run("opened") == 2
        shows(page, "You are here as Ann")
        assert wait_until(lambda: lesson.command("who", "who")["followers"] == 1)


@check
def who_finds_the_class_full_comes_back_ever_more_rarely():
    with Class("--max-students", "1") as lesson, browser.Browser() as page:
        first = WebSocket(lesson.port)
        first.say(type="join", name="Bob")
        assert first.hear("joined")
        before_pages(page, HURRY)
        page.visit(lesson.addresses[0])
        shows(page, "Connected")
        page.run("document.getElementById('name').value = 'Ann', document.querySelector('#join button').click()")
        assert wait_until(lambda: page.run("waits.length") > 4), page.run("waits")
        waits = page.run("waits")
        assert all(0.75 * 500 * 2**i <= wait <= 1.25 * 500 * 2**i for i, wait in enumerate(waits[:5])), waits
        first.leave()
        shows(page, "You are here as Ann")


run_all()
