"""A real window in a live exchange that waits for each step: stepped by keys until its title names a step."""

import socket

from chat_process import free_port, is_listening
from peer import Peer
from real_window import Window
from running import wait_until


class LiveWindow(Window):
    """What is asked of it here is on its live page or on its steps, keys 7 and 1. Small: there are many frames to draw."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, size=(640, 400), **options)

    def does(self, *keys):
        """Presses the keys, and is back when the window has acted on them: it takes keys in their order, and the one after
        these shows the other page, which the title names."""
        live = "[Live]" in self.title()
        self.press(*keys, "1" if live else "7")
        assert wait_until(lambda: ("[Live]" in self.title()) != live), self.title()

    def shows(self, address):
        assert wait_until(lambda: self.step() == address), f"{self.step()}, not {address}"

    def moves(self, key, address):
        self.press(key)
        self.shows(address)

    def say(self, text):
        self.press("7")
        self.fill("e", text)
        self.press("Return", "Escape")

    def step_to(self, address):
        step_all({self: address})


def step_all(wanted):
    """Steps windows by turns until each one's title names its address. One whose other end has to act first stands still."""
    def all_there():
        for window, address in wanted.items():
            if window.step() != address:
                window.does("n")
        return all(window.step() == address for window, address in wanted.items())
    assert wait_until(all_there), {address: window.step() for window, address in wanted.items()}


def listening(*arguments, **options):
    """A window that is the server, and its port."""
    port = free_port()
    window = LiveWindow("--listen", f"127.0.0.1:{port}", "--group", "toy23", *arguments, **options)
    assert wait_until(lambda: is_listening(port))
    return window, port


def has_sent_nothing(peer, port):
    """Another client comes later, and is served at once since it is not the one that is stepped. When it has its parameters,
    whatever was sent to the first one before has arrived there."""
    later = Peer.connect(port)
    later.take_params()
    later.close()
    peer.socket.setblocking(False)
    try:
        peer.socket.recv(1, socket.MSG_PEEK)
        return False
    except BlockingIOError:
        return True
    finally:
        peer.socket.settimeout(peer.timeout)
