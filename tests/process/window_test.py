"""keyhole-viz from outside: pictures of the asked size without a display, one-line errors with the right exit status,
and, where Xvfb is installed, the real window driven by real keys."""

import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time

viz = os.environ["KEYHOLE_VIZ"]
headless = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
block = ["--key", "133457799BBCDFF1", "--hex", "0123456789ABCDEF"]
failures = []


def run(*arguments):
    return subprocess.run([viz, *arguments], env=headless, capture_output=True, text=True, timeout=60)


def check(what, condition, detail=""):
    if not condition:
        failures.append(what)
        print(f"FAILED: {what} {detail}")


def png_size(path):
    with open(path, "rb") as file:
        head = file.read(24)
    return struct.unpack(">II", head[16:24]) if head[:8] == b"\x89PNG\r\n\x1a\n" else None


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


def wait_for(words, seconds=20):
    end = time.time() + seconds
    while time.time() < end:
        done = subprocess.run(words, capture_output=True, text=True)
        if done.returncode == 0 and done.stdout.strip():
            return done.stdout.split()[0]
        time.sleep(0.1)
    return None


def press(*keys):
    for key in keys:
        subprocess.run(["xdotool", "key", key], timeout=20, check=True)
        time.sleep(0.05)


def ticks(process, seconds):
    """Processor time that the window spends in that many seconds, in hundredths of a second."""
    def spent():
        with open(f"/proc/{process.pid}/stat") as file:
            return sum(map(int, file.read().rpartition(")")[2].split()[11:13]))

    before = spent()
    time.sleep(seconds)
    return spent() - before


def inside_xvfb():
    process = subprocess.Popen([viz, *block], stderr=subprocess.PIPE)
    window = wait_for(["xdotool", "search", "--name", "^Keyhole$"])
    check("the window opens", window is not None)
    if window:
        time.sleep(1)  # until it is drawn: what is not visible cannot be given the keyboard
        subprocess.run(["xdotool", "windowfocus", "--sync", window], timeout=20)
        time.sleep(1)
        press("Right", "Down", "End", "Home", "F1", "Escape", "ctrl+plus", "ctrl+minus", "t", "ctrl+g")
        subprocess.run(["xdotool", "type", "message.1/encrypt"], timeout=20)
        press("Return", "Home")
        time.sleep(1)
        check("the window lives", process.poll() is None)
        idle = ticks(process, 3)
        check("idle costs nothing", idle <= 6, f"{idle} hundredths in 3 s")
        # Playing draws, so it can be told from the outside that the keys arrived and that a step stops it.
        press("plus", "plus", "plus", "space")
        playing = ticks(process, 3)
        check("space plays", playing > 2 * idle + 4, f"{playing} hundredths in 3 s")
        press("Left")
        time.sleep(0.5)
        stopped = ticks(process, 3)
        check("a step stops it", stopped <= 6, f"{stopped} hundredths in 3 s")
        press("ctrl+q")
        try:
            check("Ctrl+Q ends it", process.wait(timeout=20) == 0, process.stderr.read().decode())
        except subprocess.TimeoutExpired:
            check("Ctrl+Q ends it", False)
    process.kill()
    process.wait(timeout=20)


if sys.argv[1:] == ["--inside-xvfb"]:
    inside_xvfb()
else:
    with tempfile.TemporaryDirectory() as temporary:
        pictures(temporary)
        errors(temporary)
    if shutil.which("xvfb-run") and shutil.which("xdotool"):
        screen = ["xvfb-run", "-a", "-s", "-screen 0 1600x900x24"]
        done = subprocess.run([*screen, sys.executable, __file__, "--inside-xvfb"], timeout=100)
        check("under Xvfb", done.returncode == 0)
    else:
        print("skipped: the real window (install xvfb and xdotool)")
sys.exit(1 if failures else 0)
