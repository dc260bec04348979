"""The real window under the mouse, left alone, and closed."""

import time

from chat_process import check
from real_window import Window, run_all, tried, xdotool
from running import LIMIT, wait_until


@check
def a_click_into_the_bar_at_the_foot():
    """It goes to the step there."""
    with Window("--group", "toy23") as window:
        before = window.display.screen_at_rest()
        xdotool("mousemove", "--window", window.window, "620", "470")
        assert wait_until(lambda: window.display.screen() != before)  # it says to which
        xdotool("click", "1")
        assert wait_until(lambda: window.title() != "connect")
        assert window.process.poll() is None


@check
def idle():
    """A window that nobody touches takes no processor."""
    with Window("--group", "toy23") as window:
        window.display.screen_at_rest()
        before = window.spent()
        time.sleep(3)  # a span of time is what is measured here
        assert window.spent() - before < 0.3, f"{window.spent() - before:.2f} s in 3 s"


@check
def quitting():
    """Ctrl+Q ends it with status 0 and without a word."""
    with Window("--group", "toy23") as window:
        tried.add("quit")
        window.press("ctrl+q")
        status = window.process.wait(timeout=LIMIT)
        assert (status, window.process.stderr.read()) == (0, b"")


run_all()
