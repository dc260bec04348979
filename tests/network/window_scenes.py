"""The window at one end of a cable that fails for a while: in a chat, and as a lecture that others follow."""

import json
import shutil
import socket
import tempfile
import time

from network import Network
from outage_scenes import AFTERWARDS
from programs import PORT, serve
from scene import add
from words import TROUBLE


def has_display():
    there = shutil.which("Xvfb") and shutil.which("xdotool")
    if not there:
        print("not played: the real window (install xvfb and xdotool)")
    return there


def out_for_a_while(network):
    time.sleep(14)  # as long after the last packet as the other scenes, so what comes next comes later
    network.router.cut("client")
    time.sleep(12)
    network.router.restore()
    time.sleep(AFTERWARDS)


def idle_window():
    """A line is said, the cable fails later, and comes back: the window hears the next line, too."""
    if not has_display():
        return
    from live_window import LiveWindow  # it asks for keyhole-viz, which the other scenes do without
    from real_window import Display, Window
    with tempfile.TemporaryDirectory() as folder, Network() as network, Display(folder, "640x400") as Window.display:
        server = serve(network.server)
        with network.client:
            window = LiveWindow("--connect", f"{network.server.ipv4}:{PORT}")
        with window:
            window.step_to("secret/client.derive")
            server.says("fingerprint")
            server.type("before\n")
            out_for_a_while(network)
            server.type("after\n")
            for message in ("message.1/unpad", "message.2/unpad"):
                window.step_to(message)
            server.never_says(TROUBLE)


def idle_lecture():
    """Whoever follows a lecture hears where it stands after the cable is back, on the same connection."""
    if not has_display():
        return
    from live_window import LiveWindow
    from real_window import Display, Window
    with tempfile.TemporaryDirectory() as folder, Network() as network, Display(folder, "640x400") as Window.display:
        with network.server:
            lecturer = LiveWindow("--group", "toy23", "--seed", "l", "--publish", f"{network.server.ipv4}:{PORT}")
        with lecturer:
            with network.client:
                follower = socket.create_connection((network.server.ipv4, PORT), timeout=60)
            with follower, follower.makefile() as lines:
                places = (json.loads(line).get("address") for line in lines)
                lecturer.moves("Right", "parameters")
                assert "parameters" in places
                out_for_a_while(network)
                lecturer.moves("Right", "keys")
                assert "keys" in places


add("idle-window", idle_window, seconds=240)
add("idle-lecture", idle_lecture, seconds=240)
