"""What the chat tells people: how it ends, where a line goes, what it waits for; and that it lives in the background."""

import os
import signal

from chat_process import KEYHOLE, Program, Server, check, connected, run_all
from peer import Peer
from terminal import Terminal


@check
def how_it_ends_and_where_a_line_goes():
    with Server("--group", "toy23") as server:
        server.error_line(r"every client; Ctrl\+D \(end of input\) says bye")
        server.type("early\n")
        server.error_line("nobody is connected yet: .* kept for the first client")
        with Program("connect", f"127.0.0.1:{server.port}") as one, Program("connect", f"127.0.0.1:{server.port}") as two:
            one.error_line(r"a message to the server, Ctrl\+D \(end of input\) says bye")
            two.error_line("the handshake is done")
            server.error_line("a line goes to all 2 clients, #2 TEXT to this one")
            for program in (one, server):
                program.type("quit\n")
                program.error_line(r"'quit' is sent as a message like others; Ctrl\+D ends the chat")
            one.end_input()
            two.end_input()
            assert one.wait() == two.wait() == 0


@check
def what_it_waits_for():
    """A server that says nothing is told of, a line typed meanwhile is kept, and told to be."""
    with connected() as (client, connection):
        client.type("early\n")
        client.error_line("what is typed now is kept until the handshake is done")
        client.error_line("still waiting for the server's parameters")
        peer = Peer(connection)
        peer.offer("toy23", 23, 5, "sha256", "cbc")
        peer.take_key()
        peer.send_key()
        assert peer.hear() == "early"


@check
def in_the_background():
    """Where the terminal's input is another job's, serve says so, goes on, and reads again in the foreground."""
    shell = ["bash", "-c", 'set -m; "$0" serve --group toy23 --port 0 & echo job $!; read line; echo "shell $line"; fg', KEYHOLE]
    with Terminal(*shell) as terminal:
        shown = terminal.shows(r"(?s)(?=.*job \d+\n)(?=.*127\.0\.0\.1:\d+\n)(?=.*in the background nothing typed is read)")
        shown += terminal.shown
        job = int(shown.split("job ", 1)[1].split()[0])
        port = int(shown.split("127.0.0.1:", 1)[1].split()[0])
        peer = Peer.connect(port).handshake()
        peer.say("still there?")
        terminal.shows("client> still there")
        terminal.type("for the shell\n")
        terminal.shows("shell for the shell\n")
        terminal.type("for the chat\n")
        assert peer.hear() == "for the chat"
        os.kill(job, signal.SIGTERM)
        assert peer.receive() == {"type": "bye"}


run_all()
