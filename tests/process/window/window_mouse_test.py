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
        def spent_in(seconds):
            before = window.spent()
            time.sleep(seconds)  # a span of time is what is measured here
            return window.spent() - before

        window.display.screen_at_rest()
        # On a slow machine the fonts of its first stage may still be on their way.
        wait_until(lambda: spent_in(0.5) < 0.05)
        spent = spent_in(3)
        assert spent < 0.3, f"{spent:.2f} s in 3 s"


@check
def quitting():
    """Ctrl+Q ends it with status 0 and without a word."""
    with Window("--group", "toy23") as window:
        tried.add("quit")
        window.press("ctrl+q")
        status = window.process.wait(timeout=LIMIT)
        assert (status, window.process.stderr.read()) == (0, b"")


run_all()
