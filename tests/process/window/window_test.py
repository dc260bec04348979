"""keyhole-viz from outside, without a display: pictures of the asked size, one-line errors with the right exit status.
The real window has tests of its own."""

import os
import re
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

from real_window import COMMANDS
from running import LIMIT

viz = os.environ["KEYHOLE_VIZ"]
headless = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
block = ["--key", "133457799BBCDFF1", "--hex", "0123456789ABCDEF"]
failures = []


def run(*arguments):
    return subprocess.run([viz, *arguments], env=headless, capture_output=True, text=True, timeout=LIMIT)


def check(what, condition, detail=""):
    if not condition:
        failures.append(what)
        print(f"FAILED: {what} {detail}")


def png_size(path):
    with open(path, "rb") as file:
        head = file.read(24)
    return struct.unpack(">II", head[16:24]) if head[:8] == b"\x89PNG\r\n\x1a\n" else None


def shows_something(path):
    """Not one colour only: its rows, filtered as PNG has them, are of many bytes."""
    with open(path, "rb") as file:
        png, at, packed = file.read(), 8, b""
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at:at + 8])
        packed += png[at + 8:at + 8 + length] if kind == b"IDAT" else b""
        at += 12 + length
    return len(set(zlib.decompress(packed))) > 100


def pictures(folder):
    step = "message.1/encrypt/block.1/round.5/sbox.3"
    for name, size, more in (
        ("dark", (1600, 900), []),
        ("light", (1280, 720), ["--theme", "light"]),
        ("projector", (1280, 720), ["--theme", "projector", "--scale", "2"]),
    ):
        path = os.path.join(folder, name + ".png")
        done = run(*block, "--goto", step, "--screenshot", path, "--size", "%dx%d" % size, *more)
        check(f"picture {name}", done.returncode == 0 and png_size(path) == size, done.stderr)
    # The atlas is made anew when a text needs a font of the system, and the picture is of that.
    for name, text in (("latin", "Hello"), ("georgian", "\u10d0\u10d1")):
        path = os.path.join(folder, name + ".png")
        done = run("--key", "133457799BBCDFF1", "--text", text, "--goto", "message.1/encode", "--screenshot", path)
        check(f"picture of {name}", done.returncode == 0 and shows_something(path), done.stderr)
    path = os.path.join(folder, "exchange.png")
    done = run("--group", "toy23", "--screenshot", path)
    check("picture of an exchange", done.returncode == 0 and png_size(path) == (1600, 900), done.stderr)


def errors(folder):
    picture = os.path.join(folder, "never.png")
    bad_recording = os.path.join(folder, "bad.json")
    with open(bad_recording, "w") as file:
        file.write("{}")
    for status, arguments in (
        (2, ["--nonsense"]),
        (2, ["--key", "12"]),
        (2, [*block, "--group", "toy23"]),
        (2, [*block, "--goto", "message.7"]),
        (2, [*block, "--theme", "pink"]),
        (2, [*block, "--view", "none"]),
        (2, [*block, "--scale", "9"]),
        (2, [*block, "--scale", "nan"]),
        (2, [*block, "--size", "12x"]),
        (2, [*block, "--size", "0x0"]),
        (2, ["--group", "no-such-group"]),
        (2, ["--group", "toy23", "--say", "nobody:hello"]),
        (2, ["--follow", "127.0.0.1:4650", "--mode", "ctr"]),
        (2, ["--open", bad_recording]),
        (3, ["--open", os.path.join(folder, "missing.json")]),
        (3, ["--key", "133457799BBCDFF1", "--in", os.path.join(folder, "missing.txt")]),
    ):
        done = run(*arguments, "--screenshot", picture)
        one_line = done.stderr.startswith("keyhole: error: ") and done.stderr.count("\n") == 1
        check(f"{arguments}", done.returncode == status and one_line and not done.stdout,
              f"exit {done.returncode}, {done.stderr!r}")
    check("no picture after an error", not os.path.exists(picture))
    done = run(*block, "--screenshot", os.path.join(folder, "no-such-folder", "x.png"))
    check("a folder that is missing", done.returncode == 3 and done.stderr.count("\n") == 1, done.stderr)
    done = run(*block)
    check("no display", done.returncode == 3 and "--screenshot" in done.stderr and done.stderr.count("\n") == 1,
          f"exit {done.returncode}, {done.stderr!r}")
    done = run("--help")
    check("--help", done.returncode == 0 and "Example: keyhole-viz" in done.stdout)


def every_command_is_tried():
    """By the tests of the real window, each of which looks that it tries its own."""
    viz = Path(os.environ["KEYHOLE_SOURCE_DIR"], "viz")
    commands = set(re.findall(r"CommandInfo\{Command::(\w+)", next(viz.rglob("command.cpp")).read_text(encoding="utf-8")))
    pages = set(re.findall(r'PageInfo\("(\w+)"', next(viz.rglob("page_table.cpp")).read_text(encoding="utf-8")))
    check("commands and pages are found", commands and pages)
    commands |= {"page_" + page for page in pages}
    tried = set(" ".join(COMMANDS.values()).split())
    check("every command is tried", commands and commands == tried, commands ^ tried)


with tempfile.TemporaryDirectory() as temporary:
    pictures(temporary)
    errors(temporary)
every_command_is_tried()
sys.exit(1 if failures else 0)
