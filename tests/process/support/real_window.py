"""A real keyhole-viz for the tests, on a display of its own: started, watched by its title and its pixels, driven by
real keys and the mouse."""

import collections
import os
import shutil
import struct
import subprocess
import sys
import tempfile

import chat_process
from running import LIMIT, Running, wait_until

VIZ = os.environ["KEYHOLE_VIZ"]
SKIPPED = 77  # ctest's SKIP_RETURN_CODE

# Which test presses the keys of which commands; window_test.py looks whether viz/.../command.cpp has others.
COMMANDS = {
    "window_steps_test": """start out back over into end undo redo play_pause slower faster go_to copy_address close viewer perform
        run_mode follow play_level page_start page_steps page_table page_kat page_workbench page_compare page_attack page_live
        page_relay page_class page_practice page_lab copy_link""",
    "window_looks_test": """larger smaller actual_size next_theme toggle_left help item_before item_after predict reveal stage_up
        stage_down details_up details_down toggle_details show_pages present black freeze zoom""",
    "window_files_test": "save_file export_csv picture_stage picture_window open_file other_trace",
    "window_mouse_test": "quit",
}
tried = set()


def xdotool(*words):
    return subprocess.run(["xdotool", *words], capture_output=True, text=True, timeout=LIMIT).stdout.strip()


class Display(Running):
    """An X server without a screen to look at, with a number that was free."""

    def __init__(self, folder, size="1600x900"):
        self.picture = os.path.join(folder, "Xvfb_screen0")
        reading, writing = os.pipe()
        self.process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", size + "x24", "-nolisten", "tcp", "-noreset", "-r",
             "-fbdir", folder], pass_fds=[writing], stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as number:
            os.environ["DISPLAY"] = ":" + number.readline().strip()

    def screen(self):
        """What is seen: the pixels of an X window dump, 32 bits each."""
        with open(self.picture, "rb") as file:
            dump = file.read()
        head, colours = struct.unpack_from(">I", dump)[0], struct.unpack_from(">I", dump, 19 * 4)[0]
        return dump[head + 12 * colours:]


    def screen_at_rest(self):
        """What is seen when many looks agree. The next frame may still be another."""
        looks = collections.deque(maxlen=10)

        def agree():
            looks.append(self.screen())
            return len(looks) == looks.maxlen and all(look == looks[-1] for look in looks)
        wait_until(agree)
        return looks[-1]


class Window(Running):
    """A running window, no larger than these tests need. Its title names the step, the page and the playing."""

    display = None  # all windows of a test are on the same one

    def __init__(self, *arguments, size=(1240, 500), cwd=None, state=None):
        """`state` is the XDG state folder of a window that remembers; `size` None leaves it as it opens."""
        self.cwd = cwd
        environment = os.environ | ({"XDG_STATE_HOME": state} if state else {})
        self.process = subprocess.Popen([VIZ, *([] if state else ["--no-state"]), *arguments],
                                        stderr=subprocess.PIPE, cwd=cwd, env=environment)
        ours = ("search", "--all", "--onlyvisible", "--pid", str(self.process.pid), "--name", " - Keyhole$")
        found = wait_until(lambda: xdotool(*ours))
        if not found:
            self.end()
            raise AssertionError("no window: " + self.process.stderr.read().decode())
        self.window = found.split()[0]
        if size:
            xdotool("windowsize", "--sync", self.window, *map(str, size))
        xdotool("mousemove", "--window", self.window, "2", "2")

    def title(self):
        return xdotool("getwindowname", self.window).removesuffix(" - Keyhole")

    def step(self):
        """The title without the page."""
        return self.title().split(" [")[0]

    def place(self):
        """X, Y, width, height."""
        lines = dict(line.split("=") for line in xdotool("getwindowgeometry", "--shell", self.window).splitlines())
        return tuple(int(lines[name]) for name in ("X", "Y", "WIDTH", "HEIGHT"))

    def press(self, *keys):
        """As fast as they are told apart: X gives each a time in milliseconds."""
        xdotool("windowfocus", "--sync", self.window, "key", *keys)

    def fill(self, key, text):
        """The key that leads into a field, and text for it. F5 does nothing: the field has the keyboard a frame later, and
        there is no frame without a key. A character that no key has is given one while it is typed: the key keeps it for so
        long that a busy window still finds it there."""
        self.press(key, "F6")
        milliseconds = "12" if text.isascii() else "1000"
        xdotool("windowfocus", "--sync", self.window, "type", "--delay", milliseconds, text)

    def expect(self, command, title, *keys):
        """Pressing `keys` leads to that title (a string, or what a title must fulfil), which is not there before."""
        tried.add(command)
        fits = title if callable(title) else (lambda now: now == title)
        assert not fits(self.title()), f"{command}: {title} before any key"
        self.press(*keys)
        assert wait_until(lambda: fits(self.title())), f"{command}: {' '.join(keys)} led to {self.title()!r}"

    def goes_to(self, address):
        self.fill("ctrl+g", address)
        self.expect("go_to", address, "Return")

    def changes_back(self, command, key, *back):
        """The key changes what is seen, and the keys `back` make it what it was, to the last pixel. That it comes back proves
        that the first look was at a window that had been drawn to its end; else it is tried once more."""
        tried.add(command)
        soon = LIMIT / 4

        def seen():
            now = self.display.screen()
            return now != before and len(set(memoryview(now).cast("I"))) > 100  # it shows something, too

        def there_and_back():
            nonlocal before
            before = self.display.screen_at_rest()
            self.press(key)
            if not wait_until(seen, soon):
                return False
            self.press(*back)
            return wait_until(lambda: self.display.screen() == before, soon)

        before = b""
        assert wait_until(there_and_back), f"{command}: {key} and then {' '.join(back)}"

    def blackens(self, command, key, back):
        """The key makes the window black (around it remains of its first size may be seen), and `back` brings what was there."""
        tried.add(command)
        before = self.display.screen_at_rest()
        self.press(key)
        colours = lambda: len(set(memoryview(self.display.screen()).cast("I")))
        assert wait_until(lambda: colours() < 100), f"{command}: {colours()} colours"
        self.press(back)
        assert wait_until(lambda: self.display.screen() == before), command

    def writes(self, command, key, name):
        """A file through the bar for files; its bytes, or its path where it is a folder."""
        tried.add(command)
        path = os.path.join(self.cwd, name)
        self.fill(key, name)
        self.press("Return")
        assert wait_until(lambda: os.path.exists(path)), f"{command}: {key} writes {name}"
        if os.path.isdir(path):
            return path
        with open(path, "rb") as file:
            return file.read()

    def spent(self):
        """Seconds of processor time so far."""
        with open(f"/proc/{self.process.pid}/stat") as file:
            return sum(map(int, file.read().rpartition(")")[2].split()[11:13])) / os.sysconf("SC_CLK_TCK")


def run_all():
    """Runs the checks on a display of their own."""
    if not (shutil.which("Xvfb") and shutil.which("xdotool")):
        print("skipped: the real window (install xvfb and xdotool)")
        sys.exit(SKIPPED)
    name = os.path.basename(sys.argv[0]).removesuffix(".py")
    if name in COMMANDS:
        @chat_process.check
        def every_command_of_this_test_is_tried():
            """As the table above has them."""
            assert set(COMMANDS[name].split()) <= tried, set(COMMANDS[name].split()) - tried
    with tempfile.TemporaryDirectory() as folder, Display(folder) as Window.display:
        chat_process.run_all()
