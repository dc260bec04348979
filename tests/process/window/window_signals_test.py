"""A real window in a live exchange that is ended by a signal."""

import signal
import socket

from chat_process import LIMIT, check, free_port
from live_window import listening
from peer import Peer
from real_window import run_all
from running import wait_until


def says_bye(number):
    """Every client that can be told is told, followers see an end, the exit status is 0."""
    publishing = free_port()
    window, port = listening("--publish", f"127.0.0.1:{publishing}")
    with window:
        peers = [Peer.connect(port) for _ in range(3)]
        window.does("r")
        for peer in peers:
            peer.handshake()
        peers[0].say("heard")

        def at_the_end():
            """The end moves on when the text comes."""
            window.does("End")
            return window.step() == "message.1/unpad"
        assert wait_until(at_the_end), window.step()
        silent_one = Peer.connect(port)
        silent_one.take_params()
        follower = socket.create_connection(("127.0.0.1", publishing), timeout=LIMIT)
        assert follower.recv(1) == b"{"
        window.process.send_signal(number)
        for peer in peers:
            assert peer.receive() == {"type": "bye"}
            assert peer.receive() is None
            peer.close()
        while silent_one.receive():
            pass  # to its end
        silent_one.close()
        follower_heard = b"{"
        while more := follower.recv(65536):
            follower_heard += more
        assert follower_heard.endswith(b"}\n"), follower_heard[-80:]
        follower.close()
        assert window.process.wait(timeout=LIMIT) == 0


@check
def sigint():
    says_bye(signal.SIGINT)


@check
def sigterm():
    says_bye(signal.SIGTERM)


run_all()
