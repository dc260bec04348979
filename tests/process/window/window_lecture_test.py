"""Lectures between real windows: one that follows stands where the one that publishes stands."""

import json
import socket

from chat_process import LIMIT, check, free_port
from live_window import LiveWindow
from real_window import run_all


@check
def lecture():
    port = free_port()
    with LiveWindow("--group", "toy23", "--seed", "l", "--publish", f"127.0.0.1:{port}") as lecturer:
        with LiveWindow("--follow", f"127.0.0.1:{port}") as student:
            lecturer.moves("Right", "parameters")
            student.shows("parameters")
            student.moves("Right", "keys")
            with socket.create_connection(("127.0.0.1", port), timeout=LIMIT) as other, other.makefile() as lines:
                lecturer.moves("Down", "parameters/server.choose")
                places = (json.loads(line).get("address") for line in lines)
                assert "parameters/server.choose" in places  # it has been told to all who follow
            student.does()
            assert student.step() == "keys"
            student.moves("f", "parameters/server.choose")
            # The lecture's window goes away and comes back: the student need not do anything.
            lecturer.end()
            with LiveWindow("--group", "toy23", "--seed", "l", "--goto", "keys", "--publish", f"127.0.0.1:{port}"):
                student.shows("keys")


run_all()
