"""Many who say nothing, and one who does not read: everybody else is served all the same."""

import json
import socket
import time

from network import Network
from peer import Peer
from programs import PORT, connect, in_chat, serve, they_talk
from running import LIMIT
from scene import add
from words import SLOW

PLACES = 8
SILENCE = 30  # seconds after which one that never sent a byte makes room
SOON = LIMIT / 6  # seconds


def dial(host, to, receive_buffer=None):
    """A connection that says nothing of itself."""
    with host:
        connection = socket.socket()
    if receive_buffer:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    connection.settimeout(LIMIT)
    connection.connect((to.ipv4, PORT))
    return connection


def first_line(connection):
    """What the server said first; never an end without a word."""
    with connection.makefile("rb") as lines:
        line = lines.readline()
    assert line, "closed without a word"
    return json.loads(line)


def last_line(connection):
    """What the server said last."""
    with connection.makefile("rb") as lines:
        return json.loads(lines.readlines()[-1])


def silent_ones():
    """All places are taken: a newcomer is told busy, until the oldest has been silent for long; who talked may stay."""
    with Network() as network:
        server = serve(network.server, "--max-sessions", str(PLACES))
        client = in_chat(connect(network.client, network.server), server)
        they_talk(client, server, "before")
        silent = []
        for _ in range(PLACES - 1):
            silent.append(dial(network.client, network.server))
            time.sleep(0.1)  # so that one is the oldest
        youngest_came = time.monotonic()
        for _ in range(20):
            told = first_line(dial(network.client, network.server))
            assert told["type"] == "error" and told["code"] == "busy", told
        time.sleep(youngest_came + SILENCE + 1 - time.monotonic())
        newcomer = in_chat(connect(network.client, network.server), server)
        told = last_line(silent[0])
        assert told["type"] == "error" and told["code"] == "timeout", told
        silent[1].setblocking(False)
        assert b"error" not in silent[1].recv(65536), "one that need not have gone was closed"
        they_talk(client, server, "after")
        newcomer.prints("server> after of the server")


def a_wave():
    """Many more than there is room for, at once: each gets a word."""
    with Network() as network:
        serve(network.server, "--max-sessions", str(PLACES))
        told = [first_line(connection) for connection in [dial(network.client, network.server) for _ in range(200)]]
        kinds = [each.get("code", each["type"]) for each in told]
        assert kinds.count("params") == PLACES and kinds.count("busy") == 200 - PLACES, kinds


def a_class():
    """As many silent ones as a class has keep nobody out."""
    with Network() as network:
        server = serve(network.server)
        silent = [dial(network.client, network.server) for _ in range(200)]
        they_talk(in_chat(connect(network.client, network.server), server), server, "there is room")
        assert first_line(silent[-1])["type"] == "params"


def one_that_stands_still():
    """Lines to all: those who read get theirs at once, before and after the one who does not is dropped and called slow."""
    with Network(mtu=60_000) as network:
        server = serve(network.server, "--mode", "ecb")
        deaf = Peer(dial(network.client, network.server, receive_buffer=4096)).handshake()
        server.says("fingerprint with")
        server.guests = 1
        others = [in_chat(connect(network.client, network.server), server) for _ in range(2)]
        for number in range(60):
            line = f"{number} " + "x" * 300_000
            begin = time.monotonic()
            server.type(line + "\n")
            for other in others:
                assert other.wait_for(lambda: "server> " + line in other.printed, LIMIT), f"line {number} never came"
            seconds = time.monotonic() - begin
            assert seconds < SOON, f"line {number} came after {seconds:.1f} s"
            if server.has_said(SLOW):
                break
        server.says(SLOW, within=60)
        for other in others:
            they_talk(other, server, "still here")
        for number in range(3):
            line = f"afterwards {number} " + "x" * 300_000
            server.type(line + "\n")
            for other in others:
                other.prints("server> " + line)
        deaf.close()


add("crowd-silent", silent_ones)
add("crowd-wave", a_wave)
add("crowd-class", a_class)
add("crowd-deaf", one_that_stands_still)
