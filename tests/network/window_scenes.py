"""The window at one end of a cable that fails for a while."""

import shutil
import tempfile
import time

from network import Network
from outage_scenes import AFTERWARDS
from programs import PORT, serve
from scene import add
from words import TROUBLE


def idle_window():
    """A line is said, the cable fails later, and comes back: the window hears the next line, too."""
    if not (shutil.which("Xvfb") and shutil.which("xdotool")):
        return print("not played: the real window (install xvfb and xdotool)")
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
            time.sleep(14)  # as long after the last packet as the other scenes, so the steps to it come later
            network.router.cut("client")
            time.sleep(12)
            network.router.restore()
            time.sleep(AFTERWARDS)
            server.type("after\n")
            for message in ("message.1/unpad", "message.2/unpad"):
                window.step_to(message)
            server.never_says(TROUBLE)


add("idle-window", idle_window, seconds=240)
