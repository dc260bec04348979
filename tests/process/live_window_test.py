"""The real window in a live exchange, under Xvfb: stepped by keys, with the other end a scripted peer, `keyhole connect`,
`keyhole serve` or a second window. Runs on demand (ctest -C Display). Skipped where xvfb or xdotool is missing."""

import os
import signal
import socket
import subprocess
import tempfile
import time

import real_window
from chat_process import KEYHOLE, LIMIT, Program, Relay, Server, check, run_all
from peer import Peer
from real_window import until


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Window(real_window.Window):
    """A keyhole-viz that steps."""

    def press(self, *keys, pause=0.1):
        super().press(*keys, pause=pause)

    def moves(self, key, address):
        self.press(key)
        assert until(lambda: self.step() == address), self.step()

    def say(self, text):
        self.fill("e", text)
        self.press("Return", "Escape")

    def turn(self, address):
        """One step on, unless the title says `address`. Waits for the title: a slow window must not be asked twice."""
        before = self.step()
        if before == address:
            return
        self.press("n")
        until(lambda: self.step() != before, seconds=1.5)  # nothing moves while the other end is waited for

    def step_to(self, address, other=None):
        """Steps until the title says so; a second window takes turns."""
        windows = [self, other] if other else [self]

        def all_there():
            for window in windows:
                window.turn(address)
            return all(window.step() == address for window in windows)
        assert until(all_there), [window.step() for window in windows]


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
        assert until(lambda: window.step() == "parameters/server.choose"), window.step()
        assert silent(peer)
        window.press("n")  # send params
        peer.take_params()
        window.press("n", "n")  # draw, compute
        assert until(lambda: window.step() == "keys/server.public"), window.step()
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
                assert until(lambda: window.step() == "connect"), window.step()


@check
def window_and_window():
    """Both stepped by turns; both come to the same key and hear each other."""
    window, port = listening()
    with window, Window("--connect", f"127.0.0.1:{port}") as client:
        def both():
            window.press("n")
            client.press("n")
            time.sleep(0.1)
            return window.step() == "secret/server.derive" and client.step() == "secret/client.derive"
        assert until(both), (window.step(), client.step())
        client.say("hello window")
        client.step_to("message.1/frame")
        client.press("n")
        window.step_to("message.1/unpad")


@check
def window_relay_and_terminal():
    """Through the person in the middle, who alters a text, and through one who only listens."""
    for mode, heard in (("--replace", "a hundred"), ("--quiet", "ten")):
        window, port = listening()
        with window, Relay(port, *(["--replace", "client:ten=a hundred"] if mode == "--replace" else [mode])) as relay:
            with Program("connect", f"127.0.0.1:{relay.port}") as client:
                window.step_to("secret/server.derive")
                client.error_line("fingerprint")
                client.type("ten\n")
                window.step_to("message.1/unpad")
                window.say("back")
                window.step_to("message.2/frame")
                window.press("n")
                assert client.line() == "server> back"
                window.press("ctrl+s")
                with tempfile.TemporaryDirectory() as folder:
                    path = os.path.join(folder, "side.json")
                    time.sleep(0.2)
                    window.press("ctrl+a")
                    window.type(path)
                    window.press("Return")
                    assert until(lambda: os.path.exists(path))
                    shown = subprocess.run([KEYHOLE, "replay", path, "--at", "message.1/unpad"], capture_output=True,
                                           text=True, timeout=LIMIT)
                    assert heard in shown.stdout, shown


@check
def lecture():
    """A window that follows stands where the one that publishes stands."""
    port = free_port()
    with Window("--group", "toy23", "--seed", "l", "--publish", f"127.0.0.1:{port}") as lecturer:
        with Window("--follow", f"127.0.0.1:{port}") as student:
            lecturer.moves("Right", "parameters")
            assert until(lambda: student.step() == "parameters"), student.step()
            student.moves("Right", "keys")
            lecturer.moves("Down", "parameters/server.choose")
            time.sleep(0.5)
            assert student.step() == "keys"
            student.press("f")
            assert until(lambda: student.step() == "parameters/server.choose"), student.step()
            # The lecture's window goes away and comes back: the student need not do anything.
            lecturer.end()
            with Window("--group", "toy23", "--seed", "l", "--goto", "keys", "--publish", f"127.0.0.1:{port}"):
                assert until(lambda: student.step() == "keys"), student.step()


@check
def a_signal_says_bye():
    """SIGINT and SIGTERM: every client that can be told is told, followers see an end, the exit status is 0."""
    for what in (signal.SIGINT, signal.SIGTERM):
        publishing = free_port()
        window, port = listening("--publish", f"127.0.0.1:{publishing}")
        with window:
            peers = [Peer.connect(port) for _ in range(3)]

            def runs():
                """A window that has just opened may lose the key."""
                window.press("r")
                return not silent(peers[0], 3)
            assert until(runs)
            for peer in peers:
                peer.handshake()
            peers[0].say("heard")

            def at_the_end():
                """The end moves on when the text comes."""
                window.press("End")
                return window.step() == "message.1/unpad"
            assert until(at_the_end), window.step()
            silent_one = Peer.connect(port)
            follower = socket.create_connection(("127.0.0.1", publishing), timeout=LIMIT)
            assert follower.recv(1) == b"{"
            window.process.send_signal(what)
            for peer in peers:
                assert peer.receive() == {"type": "bye"}
                assert peer.receive() is None
                peer.close()
            silent_one.take_params()
            follower_heard = b"{"
            while more := follower.recv(65536):
                follower_heard += more
            assert follower_heard.endswith(b"}\n"), follower_heard[-80:]
            assert window.process.wait(timeout=LIMIT) == 0
            silent_one.close()
            follower.close()


@check
def a_signal_cancels_an_export():
    """Nothing is left of it, as after Ctrl+Q."""
    with tempfile.TemporaryDirectory() as folder:
        recording = os.path.join(folder, "long.json")
        subprocess.run([KEYHOLE, "exchange", "--group", "toy23", "--say", "client:" + 100_000 * "x", "--record", recording],
                       stdout=subprocess.DEVNULL, check=True, timeout=LIMIT)
        tables = os.path.join(folder, "out")
        os.mkdir(tables)
        with Window("--open", recording) as window:
            window.fill("ctrl+e", os.path.join(tables, "csv"))
            window.press("Return")
            assert until(lambda: os.listdir(tables))
            window.process.send_signal(signal.SIGTERM)
            assert window.process.wait(timeout=LIMIT) == 0
        assert os.listdir(tables) == [], os.listdir(tables)


real_window.main(__file__, run_all, "-noreset")
