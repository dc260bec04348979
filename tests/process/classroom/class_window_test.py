"""The window in a browser follows a class to the step that the lecturer goes to, and its policy refuses it nothing; skipped
where ./dev web has not made it."""

import os
import sys
from pathlib import Path

import browser
from chat_process import check, run_all
from class_program import Class
from running import wait_until

PAGE = Path(os.environ["KEYHOLE"]).parent.parent / "web" / "index.html"
if not browser.found() or not PAGE.is_file():
    print("skipped: no Chromium, or no window for browsers (./dev web builds it)")
    sys.exit(77)


@check
def it_goes_where_the_lecturer_goes():
    with Class() as lesson, browser.Browser(drawing=browser.SOFTWARE) as page:
        page.note_refusals()
        page.visit(lesson.addresses[0] + "window?follow")
        for step in ("message.1/encrypt/block.1/round.7", "keys/server.public"):
            lesson.command(f"g {step}", "at")
            assert wait_until(lambda: page.run("document.title").startswith(step)), (step, page.run("document.title"))
            assert wait_until(lambda: page.run("location.hash") == f"#{step}"), page.run("location.hash")
        assert page.run("refused") == [], page.run("refused")


run_all()
