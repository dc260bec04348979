"""The real window under Xvfb, driven by real keys and the mouse: every command of viz/base/command.cpp does what it says. What
the window does is seen from outside: its title names the step, the view and the playing, files appear, and F12 draws
pictures that are compared. Skipped where xvfb or xdotool is missing."""

import json
import os
import re
import subprocess
import sys
import tempfile
import time

import real_window
from real_window import VIZ, until, xdotool

source = os.environ["KEYHOLE_SOURCE_DIR"]
failures = []
tried = set()


def check(what, condition, detail=""):
    if not condition:
        failures.append(what)
        print(f"FAILED: {what} {detail}", flush=True)


class Window(real_window.Window):
    def __init__(self, folder, *arguments):
        super().__init__(*arguments)
        self.folder = folder
        self.pictures = 0

    def expect(self, command, title, *keys):
        """Pressing `keys` leads to that title (a string, or what a title must fulfil)."""
        tried.add(command)
        self.press(*keys)
        fits = title if callable(title) else (lambda now: now == title)
        check(f"{command}: {' '.join(keys)}", until(lambda: fits(self.title())), f"title {self.title()!r}")

    def write(self, command, key, name):
        """Writes a file through the bar for files; its path."""
        tried.add(command)
        path = os.path.join(self.folder, name)
        self.fill(key, path)
        self.press("Return")
        check(f"{command}: {key} writes {name}", until(lambda: os.path.exists(path)))
        return path

    def picture(self):
        """The whole window's picture, as bytes."""
        self.pictures += 1
        with open(self.write("picture_window", "F12", f"p{self.pictures}.png"), "rb") as file:
            return file.read()


def steps(window):
    window.expect("over", "parameters", "Right")
    window.expect("back", "connect", "Left")
    window.expect("into", "parameters/server.choose", "Right", "Down")
    window.expect("out", "parameters", "Up")
    window.expect("end", "message.2/unpad", "End")
    window.expect("end", "message.2/unpad", "End", "Right", "Down")
    window.expect("start", "connect", "Home")
    window.expect("start", "connect", "Home", "Left", "Up")
    window.fill("ctrl+g", "message.1/encrypt/block.1")
    window.expect("go_to", "message.1/encrypt/block.1", "Return")
    window.expect("undo", "connect", "alt+Left")
    window.expect("redo", "message.1/encrypt/block.1", "alt+Right")
    window.expect("copy_address", "connect", "ctrl+c", "Home")
    window.expect("copy_address", "message.1/encrypt/block.1", "ctrl+g", "ctrl+v", "Return")
    window.press("Home")
    window.fill("slash", "sbox 3")
    window.expect("go_to", lambda title: title.endswith("/sbox.3"), "Return")
    window.fill("ctrl+g", "message.99")
    window.press("Return")
    window.expect("close", "connect", "Escape", "Home")


def playing(window):
    def speed():
        found = re.search(r"\(playing, ([0-9.]+) steps a second\)", window.title())
        return float(found.group(1)) if found else 0

    window.expect("play_pause", lambda title: "playing" in title and not title.startswith("connect"), "space")
    before = speed()
    check("it says how fast it plays", before > 0)
    window.expect("faster", lambda title: speed() > before, "plus")
    window.expect("slower", lambda title: speed() == before, "minus")
    window.expect("play_pause", lambda title: "playing" not in title, "space")
    window.expect("play_pause", lambda title: "playing" in title, "space")
    window.expect("start", "connect", "Home")  # any step stops it


def looks(window):
    def differs(command, key, *others):
        """The key changes the picture: it is none of the others. The new one."""
        tried.add(command)
        window.press(key)
        now = window.picture()
        check(f"{command}: {key} changes the picture", now not in others)
        # Pictures are drawn apart from the window, so the window itself is looked at as well.
        check(f"{command}: something is seen after {key}", until(lambda: window.screen_colours() > 100))
        return now

    base = window.picture()
    larger = differs("larger", "ctrl+plus", base)
    window.press("ctrl+plus")
    differs("smaller", "ctrl+minus", base)
    check("ctrl+minus takes one ctrl+plus back", window.picture() == larger)
    tried.add("actual_size")
    window.press("ctrl+plus", "ctrl+0")
    check("actual_size: ctrl+0 is the first picture to the byte", window.picture() == base)
    theme = differs("next_theme", "t", base)
    differs("toggle_left", "l", base, theme)
    window.press("t", "t", "l", "l")
    helping = differs("help", "F1", base)
    check("help is a page", helping != theme)
    window.press("Escape")
    check("Escape leaves the help", window.picture() == base)
    window.fill("ctrl+g", "message.1/encrypt/block.1/round.1")
    window.expect("go_to", "message.1/encrypt/block.1/round.1", "Return")
    plain = window.picture()
    item = differs("item_after", "x", plain)
    window.press("Escape")
    differs("item_before", "z", plain, item)
    window.press("Escape")
    window.expect("start", "connect", "Home")


def guessing_and_scrolling(window):
    def changes(command, key, before, back_to=None):
        """The key changes the screen, or changes it back; returns the screen then."""
        tried.add(command)
        window.press(key)
        seen = (lambda: window.screen() != before) if back_to is None else lambda: window.screen() == back_to
        check(f"{command}: {key} is seen", until(seen))
        time.sleep(0.3)  # the sizes settle
        return window.screen()

    window.fill("ctrl+g", "message.1/encrypt/block.1/round.1")
    window.expect("go_to", "message.1/encrypt/block.1/round.1", "Return")
    time.sleep(0.5)
    plain = window.screen()
    covered = changes("predict", "p", plain)
    shown = changes("reveal", "Return", covered)
    changes("predict", "p", shown, back_to=plain)
    window.expect("out", "message.1/encrypt/block.1", "Up")
    time.sleep(0.5)
    plain = window.screen()
    for up, down, keys in (("stage_up", "stage_down", ("Prior", "Next")),
                           ("details_up", "details_down", ("ctrl+Prior", "ctrl+Next"))):
        below = changes(down, keys[1], plain)
        changes(up, keys[0], below, back_to=plain)
    window.expect("start", "connect", "Home")


def views(window):
    """Each number key shows its view where this build has it, and 1 returns."""
    words = subprocess.run([VIZ, "--help"], capture_output=True, text=True).stdout
    there = re.split(r"[,\s]+", re.search(r"the view to start with: ([a-z, \n]+)", words).group(1))
    for number, name in enumerate(("steps", "table", "answers", "workbench", "compare", "attack", "live", "relay"), 1):
        if number > 1 and name in there:
            window.expect(f"view_{name}", lambda title: title.startswith("connect ["), str(number))
        tried.add(f"view_{name}")
        window.expect("view_steps", "connect", "Escape", "1")


def sides(window):
    window.fill("ctrl+g", "keys/client.private")
    window.expect("go_to", "keys/client.private", "Return")
    window.expect("viewer", "keys", "m")  # as the server sees it
    window.expect("viewer", "keys/client.private", "m")
    window.expect("viewer", "keys", "m")  # an eavesdropper
    window.expect("viewer", "keys/client.private", "m")
    window.expect("perform", "keys/client.private", "n")  # nothing is live here
    window.expect("run_mode", "keys/client.private", "r", "r")
    window.expect("follow", "keys/client.private", "f")
    window.expect("start", "connect", "Home")


def files(window):
    path = window.write("save_file", "ctrl+s", "saved.json")
    with open(path, encoding="utf-8") as file:
        check("save_file: a recording", json.load(file)["parameters"]["group"] == "toy23")
    tables = window.write("export_csv", "ctrl+e", "csv")
    check("export_csv: six files", until(lambda: len(os.listdir(tables)) == 6))
    stage = window.write("picture_stage", "ctrl+p", "stage.png")
    with open(stage, "rb") as file:
        check("picture_stage: a PNG", file.read(8) == b"\x89PNG\r\n\x1a\n")
    window.press("Right")
    window.fill("ctrl+o", os.path.join(window.folder, "sav"))
    window.expect("open_file", "connect", "Tab", "Return")  # a trace of its own, at its first step
    window.expect("other_trace", "parameters", "b")
    window.expect("other_trace", "connect", "b")
    window.fill("ctrl+o", stage)
    window.press("Return")
    time.sleep(0.5)
    window.expect("open_file", "parameters", "Escape", "Right")  # what is no recording changes nothing


def mouse(window, width, height):
    window.press("Home")
    window.click(width // 2, height - 30)
    window.expect("seek", lambda title: title != "connect")
    tried.discard("seek")


def inside_xvfb():
    with tempfile.TemporaryDirectory() as folder:
        window = Window(folder, "--group", "toy23", "--seed", "keys", "--say", "client:Hello", "--say", "server:Hello back")
        width, height = 1240, 500
        xdotool("windowsize", "--sync", window.window, str(width), str(height))
        xdotool("windowfocus", "--sync", window.window)
        xdotool("mousemove", "--window", window.window, "2", "2")
        try:
            check("the title names the step", until(lambda: window.title() == "connect"), window.title())
            for part in (steps, playing, looks, guessing_and_scrolling, views, sides, files):
                part(window)
            mouse(window, width, height)
            check("it lives", window.process.poll() is None)
            time.sleep(1)
            before = window.spent()
            time.sleep(3)
            check("idle costs nothing", window.spent() - before < 0.3, f"{window.spent() - before:.2f} s in 3 s")
            tried.add("quit")
            window.press("ctrl+q")
            check("Ctrl+Q ends it with status 0", window.process.wait(timeout=40) == 0, window.process.stderr.read())
        finally:
            window.end()
    with open(os.path.join(source, "viz", "command.cpp"), encoding="utf-8") as file:
        commands = set(re.findall(r"CommandInfo\{Command::(\w+)", file.read()))
    check("every command is tried", commands <= tried, f"not tried: {sorted(commands - tried)}")


with tempfile.TemporaryDirectory() as screen:
    os.environ.setdefault("KEYHOLE_XVFB_DIR", screen)
    real_window.main(__file__, inside_xvfb, "-r -noreset -fbdir " + screen)
sys.exit(1 if failures else 0)
