"""Nobody reads what serve, connect or relay print (a pager that stands still): all others go on, and a signal ends it."""

import os
import re
import signal
import subprocess

from chat_process import Program, Relay, Server, check, free_port, is_listening, run_all
from peer import Peer
from running import wait_until

BIG = "x" * 500_000
TOO_MUCH = 40  # of them: more than is kept for a reader
ECB = ("--group", "toy23", "--mode", "ecb")


def flood(program):
    for _ in range(TOO_MUCH):
        program.type(BIG + "\n")


def flooding_client(port):
    """A client that has said too much and heard all of it again."""
    client = Program("connect", f"127.0.0.1:{port}")
    flood(client)
    for _ in range(TOO_MUCH):
        assert client.line() == "server> " + BIG
    return client


def still_there(peer):
    peer.say("still there?")
    assert peer.hear() == "still there?"


def is_told(program):
    """The one error line, and what the exit status says."""
    program.error_line(r"^keyhole: error: standard output was not read \(.*\)$")
    assert program.wait() == 3


@check
def serve_goes_on_for_others():
    """One client fills the output; an echo still reaches all, and what was not read is told at the end."""
    for number in (signal.SIGTERM, signal.SIGINT):
        with Server(*ECB, "--echo", reads_output=False) as server:
            with flooding_client(server.port) as client:
                server.error_line("nobody reads standard output")
                peer = Peer.connect(server.port).handshake()
                still_there(peer)
                server.process.send_signal(number)
                assert peer.receive() == {"type": "bye"}
                peer.close()
                assert client.wait() == 0
            is_told(server)


@check
def a_pager_that_goes_on_in_time_misses_nothing():
    """What is read late arrives whole, also after the chat's end; then the exit status is 0."""
    with Server(*ECB, "--once", reads_output=False) as server:
        with Program("connect", f"127.0.0.1:{server.port}") as client:
            for number in range(20):
                client.type(f"{number} {BIG}\n")
            client.end_input()
            assert client.wait() == 0
        server.error_line("client says bye")
        text = server.process.stdout.read().decode()
        assert text == "".join(f"client> {number} {BIG}\n" for number in range(20))
        assert server.wait() == 0


@check
def a_signal_ends_the_wait_for_a_pager():
    """After the chat's end, too: there is nothing left then for which it would catch one."""
    with Server(*ECB, "--once", reads_output=False) as server:
        with Program("connect", f"127.0.0.1:{server.port}") as client:
            client.type(f"{BIG}\n")
            client.end_input()
            assert client.wait() == 0
        server.error_line("client says bye")
        assert wait_until(lambda: not server.catches(signal.SIGTERM))
        server.process.send_signal(signal.SIGTERM)
        assert server.wait() == -signal.SIGTERM


@check
def a_reader_that_comes_back():
    """What it missed is told, each time anew, and new lines arrive."""
    with Server(*ECB, "--echo", reads_output=False) as server, Program("connect", f"127.0.0.1:{server.port}") as client:
        old = f"client> {BIG}\n"
        for _ in range(2):
            flood(client)
            for _ in range(TOO_MUCH):
                assert client.line() == "server> " + BIG
            server.error_line("nobody reads standard output")
            for _ in range(30):
                assert server.process.stdout.readline().decode() == old
            client.type("new\n")
            assert client.line() == "server> new"
            lost = int(server.error_line(r"read again; (\d+) lines? lost").group(1))
            for _ in range(TOO_MUCH - lost - 30):
                assert server.process.stdout.readline().decode() == old
            assert server.process.stdout.readline() == b"client> new\n"


@check
def connect_can_be_stopped():
    with Server(*ECB) as server:
        with Program("connect", f"127.0.0.1:{server.port}", reads_output=False) as client:
            server.error_line("client connected")
            flood(server)
            client.error_line("nobody reads standard output")
            client.process.send_signal(signal.SIGTERM)
            is_told(client)


@check
def a_relay_goes_on():
    with Server(*ECB, "--echo") as server, Relay(server.port, reads_output=False) as relay:
        with flooding_client(relay.port):
            relay.error_line("nobody reads standard output")
            still_there(Peer.connect(relay.port).handshake())
            relay.process.send_signal(signal.SIGINT)
            is_told(relay)


@check
def status_lines_into_the_same_pipe():
    """`serve 2>&1 | pager`: what is said on standard error holds nothing up either."""
    port = free_port()
    with Program("serve", "--port", str(port), *ECB, "--echo", stderr=subprocess.STDOUT, reads_output=False) as server:
        assert wait_until(lambda: is_listening(port))
        with flooding_client(port):
            for _ in range(10):
                peer = Peer.connect(port).handshake()
                still_there(peer)
                peer.close()
            server.process.send_signal(signal.SIGTERM)
            assert server.wait() == 3


@check
def a_reader_that_is_gone():
    """Without standard output a chat is over, with status 3; without standard error it goes on."""
    with Server(*ECB, "--echo", reads_output=False) as server:
        server.process.stdout.close()
        peer = Peer.connect(server.port).handshake()
        still_there(peer)
        server.error_line(r"^keyhole: error: standard output cannot be written \(.*\)$")
        assert server.wait() == 3
    reading, writing = os.pipe()
    with Program("serve", "--port", "0", *ECB, "--echo", stderr=writing) as server:
        os.close(writing)
        with os.fdopen(reading) as said:
            port = next(found for found in (re.search(r"listening on .*:(\d+)", line) for line in said) if found).group(1)
        for _ in range(2):
            peer = Peer.connect(int(port)).handshake()
            still_there(peer)
            peer.close()
        server.process.send_signal(signal.SIGTERM)
        assert server.wait() == 0


run_all()
