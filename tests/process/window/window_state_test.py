"""The real window opens as its screen asks, and remembers theme, scale, size and place."""

import contextlib
import ctypes
import json
import os
import tempfile

from chat_process import check
from real_window import Display, Window, run_all, xdotool
from running import LIMIT, wait_until

ARGUMENTS = ("--key", "133457799BBCDFF1", "--hex", "0123456789ABCDEF")


def file_of(state):
    return os.path.join(state, "keyhole", "window.json")


def remembered(state):
    with open(file_of(state), encoding="utf-8") as file:
        return json.load(file)


def close(window):
    """As a user does; what it said on stderr."""
    window.press("ctrl+q")
    said = window.process.communicate(timeout=LIMIT)[1].decode()
    assert window.process.returncode == 0, said
    return said


@contextlib.contextmanager
def screen_of(size, dots_per_inch):
    """A display of its own whose desktop asks for that resolution, as xrdb sets it."""
    before, Window.display = Window.display, None
    number = os.environ["DISPLAY"]
    try:
        with tempfile.TemporaryDirectory() as folder, Display(folder, size) as Window.display:
            x11 = ctypes.CDLL("libX11.so.6")
            x11.XOpenDisplay.restype = ctypes.c_void_p
            display = ctypes.c_void_p(x11.XOpenDisplay(None))
            x11.XDefaultRootWindow.restype = x11.XInternAtom.restype = ctypes.c_ulong
            text = f"Xft.dpi:\t{dots_per_inch}\n".encode()
            resources, string, replace = 23, 31, 0  # XA_RESOURCE_MANAGER, XA_STRING, PropModeReplace of Xatom.h and X.h
            x11.XChangeProperty(display, ctypes.c_ulong(x11.XDefaultRootWindow(display)), ctypes.c_ulong(resources),
                                ctypes.c_ulong(string), 8, replace, text, len(text))
            x11.XSync(display, 0)
            yield
            x11.XCloseDisplay(display)
    finally:
        Window.display = before
        os.environ["DISPLAY"] = number


@check
def size_place_theme_and_scale_come_back():
    with tempfile.TemporaryDirectory() as state:
        with Window(*ARGUMENTS, size=(1000, 620), state=state) as window:
            xdotool("windowmove", "--sync", window.window, "120", "60")
            window.press("t", "ctrl+plus", "ctrl+plus")
            before = window.place()
            assert before == (120, 60, 1000, 620), before
            assert close(window) == ""
        first = remembered(state)
        assert first == {"format": "keyhole-window/1", "theme": "light", "zoom": first["zoom"], "maximized": False,
                         "knows_the_moves": False, "x": 120, "y": 60, "width": 1000, "height": 620}, first
        assert abs(first["zoom"] - 1.2) < 1e-6, first
        with Window(*ARGUMENTS, size=None, state=state) as window:
            assert wait_until(lambda: window.place() == before), window.place()
            close(window)
        assert remembered(state) == first
        # What the command line asks for is for this time only.
        with Window(*ARGUMENTS, "--theme", "projector", "--scale", "2", size=None, state=state) as window:
            close(window)
        assert remembered(state) == first
        with Window(*ARGUMENTS, "--theme", "projector", size=None, state=state) as window:
            window.press("t")
            close(window)
        assert remembered(state) == first | {"theme": "dark"}


@check
def nothing_is_remembered_when_it_is_not_wanted():
    with tempfile.TemporaryDirectory() as state:
        with Window(*ARGUMENTS, "--no-state", state=state) as window:
            close(window)
        assert os.listdir(state) == []


@check
def a_hostile_file_is_one_line():
    with tempfile.TemporaryDirectory() as state:
        os.mkdir(os.path.dirname(file_of(state)))
        with open(file_of(state), "w", encoding="utf-8") as file:
            file.write('{"format":"keyhole-window/1","theme":"light","zoom":-1}')
        with Window(*ARGUMENTS, state=state) as window:
            said = close(window)
        assert said.startswith("keyhole: warning: ") and said.count("\n") == 1 and "is ignored" in said, said
        assert remembered(state)["theme"] == "dark"


@check
def a_place_beside_the_screen_is_not_taken():
    with tempfile.TemporaryDirectory() as state:
        os.mkdir(os.path.dirname(file_of(state)))
        with open(file_of(state), "w", encoding="utf-8") as file:
            json.dump({"format": "keyhole-window/1", "theme": "dark", "zoom": 1, "maximized": False, "x": 9000, "y": 10,
                       "width": 800, "height": 500}, file)
        with Window(*ARGUMENTS, size=None, state=state) as window:
            x, _, width, _ = window.place()
            assert x < 1600 and width == 1600, window.place()
            close(window)


@check
def a_screen_of_more_dots_has_a_larger_window():
    """At 1.5 times the usual resolution; the remembered zoom is over that, so one step smaller is 1.4 of 1.5."""
    with screen_of("2560x1440", 144), tempfile.TemporaryDirectory() as state:
        with Window(*ARGUMENTS, size=None, state=state) as window:
            assert window.place()[2:] == (2400, 1350), window.place()
            window.press("ctrl+minus")
            close(window)
        assert abs(remembered(state)["zoom"] - 1.4 / 1.5) < 1e-6, remembered(state)


@check
def no_larger_than_the_screen():
    with screen_of("1600x900", 192), Window(*ARGUMENTS, size=None) as window:
        assert window.place()[2:] == (1600, 900), window.place()


run_all()
