"""A class of them: 200 clients at once, 1000 that come and go, and a stop in the middle of it all."""

import json
import os
import random
import signal
import socket
import struct
import tempfile

from chat_process import Relay, Server, check, run_all
from peer import Peer
from running import wait_until

CROWD = 200


def memory(program):
    """Resident KiB."""
    with open(f"/proc/{program.process.pid}/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))


def reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def hello(peer, text):
    peer.say(text)
    assert peer.hear() == text


def visit(port, source):
    """One that comes and goes: an honest chat, a half handshake, garbage or nothing, left by closing or by a reset."""
    kind = source.randrange(4)
    try:
        peer = Peer.connect(port)
        if kind == 0:
            peer.handshake()
            hello(peer, "x" * source.randrange(200))
            peer.send(type="bye")
            assert peer.receive() == {"type": "bye"}
        elif kind == 1:
            peer.take_params()
        elif kind == 2:
            peer.send_raw(source.randbytes(source.randrange(1, 3000)) + b"\n")
        peer.reader.close()
        reset(peer.socket) if source.randrange(2) else peer.socket.close()
    except ConnectionError:
        pass  # thrown out meanwhile


def come_and_go(program, count):
    """Memory and descriptors after a first wave are those after all the others."""
    source = random.Random(count)

    def wave(size, descriptors_before):
        for _ in range(size):
            visit(program.port, source)
        assert wait_until(lambda: program.descriptors() <= descriptors_before), program.descriptors()

    before = program.descriptors()
    wave(count // 4, before)
    used = memory(program)
    wave(count - count // 4, before)
    assert memory(program) < used + 4096, (used, memory(program))
    honest = Peer.connect(program.port).handshake()
    hello(honest, "still there?")
    honest.close()


@check
def a_class_at_once():
    """200 clients chat while one is deaf and one is slow; one more is told that the server is busy."""
    with Server("--echo", "--group", "toy23", "--mode", "ecb", "--max-sessions", str(CROWD)) as server:
        peers = [Peer.connect(server.port).handshake() for _ in range(CROWD - 2)]
        deaf, slow = Peer.connect(server.port).handshake(), Peer.connect(server.port)
        deaf.socket.setblocking(False)
        try:
            while True:
                deaf.socket.send(json.dumps(deaf.message(b"z" * 2_000)).encode() + b"\n")
        except BlockingIOError:
            pass
        slow.take_params()
        slow.send_raw(b'{"type":"pub')
        assert Peer.connect(server.port).receive()["code"] == "busy"
        for turn in range(2):
            for number, peer in enumerate(peers):
                peer.say(f"client {number}, turn {turn}")
            for number, peer in enumerate(peers):
                assert peer.hear() == f"client {number}, turn {turn}"
        slow.send_raw(b'lic_key","y":"%x"}\n' % slow.y)
        slow.take_key()
        hello(slow, "at last")
        for peer in peers:
            peer.send(type="bye")
        for peer in peers:
            assert peer.receive() == {"type": "bye"} and peer.receive() is None


@check
def a_class_is_stopped():
    """SIGTERM among 200 clients: every one gets a bye, every recording and CSV is whole."""
    with tempfile.TemporaryDirectory() as folder, Server(
            "--echo", "--group", "toy23", "--max-sessions", str(CROWD), "--record", os.path.join(folder, "r.json"),
            "--csv", os.path.join(folder, "csv")) as server:
        peers = [Peer.connect(server.port).handshake() for _ in range(CROWD)]
        for peer in peers:
            peer.say("x")
        for peer in peers:
            assert peer.hear() == "x"
        server.process.send_signal(signal.SIGTERM)
        for peer in peers:
            assert peer.receive() == {"type": "bye"} and peer.receive() is None
            peer.close()
        assert server.wait() == 0
        recordings = [name for name in os.listdir(folder) if name.endswith(".json")]
        assert len(recordings) == CROWD
        for name in recordings:
            assert len(json.load(open(os.path.join(folder, name)))["messages"]) == 2
        folders = [os.path.join(folder, "csv", *([f"client.{n}"] if n > 1 else [])) for n in range(1, CROWD + 1)]
        for path in folders:
            with open(os.path.join(path, "exchange.csv"), newline="") as file:
                assert file.read().endswith("\r\n")
            assert not any("tmp" in name for name in os.listdir(path)), os.listdir(path)


@check
def a_thousand_come_and_go():
    """serve keeps neither memory nor descriptors of them."""
    with Server("--echo", "--group", "toy23") as server:
        come_and_go(server, 1000)


@check
def they_come_and_go_through_the_relay():
    """The same of the relay in both modes, and of the server behind it."""
    with Server("--echo", "--group", "toy23", "--max-sessions", "500") as server:
        for extra in ([], ["--quiet"]):
            with Relay(server.port, "--max-sessions", "500", *extra) as relay:
                come_and_go(relay, 300)


run_all()
