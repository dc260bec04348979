"""Honest chats: keyhole with keyhole, and keyhole with a peer written from docs/protocol.md alone, in both directions."""

import base64
import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading

import peer as peers
from chat_process import KEYHOLE, LIMIT, Program, Server, check, connected, free_port, run_all
from peer import Peer
from running import wait_until

TEXTS = ["This is a message", "", "grüß dich €𝄞", "x" * 70_000]  # the last is more than a pipe holds
FFDHE2048 = int(subprocess.run([KEYHOLE, "exchange", "--group", "ffdhe2048", "--say", "client:x", "--at",
                                "parameters/server.choose"], capture_output=True, text=True).stdout
                .split("0x", 1)[1].split()[0], 16)


@check
def peer_with_serve():
    """A peer chats with serve in every group, kdf and mode; either key comes first."""
    turns = [("ffdhe2048", "sha256", "cbc"), ("modp1536", "low64", "cbc"), ("toy23", "sha256", "ctr"),
             ("toy23", "low64", "ecb"), ("toy23", "low64", "cbc"), ("modp1536", "sha256", "ecb")]
    for turn, (group, kdf, mode) in enumerate(turns):
        with Server("--echo", "--group", group, "--kdf", kdf, "--mode", mode) as server:
            peer = Peer.connect(server.port).handshake(key_first=turn % 2 == 0)
            for text in TEXTS:
                peer.say(text)
                assert peer.hear() == text
                assert server.line() == "client> " + text
            peer.send(type="bye", some="field of tomorrow")
            assert peer.receive() == {"type": "bye"}
            assert peer.receive() is None


@check
def peer_with_connect():
    """A scripted server chats with connect in every group, kdf and mode."""
    for group, p, g, kdf, mode in (("ffdhe2048", FFDHE2048, 2, "sha256", "cbc"), ("toy23", 23, 5, "low64", "cbc"),
                                   ("custom", 23, 5, "sha256", "ctr"), ("anything", 2039, 4, "low64", "ecb")):
        with connected() as (client, connection):
            peer = Peer(connection)
            peer.offer(group, p, g, kdf, mode)
            peer.take_key()
            peer.send_key()
            for text in TEXTS:
                client.type(text + "\n")
                assert peer.hear() == text
                peer.say(text)
                assert client.line() == "server> " + text
            peer.say("a\x1b[2Jb\nc")
            assert client.line() == "server> a\\x1B[2Jb\\nc"
            client.end_input()
            assert peer.receive() == {"type": "bye"}
            peer.say("one more")  # after its bye it still listens
            assert client.line() == "server> one more"
            peer.send(type="bye")
            if mode != "ecb":
                peer.close()  # else it is waited for, but not for long
            assert client.wait() == 0


@check
def keyhole_with_keyhole():
    """The seed's own scene, recorded on both sides, and both recordings replay."""
    with tempfile.TemporaryDirectory() as folder:
        files = {side: os.path.join(folder, side) for side in ("server", "client")}
        with Server("--once", "--group", "modp768", "--csv", files["server"], "--record", files["server"] + ".json") as server:
            with Program("connect", f"127.0.0.1:{server.port}", "--csv", files["client"],
                         "--record", files["client"] + ".json") as client:
                client.type("This is a message\n")
                assert server.line() == "client> This is a message"
                server.type("This is a response from the server\n")
                assert client.line() == "server> This is a response from the server"
                client.end_input()
                assert client.wait() == 0
            assert server.wait() == 0
        for side in files:
            recording = files[side] + ".json"
            assert json.load(open(recording))
            done = subprocess.run([KEYHOLE, "replay", recording], capture_output=True, text=True, timeout=LIMIT)
            assert done.returncode == 0 and "This is a response from the server" in done.stdout, done.stderr
            assert "blocks.csv" in os.listdir(files[side])


@check
def piped_lines_reach_a_later_client():
    """Lines typed before anybody is there wait; the end of input says bye after them."""
    for extra in ([], ["--once"]):
        with Server("--group", "toy23", *extra) as server:
            server.type("one\ntwo")
            server.end_input()
            with Program("connect", f"127.0.0.1:{server.port}") as client:
                assert [client.line(), client.line(), client.line()] == ["server> one", "server> two", None]
                assert client.wait() == 0
            assert server.wait() == 0


@check
def once_is_for_the_first_client_alone():
    """Who had come before the first client's handshake was done is turned away then, and ends nothing."""
    with Server("--group", "toy23", "--once", "--echo") as server:
        waiting = Peer.connect(server.port)
        assert waiting.receive()["type"] == "params"
        first = Peer.connect(server.port).handshake()
        assert waiting.receive()["type"] == "public_key"
        frame = waiting.receive()
        assert frame["type"] == "error" and frame["code"] == "busy" and waiting.receive() is None, frame
        waiting.close()
        first.say("still here?")
        assert first.hear() == "still here?"
        first.send(type="bye")
        assert server.wait() == 0


@check
def files_and_nothing_as_input():
    """Standard input may be a file or /dev/null; an echo's last replies still arrive."""
    with Server("--echo", "--group", "toy23") as server, tempfile.TemporaryFile() as file:
        lines = [f"line {i} " + "y" * 200 for i in range(500)]
        file.write("\n".join(lines).encode())
        file.seek(0)
        with Program("connect", f"127.0.0.1:{server.port}", stdin=file) as client:
            for line in lines:
                assert client.line() == "server> " + line
            assert client.wait() == 0
        with Program("connect", f"127.0.0.1:{server.port}", stdin=subprocess.DEVNULL) as client:
            assert client.wait() == 0


@check
def several_clients():
    """Each has a number; a typed line goes to all, `#2 TEXT` to one, `##` begins with a `#`."""
    with Server("--group", "toy23", "--max-sessions", "3") as server:
        first, second, third = (Peer.connect(server.port).handshake() for _ in range(3))
        for number in (1, 2, 3):
            server.error_line(rf"client#{number} connected" if number > 1 else "client connected")
        busy = Peer.connect(server.port)
        frame = busy.receive()
        assert frame["type"] == "error" and frame["code"] == "busy" and busy.receive() is None
        server.type("to all\n#2 to the second\n##2 is a number\n")
        assert [first.hear(), first.hear()] == ["to all", "#2 is a number"]
        assert [second.hear(), second.hear(), second.hear()] == ["to all", "to the second", "#2 is a number"]
        third.say("from the third")
        assert server.line() == "client#3> from the third"
        first.say("from the first")
        assert server.line() == "client> from the first"
        first.close()
        server.end_input()
        assert second.receive() == {"type": "bye"}
        second.send(type="bye")
        third.hear(), third.hear()
        assert third.receive() == {"type": "bye"}
        third.send(type="bye")
        assert server.wait() == 0


@check
def half_closed():
    """A peer that shuts its sending side down still gets every reply and a bye."""
    with Server("--echo", "--group", "toy23") as server:
        peer = Peer.connect(server.port).handshake()
        for i in range(50):
            peer.say(f"text {i}")
        peer.socket.shutdown(1)
        assert [peer.hear() for i in range(50)] == [f"text {i}" for i in range(50)]
        assert peer.receive() == {"type": "bye"} and peer.receive() is None


@check
def a_reader_that_pauses():
    """What is said while the peer does not read arrives whole when it reads again."""
    lines = [chr(97 + i % 26) * 20_000 for i in range(300)]
    with Server("--group", "toy23", "--mode", "ecb") as server, socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        connection.connect(("127.0.0.1", server.port))
        peer = Peer(connection).handshake()
        server.error_line("client connected")
        witness = Peer.connect(server.port).handshake()
        rest = "".join(f"#1 {line}\n" for line in lines).encode()
        keyboard = server.process.stdin.fileno()
        os.set_blocking(keyboard, False)

        def takes_no_more():
            """The pipe to the server is full, and still is when the server has heard somebody else: every buffer is."""
            nonlocal rest
            try:
                rest = rest[os.write(keyboard, rest[:65536]):]
                return False
            except BlockingIOError:
                witness.say("still there?")
                assert server.line() == "client#2> still there?"
                return not select.select([], [keyboard], [], 0)[1]
        assert wait_until(takes_no_more)
        assert rest
        os.set_blocking(keyboard, True)
        typing = threading.Thread(target=lambda: server.type(rest.decode()))
        typing.start()
        for number, line in enumerate(lines, 1):
            frame = peer.receive()
            data = base64.b64decode(frame["ciphertext"], validate=True)
            assert frame["seq"] == number and len(data) == len(line) + 8
            assert len({data[i:i + 8] for i in range(0, len(line), 8)}) == 1
        typing.join()


@check
def signals():
    """SIGTERM and SIGINT say bye and leave whole recordings."""
    for number in (signal.SIGTERM, signal.SIGINT):
        with tempfile.TemporaryDirectory() as folder:
            recording = os.path.join(folder, "chat.json")
            with Server("--echo", "--group", "toy23", "--record", recording) as server:
                peers_ = [Peer.connect(server.port).handshake() for _ in range(2)]
                for peer in peers_:
                    peer.say("hello")
                    assert peer.hear() == "hello"
                server.process.send_signal(number)
                for peer in peers_:
                    assert peer.receive() == {"type": "bye"}
                    peer.close()
                assert server.wait() == 0
            for name in ("chat.json", "chat.2.json"):
                assert len(json.load(open(os.path.join(folder, name)))["messages"]) == 2


@check
def how_connect_ends():
    """Refusals exit 1, network trouble 3, each with one line."""
    def end_of(script):
        with connected() as (client, connection):
            peer = Peer(connection)
            script(peer)
            line = client.error_line("error: ").string
            assert re.fullmatch(r"keyhole: error: .* \(.*\)", line), line
            return client.wait()

    def refused(peer):
        peer.send(type="error", code="busy", detail="come \x1b[2J later")
        peer.close()

    def composite(peer):
        peer.offer("custom", 21, 5)
        frame = peer.receive()
        assert frame["type"] == "error" and frame["code"] == "bad_params", frame
        peer.close()

    assert end_of(refused) == 1
    assert end_of(composite) == 1
    assert end_of(lambda peer: peer.close()) == 3
    for arguments, status in ((["connect", f"127.0.0.1:{free_port()}"], 3), (["connect", "127.0.0.1"], 2),
                              (["connect", "127.0.0.1:x"], 2), (["connect", "::1:80"], 2), (["connect"], 2),
                              (["serve", "--p", "23"], 2), (["serve", "--p", "21", "--g", "2"], 2),
                              (["serve", "--group", "nosuch"], 2), (["serve", "--port", "65536"], 2),
                              (["serve", "--kdf", "md5"], 2), (["serve", "--mode", "xts"], 2),
                              (["serve", "--group", "toy23", "--p", "23", "--g", "5"], 2)):
        done = subprocess.run([KEYHOLE, *arguments], capture_output=True, text=True, timeout=LIMIT, stdin=subprocess.DEVNULL)
        errors = [line for line in done.stderr.splitlines() if line.startswith("keyhole: error: ")]
        assert done.returncode == status and len(errors) == 1 and done.stdout == "", (arguments, done)
    with Server("--echo", "--group", "toy23") as server:
        done = subprocess.run([KEYHOLE, "serve", "--port", str(server.port)], capture_output=True, text=True, timeout=LIMIT)
        assert done.returncode == 3, done


@check
def the_snippet_of_the_documentation():
    """The twenty lines of docs/protocol.md chat with serve as they are printed."""
    source = os.environ.get("KEYHOLE_SOURCE_DIR", os.path.join(os.path.dirname(__file__), "..", "..", ".."))
    text = open(os.path.join(source, "docs", "protocol.md"), encoding="utf-8").read()
    snippet = re.search(r"```python\n(.*?)```", text, re.S).group(1)
    environment = {**os.environ, "PYTHONPATH": os.path.dirname(peers.__file__)}
    with Server("--echo", "--group", "modp1536") as server:
        done = subprocess.run([sys.executable, "-c", snippet, "127.0.0.1", str(server.port), "grüß dich"],
                              capture_output=True, timeout=LIMIT, env=environment)
        assert done.stdout.decode("utf-8") == "grüß dich\n", done


run_all()
