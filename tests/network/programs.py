"""keyhole's programs on the hosts of a network; what they print and say is kept whole."""

import json
import re
import subprocess
import threading

from chat_process import Program
from running import LIMIT, wait_until

PORT = 4646


class OnHost(Program):
    """Waiting for what it prints or says takes nothing away: a scene may look again."""

    def __init__(self, host, *arguments, **options):
        self.printed, self.said, self.open_streams = [], [], 2
        self.guests = 0  # of a server: how many have come
        self.changed = threading.Condition()
        self.name = f"{arguments[0]} on {host.name}"
        with host:
            super().__init__(*arguments, **options)

    def collect(self, stream, lines):
        kept = self.printed if stream is self.process.stdout else self.said
        for line in stream:
            with self.changed:
                kept.append(line.decode("utf-8").rstrip("\n"))
                self.changed.notify_all()
        with self.changed:
            self.open_streams -= 1
            self.changed.notify_all()

    def type(self, text):
        try:
            super().type(text)
        except BrokenPipeError:
            raise AssertionError(f"{self.name} takes no line any more; stderr {self.said}") from None

    def wait_for(self, holds, within):
        with self.changed:
            self.changed.wait_for(lambda: holds() or not self.open_streams, within)
            return holds()

    def prints(self, line, within=LIMIT):
        """The line is or will be on stdout."""
        assert self.wait_for(lambda: line in self.printed, within), \
            f"{self.name} never printed {line!r}; stdout {self.printed}, stderr {self.said}"

    def says(self, pattern, within=LIMIT):
        """A line like that is or will be on stderr."""
        assert self.wait_for(lambda: self.has_said(pattern), within), \
            f"{self.name} never said {pattern!r}; stderr {self.said}"

    def has_said(self, pattern):
        return any(re.search(pattern, line, re.IGNORECASE) for line in self.said)

    def never_says(self, pattern):
        assert not self.has_said(pattern), f"{self.name} said what is not so ({pattern!r}); stderr {self.said}"

    def ends(self, *statuses, within=LIMIT):
        """It ends in time, with one of these; afterwards all of its lines are here."""
        try:
            status = self.process.wait(timeout=within)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"{self.name} has not ended; stderr {self.said}") from None
        assert self.wait_for(lambda: not self.open_streams, LIMIT)
        assert status in statuses, f"{self.name}: exit {status}, not {statuses}; stderr {self.said}"

    def goes_on(self):
        assert self.process.poll() is None, f"{self.name} ended: exit {self.process.returncode}; stderr {self.said}"


def serve(host, *arguments, address=None, group="toy23", **options):
    server = OnHost(host, "serve", "--host", address or host.ipv4, "--port", str(PORT), "--group", group, *arguments, **options)
    server.says("listening on")
    return server


def connect(host, to, *arguments, **options):
    """`to` is a host, or what stands on the command line."""
    target = to if isinstance(to, str) else f"{to.ipv4}:{PORT}"
    return OnHost(host, "connect", target, *arguments, **options)


def relay(host, to, *arguments, **options):
    target = to if isinstance(to, str) else f"{to.ipv4}:{PORT}"
    between = OnHost(host, "relay", "--listen", f"{host.ipv4}:{PORT}", "--to", target, *arguments, **options)
    between.says("listening on")
    return between


def in_chat(client, server):
    """Its handshake is done, and known to be at the server, too: what is typed there from now on reaches this client."""
    client.says("fingerprint")
    server.guests += 1
    assert server.wait_for(lambda: sum("fingerprint with" in line for line in server.said) >= server.guests, LIMIT), server.said
    return client


def a_chat(network):
    """A server and its first client."""
    server = serve(network.server)
    return server, in_chat(connect(network.client, network.server), server)


def they_talk(client, server, text):
    """A line each way arrives."""
    client.type(f"{text} of the client\n")
    server.type(f"{text} of the server\n")
    client.prints(f"server> {text} of the server")
    assert server.wait_for(lambda: any(re.fullmatch(f"client(#\\d+)?> {re.escape(text)} of the client", line) for line in server.printed),
                           LIMIT), f"{server.name} never printed the client's {text!r}; {server.printed} {server.said}"


def recording(path):
    """As the program wrote it, once it has."""
    def read():
        try:
            with open(path) as file:
                return json.load(file)
        except (FileNotFoundError, ValueError):
            return None
    found = wait_until(read)
    assert found, f"no recording {path}"
    return found


def texts(recorded, sender):
    return [message["sent"]["plaintext"] for message in recorded["messages"]
            if message["sender"] == sender and "sent" in message]


def unconfirmed(recorded):
    return [message["sent"]["plaintext"] for message in recorded["messages"] if message.get("sent", {}).get("unconfirmed")]
