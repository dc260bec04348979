"""What was said into a cable that never comes back is told as undelivered, to whoever said it, and marked in the recording."""

import os
import tempfile
import time

from network import Network
from programs import connect, in_chat, recording, serve, texts, they_talk, unconfirmed
from scene import add
from words import FALSE_CAUSES, NOT_HEARD, UNDELIVERED

TOLD_WITHIN = 75  # seconds: a minute, and what a busy machine adds


def into_the_void(*extra):
    """A line each way, typed when the cable is out."""
    with tempfile.TemporaryDirectory() as folder, Network() as network:
        paths = {name: os.path.join(folder, name + ".json") for name in ("server", "client")}
        server = serve(network.server, "--record", paths["server"], *extra)
        client = in_chat(connect(network.client, network.server, "--record", paths["client"]), server)
        they_talk(client, server, "before")
        time.sleep(1)  # the acknowledgements of these two are on their way, too
        network.router.cut()
        client.type("lost of the client\n")
        server.type("lost of the server\n")
        client.ends(3, within=TOLD_WITHIN)
        if extra:
            server.ends(3, within=TOLD_WITHIN)
        server.says(NOT_HEARD, within=TOLD_WITHIN)
        for name, program in (("client", client), ("server", server)):
            program.says(NOT_HEARD)
            program.says(UNDELIVERED)
            program.never_says(FALSE_CAUSES)
            written = recording(paths[name])
            assert texts(written, name) == [f"before of the {name}", f"lost of the {name}"], written
            assert unconfirmed(written) == [f"lost of the {name}"], written
        if not extra:
            server.goes_on()


def a_last_line():
    """`echo line | keyhole connect`: the line and the bye are lost, so it does not end as if all were well."""
    with tempfile.TemporaryDirectory() as folder, Network() as network:
        path = os.path.join(folder, "client.json")
        server = serve(network.server)
        client = in_chat(connect(network.client, network.server, "--record", path), server)
        time.sleep(1)
        network.router.cut()
        client.type("the last line\n")
        client.end_input()
        client.ends(3, within=TOLD_WITHIN)
        client.says(UNDELIVERED)
        client.never_says(FALSE_CAUSES)
        server.says(NOT_HEARD, within=TOLD_WITHIN)
        assert unconfirmed(recording(path)) == ["the last line"]


def all_arrived():
    """Where all is well nothing is marked, and nobody is warned."""
    with tempfile.TemporaryDirectory() as folder, Network() as network:
        paths = [os.path.join(folder, name) for name in ("server.json", "client.json")]
        server = serve(network.server, "--once", "--record", paths[0])
        client = connect(network.client, network.server, "--record", paths[1])
        they_talk(client, server, "well")
        client.type("the last line\n")
        client.end_input()
        client.ends(0)
        server.ends(0)
        server.prints("client> the last line")
        for program, path in zip((server, client), paths):
            program.never_says(f"{UNDELIVERED}|{NOT_HEARD}")
            written = recording(path)
            assert unconfirmed(written) == [] and len(written["messages"]) == 3, written


add("lost-lines", into_the_void)
add("lost-lines-once", into_the_void, "--once")
add("lost-last-line", a_last_line)
add("lost-nothing", all_arrived)
