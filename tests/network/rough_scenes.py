"""Networks that lose, delay, reorder and shorten: everything arrives, whole and in its order. And what passed, captured."""

import os
import subprocess
import tempfile

from chat_process import KEYHOLE
from network import Network
from outage_scenes import part
from programs import PORT, a_chat, connect, in_chat, serve, they_talk
from running import LIMIT
from scene import add

LINES = 20
PATIENT = 2 * LIMIT  # all that a network can do at once takes its time


def chat(network, length):
    """Twenty lines each way at once, then the byes; all of it in its order."""
    server, client = a_chat(network)
    for number in range(LINES):
        client.type(f"{number} {'c' * length}\n")
        server.type(f"{number} {'s' * length}\n")
    client.prints(f"server> {LINES - 1} {'s' * length}", PATIENT)
    server.prints(f"client> {LINES - 1} {'c' * length}", PATIENT)
    part(client, server)
    assert client.printed == [f"server> {number} {'s' * length}" for number in range(LINES)], client.printed
    assert server.printed == [f"client> {number} {'c' * length}" for number in range(LINES)], server.printed


def rough(length, **manner):
    with Network() as network:
        for what, value in manner.items():
            setattr(network.router, what, value)
        chat(network, length)


def replayed(path):
    """The steps of the capture, as an eavesdropper sees them."""
    done = subprocess.run([KEYHOLE, "replay", path], capture_output=True, text=True, timeout=LIMIT)
    assert done.returncode == 0, done
    assert "secret/" not in done.stdout and ".private" not in done.stdout, done.stdout
    return done.stdout


def captured(over, **manner):
    """What passed the router replays, doubled, late and missing packets or not."""
    with tempfile.TemporaryDirectory() as folder, Network() as network:
        path = os.path.join(folder, "chat.pcap")
        network.router.capture_into(path)
        for what, value in manner.items():
            setattr(network.router, what, value)
        address = getattr(network.server, over)
        server = serve(network.server, address=address)
        client = in_chat(connect(network.client, f"[{address}]:{PORT}" if ":" in address else f"{address}:{PORT}"), server)
        they_talk(client, server, "captured")
        network.router.cut()
        client.type("across an outage\n")
        network.router.restore_after(5)
        server.prints("client> across an outage")
        part(client, server)
        steps = replayed(path)
        assert "message.3/frame" in steps and "message.4" not in steps, steps


add("rough-loss", lambda: rough(100, loss=0.1))
add("rough-delay", lambda: rough(100, delay=0.3))
add("rough-order", lambda: rough(2000, reorder=0.3))
add("rough-mtu", lambda: rough(1000, mtu=296))
add("rough-all", lambda: rough(100, loss=0.05, delay=0.3, reorder=0.2, mtu=296), seconds=200)
add("capture-ipv4", captured, "ipv4")
add("capture-ipv6", captured, "ipv6")
add("capture-rough", lambda: captured("ipv4", loss=0.1, reorder=0.2, mtu=296))
