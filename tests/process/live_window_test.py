"""The real window in a live exchange, under Xvfb: stepped by keys, with the other end a scripted peer, `keyhole connect`,
`keyhole serve` or a second window. Runs on demand (ctest -C Display). Skipped where xvfb or xdotool is missing."""

import os
import shutil
import socket
import subprocess
import sys
import time

from chat_process import LIMIT, Program, Server, check, run_all
from peer import Peer

viz = os.environ["KEYHOLE_VIZ"]


def xdotool(*words):
    return subprocess.run(["xdotool", *words], capture_output=True, text=True, timeout=60).stdout.strip()


def until(seen, seconds=LIMIT):
    end = time.time() + seconds
    while time.time() < end:
        if seen():
            return True
        time.sleep(0.05)
    return False


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Window:
    """A keyhole-viz that steps; its title names the step."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen([viz, *arguments], stderr=subprocess.PIPE)
        assert until(lambda: xdotool("search", "--pid", str(self.process.pid), "--name", " - Keyhole$"))
        self.window = xdotool("search", "--pid", str(self.process.pid), "--name", " - Keyhole$").split()[0]

    def title(self):
        return xdotool("getwindowname", self.window).removesuffix(" - Keyhole").split(" [")[0]

    def press(self, *keys):
        xdotool("windowfocus", "--sync", self.window)
        for key in keys:
            xdotool("key", key)
            time.sleep(0.1)

    def moves(self, key, address):
        """Presses once more where a window that has just opened lost the key."""
        def moved():
            if self.title() != address:
                self.press(key)
                until(lambda: self.title() == address, 2)
            return self.title() == address
        assert until(moved), self.title()

    def type(self, text):
        xdotool("windowfocus", "--sync", self.window)
        xdotool("type", "--delay", "30", text)

    def say(self, text):
        self.press("e")
        time.sleep(0.3)
        self.type(text)
        self.press("Return", "Escape")

    def step_to(self, address, other=None):
        """Steps until the title says so; a second window takes turns."""
        def turn():
            if self.title() != address:
                self.press("n")
            if other and other.title() != address:
                other.press("n")
            time.sleep(0.15)
            return self.title() == address and (not other or other.title() == address)
        assert until(turn), (self.title(), other and other.title())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait(timeout=LIMIT)
        self.process.stderr.close()


def listening(*arguments):
    port = free_port()
    window = Window("--listen", f"127.0.0.1:{port}", "--group", "toy23", *arguments)

    def there():
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return True
        except OSError:
            return False
    assert until(there)
    return window, port


def silent(peer, seconds=0.5):
    """Nothing arrives."""
    peer.socket.settimeout(seconds)
    try:
        peer.socket.recv(1, socket.MSG_PEEK)
        return False
    except TimeoutError:
        return True
    finally:
        peer.socket.settimeout(LIMIT)


@check
def bytes_move_with_the_step():
    """A scripted client reads its socket: empty until the step that sends."""
    window, port = listening()
    with window:
        peer = Peer.connect(port)
        time.sleep(0.5)
        assert silent(peer)
        window.press("n")  # choose
        assert until(lambda: window.title() == "parameters/server.choose"), window.title()
        assert silent(peer)
        window.press("n")  # send params
        peer.take_params()
        window.press("n", "n")  # draw, compute
        assert until(lambda: window.title() == "keys/server.public"), window.title()
        assert silent(peer)
        window.press("n")
        peer.take_key()
        peer.send_key()
        window.step_to("secret/server.derive")
        peer.say("from the script")
        window.step_to("message.1/unpad")
        window.say("from the window")
        window.step_to("message.2/encrypt")
        assert silent(peer)
        window.step_to("message.2/frame")
        assert silent(peer)
        window.press("n")
        assert peer.hear() == "from the window"
        peer.close()


@check
def window_and_terminal():
    """keyhole connect at the other end; then a second one, after the first was killed."""
    window, port = listening()
    with window:
        for text in ("one", "two"):
            with Program("connect", f"127.0.0.1:{port}") as client:
                window.step_to("secret/server.derive")
                client.error_line("fingerprint")
                client.type(text + "\n")
                window.step_to("message.1/unpad")
                window.say("to " + text)
                window.step_to("message.2/frame")
                window.press("n")
                assert client.line() == "server> to " + text
                client.process.kill()
        assert window.process.poll() is None


@check
def terminal_and_window():
    """keyhole serve at the other end, killed, and a connection anew without a restart."""
    with Server("--group", "toy23", "--echo") as server:
        with Window("--connect", f"127.0.0.1:{server.port}") as window:
            for _ in range(2):
                window.step_to("secret/client.derive")
                window.say("echo this")
                window.step_to("message.1/frame")
                window.press("n")
                window.step_to("message.2/unpad")
                window.press("c")
                assert until(lambda: window.title() == "connect"), window.title()


@check
def window_and_window():
    """Both stepped by turns; both come to the same key and hear each other."""
    window, port = listening()
    with window, Window("--connect", f"127.0.0.1:{port}") as client:
        def both():
            window.press("n")
            client.press("n")
            time.sleep(0.1)
            return window.title() == "secret/server.derive" and client.title() == "secret/client.derive"
        assert until(both), (window.title(), client.title())
        client.say("hello window")
        client.step_to("message.1/frame")
        client.press("n")
        window.step_to("message.1/unpad")


@check
def lecture():
    """A window that follows stands where the one that publishes stands."""
    port = free_port()
    with Window("--group", "toy23", "--seed", "l", "--publish", f"127.0.0.1:{port}") as lecturer:
        with Window("--follow", f"127.0.0.1:{port}") as student:
            lecturer.moves("Right", "parameters")
            assert until(lambda: student.title() == "parameters"), student.title()
            student.moves("Right", "keys")
            lecturer.moves("Down", "parameters/server.choose")
            time.sleep(0.5)
            assert student.title() == "keys"
            student.press("f")
            assert until(lambda: student.title() == "parameters/server.choose"), student.title()


if sys.argv[1:] == ["--inside-xvfb"]:
    run_all()
elif shutil.which("xvfb-run") and shutil.which("xdotool"):
    screen = ["xvfb-run", "-a", "-s", "-screen 0 1600x900x24"]
    sys.exit(subprocess.run([*screen, sys.executable, __file__, "--inside-xvfb"]).returncode)
else:
    print("skipped: the live window (install xvfb and xdotool)")
