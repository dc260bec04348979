"""A peer that fails at every step of the protocol: closed, half-closed, reset, garbage; and one that is merely odd: single
bytes, everything at once. serve, connect and relay say what happened and go on for the others."""

import socket
import struct

from chat_process import LIMIT, Listener, Program, Relay, Server, check, connected, run_all
from peer import Peer

GARBAGE = b"\xff\x00 garbage\n"


def close(peer):
    peer.close()


def half_close(peer):
    peer.socket.shutdown(socket.SHUT_WR)


def reset(peer):
    peer.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    peer.close()


def garbage(peer):
    peer.send_raw(GARBAGE)


FAULTS = (close, half_close, reset, garbage)


# The honest way, cut into steps. A client's:
def half_a_line(peer):
    peer.send_raw(b'{"type":"mess')


def say(peer):
    peer.say("text")


def bye(peer):
    peer.send(type="bye")


CLIENT_STEPS = [None, Peer.take_params, Peer.send_key, Peer.take_key, say, Peer.hear, half_a_line]
SERVER_STEPS = [None, lambda peer: peer.offer("toy23", 23, 5), Peer.send_key, Peer.take_key, say, half_a_line]


def drain(peer):
    """Reads to the end: whoever failed must not be left waiting."""
    try:
        peer.socket.settimeout(LIMIT)
        while peer.reader.read1(65536):
            pass
        peer.close()
    except (OSError, ValueError):
        pass  # closed on this side already, or reset


def walk(peer, steps):
    for step in steps:
        if step:
            step(peer)


def honest(port):
    peer = Peer.connect(port).handshake()
    peer.say("still there?")
    assert peer.hear() == "still there?"
    bye(peer)
    assert peer.receive() == {"type": "bye"}
    peer.close()


def failing_clients(port):
    witness = Peer.connect(port).handshake()  # is there all the time and must not notice
    for count in range(1, len(CLIENT_STEPS) + 1):
        for fault in FAULTS:
            peer = Peer.connect(port)
            walk(peer, CLIENT_STEPS[:count])
            fault(peer)
            drain(peer)
        witness.say(f"{count}")
        assert witness.hear() == f"{count}"
    bye(witness)
    assert witness.receive() == {"type": "bye"}
    honest(port)


def odd_clients(port):
    """The same frames in single bytes and all in one piece."""
    for in_one_piece in (False, True):
        peer = Peer.connect(port)
        pieces = []
        send_raw = peer.send_raw
        peer.send_raw = pieces.append
        peer.take_params()
        peer.send_key()
        peer.send_raw = send_raw
        if not in_one_piece:
            for byte in pieces.pop():
                send_raw(bytes([byte]))
        else:
            # Messages need the server's key, so that frame comes alone; then everything to the bye.
            send_raw(pieces.pop())
        peer.take_key()
        peer.send_raw = pieces.append
        for i in range(20):
            peer.say(f"text {i}")
        bye(peer)
        data = b"".join(pieces)
        if in_one_piece:
            send_raw(data)
        else:
            for i in range(len(data)):
                send_raw(data[i:i + 1])
        assert [peer.hear() for _ in range(20)] == [f"text {i}" for i in range(20)]
        assert peer.receive() == {"type": "bye"} and peer.receive() is None
        peer.close()


def failing_servers(make_client, after):
    """`make_client(port of the scripted server)` is a running connect; `after(client, fault)` looks at its end."""
    listener = Listener()
    for count in range(1, len(SERVER_STEPS) + 1):
        for fault in FAULTS:
            with make_client(listener.port) as client:
                peer = Peer(listener.accept())
                walk(peer, SERVER_STEPS[:count])
                fault(peer)
                drain(peer)
                after(client, fault)
    return listener


def one_error_line(client, status):
    assert client.wait() == status, (client.process.returncode, status)
    lines = []
    while (line := client.errors.get(timeout=LIMIT)) is not None:
        lines.append(line)
    errors = [line for line in lines if line.startswith("keyhole: error: ")]
    assert len(errors) == (1 if status else 0), lines


@check
def clients_of_serve():
    """Each fault at each step; another client chats on, and a new one is served."""
    with Server("--echo", "--group", "toy23") as server:
        failing_clients(server.port)
        odd_clients(server.port)


@check
def clients_of_the_relay():
    """The same between a failing client and an honest server."""
    with Server("--echo", "--group", "toy23") as server:
        for extra in ([], ["--quiet"]):
            with Relay(server.port, *extra) as relay:
                failing_clients(relay.port)
                odd_clients(relay.port)
        honest(server.port)


@check
def servers_of_connect():
    """connect ends with one line: 1 where it refused garbage, 3 where the connection failed."""
    failing_servers(lambda port: Program("connect", f"127.0.0.1:{port}"),
                    lambda client, fault: one_error_line(client, 1 if fault is garbage else 3))


@check
def an_odd_server_of_connect():
    """A server that sends single bytes, and then everything in one piece."""
    with connected() as (client, connection):
        peer = Peer(connection)
        send_raw, pieces = peer.send_raw, []
        peer.send_raw = pieces.append
        peer.offer("toy23", 23, 5)
        peer.send_key()
        for byte in b"".join(pieces):
            send_raw(bytes([byte]))
        peer.take_key()
        pieces.clear()
        for i in range(20):
            peer.say(f"text {i}")
        bye(peer)
        send_raw(b"".join(pieces))
        assert [client.line() for _ in range(21)] == [f"server> text {i}" for i in range(20)] + [None]
        assert client.wait() == 0


@check
def servers_of_the_relay():
    """An honest client ends whatever the server behind the relay does, and the relay takes the next one."""
    for extra in ([], ["--quiet"]):
        relays = []

        def through_a_relay(port):
            if not relays:
                relays.append(Relay(port, *extra))
            return Program("connect", f"127.0.0.1:{relays[0].port}")

        def after(client, fault):
            assert client.wait() in (0, 1, 3)

        listener = failing_servers(through_a_relay, after)
        with relays[0] as relay, Program("connect", f"127.0.0.1:{relay.port}") as client:
            peer = Peer(listener.accept())
            peer.offer("toy23", 23, 5)
            peer.send_key()
            peer.take_key()
            peer.say("still there?")
            assert client.line() == "server> still there?"
            client.end_input()
            assert peer.receive() == {"type": "bye"}
            bye(peer)
            assert client.wait() == 0


run_all()
