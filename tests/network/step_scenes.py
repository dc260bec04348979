"""The cable fails at every step of an exchange, from the first packet to the bye, and comes back."""

import threading
import traceback

from network import Network
from programs import connect, serve
from scene import add
from words import TROUBLE

# TCP's packets, counted from the client's SYN: its opening, the parameters, the keys, the lines and what acknowledges them.
# An undisturbed exchange has some 18 up to the last line.
UP_TO_THE_LINES = range(1, 15)


def side_by_side(function, arguments):
    """Each on a thread of its own; what goes wrong is told at the end, with the argument."""
    failed = []

    def one(argument):
        try:
            function(argument)
        except Exception:
            failed.append(f"at {argument}:\n{traceback.format_exc()}")
    threads = [threading.Thread(target=one, args=(argument,)) for argument in arguments]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed, f"{len(failed)} of {len(threads)} failed\n" + "\n".join(failed)


def exchange_cut_at(packet, lasts):
    """Three lines each way, one after the other, then the byes; the `packet`th is the first that is lost."""
    with Network() as network:
        server = serve(network.server, "--once")
        network.router.cut_at(packet, lasts)
        client = connect(network.client, network.server)
        for number in (1, 2, 3):
            client.type(f"line {number}\n")
            server.prints(f"client> line {number}")
            server.type(f"answer {number}\n")
            client.prints(f"server> answer {number}")
        assert network.router.was_cut.is_set(), "the exchange had fewer packets"
        client.end_input()
        client.ends(0)
        server.ends(0)
        for program in (client, server):
            program.never_says(TROUBLE)


def cut_at_steps(lasts):
    side_by_side(lambda packet: exchange_cut_at(packet, lasts), UP_TO_THE_LINES)


def cut_at_the_bye(lasts):
    """The lines have arrived; the client's bye, or the server's answer, is what is lost."""
    def parting(ways):
        with Network() as network:
            server, client = serve(network.server, "--once"), connect(network.client, network.server)
            client.type("all is said\n")
            server.prints("client> all is said")
            network.router.cut("client", ways=ways)
            client.end_input()
            network.router.restore_after(lasts)
            client.ends(0)
            server.ends(0)
            for program in (client, server):
                program.never_says(TROUBLE)
    side_by_side(parting, [("from",), ("to",)])


for lasts in (5, 12, 25):
    add(f"step-{lasts}", cut_at_steps, lasts)
    add(f"bye-{lasts}", cut_at_the_bye, lasts)
