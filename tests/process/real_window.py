"""A real keyhole-viz under Xvfb for the tests: started, watched through its title, driven by real keys and the mouse."""

import os
import shutil
import struct
import subprocess
import sys
import time

from running import LIMIT, Running

VIZ = os.environ["KEYHOLE_VIZ"]


def xdotool(*words):
    return subprocess.run(["xdotool", *words], capture_output=True, text=True, timeout=60).stdout.strip()


def until(seen, seconds=LIMIT):
    """Waits until `seen()` is true; false when it never is."""
    end = time.time() + seconds
    while time.time() < end:
        if seen():
            return True
        time.sleep(0.05)
    return False


class Window(Running):
    """A running window. Its title names the step, the view and the playing."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen([VIZ, *arguments], stderr=subprocess.PIPE)
        self.ours = ("search", "--all", "--onlyvisible", "--pid", str(self.process.pid), "--name", " - Keyhole$")
        if not until(lambda: xdotool(*self.ours)):
            self.end()
            raise AssertionError("no window: " + self.process.stderr.read().decode())
        self.window = xdotool(*self.ours).split()[0]

    def title(self):
        return xdotool("getwindowname", self.window).removesuffix(" - Keyhole")

    def step(self):
        """The title without the view."""
        return self.title().split(" [")[0]

    def press(self, *keys, pause=0.05):
        xdotool("windowfocus", "--sync", self.window)
        for key in keys:
            xdotool("key", key)
            time.sleep(pause)

    def type(self, text):
        xdotool("windowfocus", "--sync", self.window)
        xdotool("type", "--delay", "25", text)

    def fill(self, key, text):
        """The key that leads into a field, and text for it."""
        self.press(key)
        time.sleep(0.2)
        self.type(text)

    def click(self, x, y):
        xdotool("mousemove", "--window", self.window, str(x), str(y))
        time.sleep(0.2)
        xdotool("mousedown", "1")
        time.sleep(0.2)
        xdotool("mouseup", "1")

    def screen(self):
        """Xvfb's screen as it was drawn: the pixels of an X window dump, 32 bits each."""
        with open(os.path.join(os.environ["KEYHOLE_XVFB_DIR"], "Xvfb_screen0"), "rb") as file:
            dump = file.read()
        head, colours = struct.unpack_from(">I", dump)[0], struct.unpack_from(">I", dump, 19 * 4)[0]
        return dump[head + 12 * colours :][: 1600 * 900 * 4]

    def screen_colours(self):
        return len(set(struct.iter_unpack("4s", self.screen())))

    def spent(self):
        """Seconds of processor time so far."""
        with open(f"/proc/{self.process.pid}/stat") as file:
            return sum(map(int, file.read().rpartition(")")[2].split()[11:13])) / os.sysconf("SC_CLK_TCK")


def main(script, inside, *more):
    """Runs `inside` under Xvfb, by starting the script once more there; `more` goes to Xvfb."""
    if sys.argv[1:] == ["--inside-xvfb"]:
        inside()
    elif shutil.which("xvfb-run") and shutil.which("xdotool"):
        screen = ["xvfb-run", "-a", "-s", " ".join(["-screen 0 1600x900x24", *more])]
        sys.exit(subprocess.run([*screen, sys.executable, script, "--inside-xvfb"]).returncode)
    else:
        print("skipped: the real window (install xvfb and xdotool)")
