#!/usr/bin/env python3
"""./dev web test: the unit tests under node, then the page in Chromium, then a page that is one file. Says a line each; ends with
0 when all is well. KEYHOLE is the program that writes the one file."""

import json
import subprocess
import sys
import time

import one_file
from page import ROOT, SMALL, Page
from browser import found
from running import LIMIT, wait_until

STEP = "message.1/encrypt/block.1/round.5/sbox.3"
TOY = "?group=toy23&seed=42&say=client:Hello&no-state"
SLOWEST_FRAME = LIMIT  # seconds, on a loaded machine without a graphics card; what it took is printed
MOST_OVER_THE_WIRE = 1_500_000


def unit_tests():
    program = ROOT / "build" / "web-tree" / "keyhole_web_tests.js"
    # What reads and writes files of this machine is tested where they are.
    done = subprocess.run(["node", "--no-experimental-fetch", program, "~[disk]"], cwd=ROOT, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    return done.stdout.strip().splitlines()[-1]


def first_frame(page):
    begin = time.monotonic()
    page.window(TOY)
    took = time.monotonic() - begin
    assert took < SLOWEST_FRAME, took
    assert len(page.picture()) > 30_000, "the window is empty"
    heap = page.run("HEAPU8.length")
    assert heap <= 128 << 20, heap
    return f"first frame after {took:.2f} s, heap of {heap >> 20} MiB"


def nothing_from_elsewhere(page):
    strangers = [name for name in page.requests() if not name.startswith((page.origin, "data:"))]
    assert not strangers, strangers
    wire = sum(f.stat().st_size for f in (ROOT / "build" / "web").glob("*.gz"))
    assert wire <= MOST_OVER_THE_WIRE, wire
    return f"{wire} bytes over the wire"


def keys_move(page):
    page.window(TOY)
    page.stands_at("connect")
    page.key("ArrowRight")
    page.stands_at("parameters")
    page.key("ArrowDown")
    page.stands_at("parameters/server.choose")
    page.key("End")
    assert wait_until(lambda: page.hash().startswith("message.1")), page.hash()


def history_undoes(page):
    page.window(TOY)
    page.key("End")
    assert wait_until(lambda: page.hash() != "connect"), page.hash()
    last = page.hash()
    page.run("history.back()")
    page.stands_at("connect")
    page.run("history.forward()")
    page.stands_at(last)
    page.key("ArrowLeft", modifiers=1)
    page.stands_at("connect")


def opens_at_its_fragment(page):
    page.window(TOY + "#" + STEP)
    page.stands_at(STEP)


def starts_at_no_address(page):
    page.window(TOY + "#%")


def flags_are_not_remembered(page):
    page.window("?theme=light&scale=2")
    page.key("ArrowRight")
    kept = page.run("localStorage.getItem('keyhole.window') || ''")
    assert "light" not in kept and '"zoom": 2' not in kept, kept


def typed_text(page, begin):
    """What the go-to field holds after `begin` did something to it, as Ctrl+A and Ctrl+C give it."""
    page.window(TOY)
    page.run("Keyhole.clipboard.copy = (text) => { window.copied = text; }; window.copied = null; 0")
    page.key("g", modifiers=2)
    assert wait_until(lambda: page.run("Keyhole.keys.typing")), "no field has the keyboard"
    begin()
    page.key("a", modifiers=2)
    page.key("c", modifiers=2)
    return wait_until(lambda: page.run("window.copied"))


def types_accents(page):
    typed = typed_text(page, lambda: page.write("caf\u00e9"))
    assert typed == "caf\u00e9", typed


def pastes(page):
    def paste():
        page.run("""(() => { const data = new DataTransfer(); data.setData('text/plain', 'sbox 3');
            document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); })()""")
        page.settle()

    typed = typed_text(page, paste)
    assert typed == "sbox 3", typed


def saves_and_opens(page):
    page.window(TOY)
    page.run("Keyhole.files.download = (path) => { window.saved = FS.readFile(path, { encoding: 'utf8' }); }; 0")
    page.key("s", modifiers=2)
    assert wait_until(lambda: page.run("Keyhole.keys.typing")), "no field asks for a name"
    page.key("Enter")
    recording = wait_until(lambda: page.run("window.saved"), limit=3 * LIMIT)
    assert recording and '"public_key"' in recording, recording
    page.window("?no-state")
    page.run("""(() => { const data = new DataTransfer(); data.items.add(new File([%s], 'mine.json'));
        window.dispatchEvent(new DragEvent('drop', { dataTransfer: data, cancelable: true })); })()""" % json.dumps(recording))
    # The page's own exchange has a second message, the one that was saved has not.
    assert wait_until(lambda: page.key("End") or page.hash().startswith("message.1"), limit=3 * LIMIT), page.hash()


def links_hold_a_recording(page):
    page.window(TOY + "#" + STEP)
    page.stands_at(STEP)
    page.run("Keyhole.clipboard.copy = (text) => { window.copied = text; }; 0")
    page.key("k", modifiers=2)
    link = wait_until(lambda: page.run("window.copied"))
    assert link.startswith(page.origin + "/index.html#r="), link
    page.visit("about:blank")
    page.visit(link)
    page.ready()
    assert wait_until(lambda: page.hash().endswith("&at=" + STEP)), page.hash()[-200:]


def follows_size_and_ratio(page):
    page.window(TOY)
    try:
        for width, height, ratio in ((1024, 700, 1), (1200, 800, 2), (390, 844, 3)):
            page.size(width, height, ratio)
            assert wait_until(lambda: page.value("[Keyhole.canvas.width, Keyhole.canvas.height]") ==
                              [width * ratio, height * ratio]), (width, ratio)
            page.settle()
            assert len(page.picture()) > 10_000, (width, height, ratio)
    finally:
        page.size(*SMALL)


def mouse_and_touch(page):
    """The scrubber is the last line of the window: its middle is the middle of the trace."""
    for point in (page.click, page.tap):
        page.window(TOY)
        page.stands_at("connect")
        width, height = SMALL
        for y in range(height - 8, height - 80, -6):
            point(width // 2, y)
            if page.hash() != "connect":
                break
        assert wait_until(lambda: page.hash() != "connect"), point


def wrong_flags_are_said(page):
    page.window()
    as_usual = page.picture()
    page.window("?group=nonsense")
    assert page.run("document.title") == "connect [Start] - Keyhole", page.run("document.title")
    assert page.picture() != as_usual, "the window says nothing of a group that there is not"
    page.visit(f"{page.origin}/index.html?version")
    words = wait_until(lambda: page.run("Keyhole.state.textContent").startswith("keyhole-viz"))
    assert words, page.run("Keyhole.state.textContent")


TESTS = (first_frame, nothing_from_elsewhere, keys_move, history_undoes, opens_at_its_fragment, starts_at_no_address,
         flags_are_not_remembered, types_accents, pastes, saves_and_opens, links_hold_a_recording,
         follows_size_and_ratio, mouse_and_touch, wrong_flags_are_said)


def main():
    failed = 0

    def run(name, test):
        nonlocal failed
        try:
            print(f"{name}: {test() or 'well'}", flush=True)
        except AssertionError as error:
            failed += 1
            print(f"{name}: FAILED: {error}", flush=True)

    wanted = sys.argv[1:]
    if not wanted or "unit_tests" in wanted:
        run("unit_tests", unit_tests)
    if not found():
        print("the page is not tried: there is no Chromium here (install chromium)")
        return failed
    with Page() as page:
        for test in TESTS:
            if not wanted or test.__name__ in wanted:
                run(test.__name__, lambda: test(page))
        if not wanted or "one_file" in wanted:
            run("one_file", lambda: one_file.main(page))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
