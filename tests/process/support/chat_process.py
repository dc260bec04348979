"""Starts `keyhole serve`, `connect` and `relay` for the tests, and collects named checks."""

import atexit
import os
import queue
import random
import re
import select
import socket
import subprocess
import sys
import threading
import time
import traceback
from contextlib import contextmanager

from command import KEYHOLE
from running import LIMIT, Running


class Program(Running):
    """A running keyhole: its lines of stdout (if wanted) and stderr as they come."""

    def __init__(self, *arguments, stdin=subprocess.PIPE, stderr=subprocess.PIPE, reads_output=True,
                 program=KEYHOLE):
        self.process = subprocess.Popen([program, *arguments], stdin=stdin, stdout=subprocess.PIPE, stderr=stderr)
        atexit.register(self.end)
        self.out, self.errors = queue.Queue(), queue.Queue()
        wanted = [(self.process.stdout, self.out)] * reads_output
        wanted += [(self.process.stderr, self.errors)] * (stderr == subprocess.PIPE)
        for stream, lines in wanted:
            threading.Thread(target=self.collect, args=(stream, lines), daemon=True).start()

    @staticmethod
    def collect(stream, lines):
        for line in stream:
            lines.put(line.decode("utf-8").rstrip("\n"))
        lines.put(None)

    def type(self, text):
        self.process.stdin.write(text.encode("utf-8"))
        self.process.stdin.flush()

    def end_input(self):
        self.process.stdin.close()

    def line(self):
        return self.out.get(timeout=LIMIT)

    def error_line(self, pattern):
        """The next line of stderr that matches."""
        while True:
            line = self.errors.get(timeout=LIMIT)
            assert line is not None, f"no line like {pattern!r} on stderr"
            found = re.search(pattern, line)
            if found:
                return found

    def catches(self, number):
        """The signal does not end the program at once."""
        with open(f"/proc/{self.process.pid}/status") as file:
            caught = next(int(line.split()[1], 16) for line in file if line.startswith("SigCgt"))
        return caught >> (number - 1) & 1

    def descriptors(self):
        """How many files and sockets it has open."""
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def wait(self):
        return self.process.wait(timeout=LIMIT)


class Server(Program):
    def __init__(self, *arguments, **options):
        super().__init__("serve", "--port", "0", *arguments, **options)
        self.port = int(self.error_line(r"listening on 127\.0\.0\.1:(\d+)").group(1))


class Relay(Program):
    def __init__(self, port, *arguments, **options):
        super().__init__("relay", "--listen", "127.0.0.1:0", "--to", f"127.0.0.1:{port}", *arguments, **options)
        self.port = int(self.error_line(r"listening on 127\.0\.0\.1:(\d+)").group(1))


class OnTerminal(Running):
    """A program whose standard error is a terminal, where it shows its progress at once; it prints nothing else."""

    def __init__(self, *command, **options):
        self.terminal, other_end = os.openpty()
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=other_end, **options)
        os.close(other_end)
        self.shown = b""

    def shows(self, text):
        """Reads until the text is there; everything before it is forgotten."""
        while text.encode() not in self.shown:
            assert select.select([self.terminal], [], [], LIMIT)[0], f"never {text!r}, but {self.shown!r}"
            self.shown += os.read(self.terminal, 4096)
        self.shown = self.shown.partition(text.encode())[2]

    def wait(self):
        status = self.process.wait(timeout=LIMIT)
        assert self.process.stdout.read() == b""
        return status

    def end(self):
        super().end()
        os.close(self.terminal)


def free_port():
    """A port that nobody listens on. It is none of those that the system gives to connections, as it does all the time."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as one:
            try:
                one.bind(("127.0.0.1", port))
                return port
            except OSError:
                pass  # taken


def is_listening(port):
    """Whether somebody listens there, without a connection that would be one of the test's clients."""
    with open("/proc/net/tcp") as table:
        sockets = [line.split() for line in table]
    return any(local.endswith(f":{port:04X}") and state == "0A" for _, local, _, state, *_ in sockets)


class Listener:
    """A scripted server's socket."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.socket.settimeout(LIMIT)
        self.port = self.socket.getsockname()[1]

    def accept(self):
        return self.socket.accept()[0]


@contextmanager
def connected():
    """A `keyhole connect`, and the scripted server's socket to it."""
    listener = Listener()
    with Program("connect", f"127.0.0.1:{listener.port}") as client:
        yield client, listener.accept()


checks = []


def check(function):
    checks.append(function)
    return function


def run_all():
    failed = 0
    for function in checks:
        begin = time.monotonic()
        try:
            function()
            print(f"{function.__name__}: {time.monotonic() - begin:.1f} s", flush=True)
        except Exception:
            failed += 1
            print(f"FAILED: {function.__name__}: {function.__doc__}")
            traceback.print_exc(file=sys.stdout)
    print(f"{len(checks) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
