"""keyhole relay between honest ends: reading, altering, asking, listening, turning bits, recording, stopping."""

import json
import os
import re
import signal
import subprocess
import tempfile

from chat_process import KEYHOLE, LIMIT, Program, Relay, Server, check, free_port, run_all
from peer import Peer
from running import wait_until

FINGERPRINT = r"((?:\d{5} ){4}\d{5})"


def connect(port, *arguments):
    return Program("connect", f"127.0.0.1:{port}", *arguments)


def replay(path, *arguments):
    done = subprocess.run([KEYHOLE, "replay", path, *arguments], capture_output=True, text=True, timeout=LIMIT)
    assert done.returncode == 0, done.stderr
    return done.stdout


def rest(program):
    lines = []
    while (line := program.line()) is not None:
        lines.append(line)
    return lines


@check
def without_a_relay_the_fingerprints_agree():
    """The line on stderr, the step of both recordings, and exchange's own."""
    with tempfile.TemporaryDirectory() as folder:
        files = [os.path.join(folder, name) for name in ("server.json", "client.json")]
        with Server("--once", "--group", "modp768", "--record", files[0]) as server:
            with connect(server.port, "--record", files[1]) as client:
                client.type("hello\n")
                digits = {end.error_line("fingerprint with .*: " + FINGERPRINT).group(1) for end in (server, client)}
                assert server.line() == "client> hello"
                client.end_input()
                assert client.wait() == 0
            assert server.wait() == 0
        for side, path in (("server", files[0]), ("client", files[1])):
            digits |= set(re.findall(r"fingerprint +" + FINGERPRINT, replay(path, "--at", f"secret/{side}.derive")))
        assert len(digits) == 1, digits
    listed = subprocess.run([KEYHOLE, "exchange", "--group", "modp768"], capture_output=True, text=True, timeout=LIMIT)
    found = re.findall(r"secret/(?:server|client)\.derive .*fingerprint " + FINGERPRINT, listed.stdout)
    assert len(found) == 2 and found[0] == found[1], found


@check
def in_the_middle():
    """Two handshakes: the relay reads and alters, the fingerprints differ, both recordings replay."""
    for group, mode in (("modp768", "cbc"), ("ffdhe2048", "ctr"), ("modp768", "ecb")):
        with tempfile.TemporaryDirectory() as folder, Server("--group", group, "--mode", mode) as server, \
                Relay(server.port, "--replace", "client:ten=a hundred", "--record", os.path.join(folder, "m.json"),
                      "--once") as relay:
            with connect(relay.port) as client:
                client.type("I owe you ten, ten!\n\x1b[2J\n")
                assert server.line() == "client> I owe you a hundred, a hundred!"
                assert server.line() == "client> \\x1B[2J"
                server.type("thank you\n")
                assert client.line() == "server> thank you"
                assert [relay.line() for _ in range(3)] == ["client> I owe you ten, ten!", "client> \\x1B[2J",
                                                            "server> thank you"]
                ends = [end.error_line("fingerprint with .*: " + FINGERPRINT).group(1) for end in (client, server)]
                seen = [relay.error_line(f"fingerprint with the {end}: " + FINGERPRINT).group(1)
                        for end in ("client", "server")]
                assert seen == ends and ends[0] != ends[1], (seen, ends)
                client.end_input()
                assert client.wait() == 0
            assert relay.wait() == 0
            with_client = replay(os.path.join(folder, "m.client.json"))
            with_server = replay(os.path.join(folder, "m.server.json"))
            assert "I owe you ten" in with_client and "a hundred" not in with_client
            assert "a hundred" in with_server and "ten, ten" not in with_server


@check
def echo_through_the_relay():
    """Many lines and a bye at once: every reply still arrives, in both modes."""
    with Server("--echo", "--group", "toy23") as server:
        for extra in ([], ["--quiet"]):
            with Relay(server.port, *extra) as relay, tempfile.TemporaryFile() as file:
                lines = [f"line {i} " + "y" * 300 for i in range(300)] + ["", "z" * 200_000]
                file.write("\n".join(lines + [""]).encode())
                file.seek(0)
                with Program("connect", f"127.0.0.1:{relay.port}", stdin=file) as client:
                    assert rest(client) == ["server> " + line for line in lines]
                    assert client.wait() == 0


@check
def a_listener():
    """Quiet: the same bytes, the same fingerprint at both ends, and a recording without a secret."""
    with tempfile.TemporaryDirectory() as folder, Server("--echo", "--group", "modp768") as server:
        path = os.path.join(folder, "heard.json")
        with Relay(server.port, "--quiet", "--record", path, "--once") as relay:
            with connect(relay.port) as client:
                client.type("This is a message\n")
                assert client.line() == "server> This is a message"
                ends = {end.error_line("fingerprint with .*: " + FINGERPRINT).group(1) for end in (client, server)}
                heard = relay.error_line("eavesdropper knows p .768 bits.*fingerprint " + FINGERPRINT).group(1)
                assert ends == {heard}, (ends, heard)
                client.end_input()
                assert client.wait() == 0
            assert relay.wait() == 0
            lines = rest(relay)
            heard = [line.split(":")[0].split(" (")[0] for line in lines]
            heard[1:3] = sorted(heard[1:3])  # neither end waits for the other's public key before it sends its own
            assert heard == ["server> params", "client> public_key", "server> public_key", "client> message 1",
                             "server> message 1", "client> bye", "server> bye"], lines
            assert not any("This is" in line for line in lines)
        text = open(path).read()
        assert "private_key" not in text and "shared" not in text and "This is" not in text
        steps = replay(path)
        assert "message.2/frame" in steps and "secret" not in steps and "decrypt" not in steps
        replay(path, "--csv", os.path.join(folder, "csv"))
        done = subprocess.run([KEYHOLE, "verify", os.path.join(folder, "csv")], capture_output=True, timeout=LIMIT)
        assert done.returncode == 0, done


@check
def turned_bits():
    """A bit turned on the way: ctr and cbc's IV change the text, nobody notices; broken padding is refused."""
    for mode, flip, expected in (("ctr", "client:1:1", "cad text"), ("cbc", "client:1:iv1:8", "cad text"),
                                 ("ctr", "client:1:2:7", "bcd text"), ("cbc", "client:1:99", "bad text")):
        with Server("--group", "toy23", "--mode", mode) as server, \
                Relay(server.port, "--quiet", "--flip", flip) as relay, connect(relay.port) as client:
            client.type("bad text\n")
            assert server.line() == "client> " + expected, (mode, flip)
            relay.error_line("no ciphertext byte 99" if flip.endswith("99") else "of the client was turned")
    with Server("--group", "toy23") as server, Relay(server.port, "--quiet", "--flip", "client:1:iv8:1") as relay, \
            connect(relay.port) as client:
        client.type("1234567\n")  # padded with one 01, which becomes 81
        client.error_line("the server refused .bad_ciphertext")
        assert client.wait() == 1


@check
def asked():
    """--ask: each message waits until a line says what becomes of it; at the end of input everything goes on."""
    with Server("--group", "toy23") as server, Relay(server.port, "--ask") as relay, connect(relay.port) as client:
        client.type("one\ntwo\nthree\n")
        relay.error_line(r"message 1 of the client: one \(send")
        relay.type("what?\n")
        relay.error_line("'what\\?' is no answer")
        relay.type("drop\n")
        relay.error_line(r"message 2 of the client: two \(send")
        relay.type("replace zwei\n")
        assert server.line() == "client> zwei"
        server.type("reply\n")
        relay.type("send\nsend\n")
        assert server.line() == "client> three" and client.line() == "server> reply"
        relay.end_input()
        client.type("four\n")
        assert server.line() == "client> four"


@check
def several_at_once():
    """Each client has keys and a number of its own; over --max-sessions a client is turned away; then there is room."""
    with Server("--echo", "--group", "toy23") as server, Relay(server.port, "--max-sessions", "3") as relay:
        peers = [Peer.connect(relay.port).handshake() for _ in range(3)]
        for number, peer in enumerate(peers, 1):
            peer.say(f"from {number}")
            assert peer.hear() == f"from {number}"
        lines = {relay.line() for _ in range(6)}
        assert any(line.startswith("client#3> ") for line in lines), lines
        extra = Peer.connect(relay.port)
        assert extra.receive()["code"] == "busy"
        assert extra.receive() is None
        peers[0].send(type="bye")
        assert peers[0].receive() == {"type": "bye"} and peers[0].receive() is None
        peers[0].close()
        relay.error_line("the client says bye")

        def fourth_handshake():
            try:
                return Peer.connect(relay.port).handshake()
            except (AssertionError, TypeError, OSError):
                return None  # turned away: the first one's place is not free yet
        fourth = wait_until(fourth_handshake)
        fourth.say("late")
        assert fourth.hear() == "late"


@check
def signals():
    """SIGTERM and SIGINT say bye to both ends and leave whole recordings."""
    for number, extra in ((signal.SIGTERM, []), (signal.SIGINT, ["--quiet"])):
        with tempfile.TemporaryDirectory() as folder, Server("--echo", "--group", "toy23") as server, \
                Relay(server.port, "--record", os.path.join(folder, "r.json"), *extra) as relay:
            peers = [Peer.connect(relay.port).handshake() for _ in range(2)]
            for peer in peers:
                peer.say("hello")
                assert peer.hear() == "hello"
            half = Peer.connect(relay.port)
            relay.process.send_signal(number)
            for peer in peers:
                assert peer.receive() == {"type": "bye"}
                peer.close()
            half.close()
            assert relay.wait() == 0
            server.error_line("says bye")
            server.error_line("says bye")
            names = ["r.json", "r.2.json"] if extra else ["r.client.json", "r.server.json", "r.client.2.json", "r.server.2.json"]
            assert sorted(os.listdir(folder)) == sorted(names), os.listdir(folder)
            for name in names:
                assert len(json.load(open(os.path.join(folder, name)))["messages"]) == 2


@check
def once_is_for_the_first_client_alone():
    """Who had come before the first client's handshake was done is sent away then, and ends nothing."""
    for flags in ([], ["--quiet"]):
        with Server("--group", "toy23", "--echo") as server, Relay(server.port, "--once", *flags) as relay:
            waiting = Peer.connect(relay.port)
            assert waiting.receive()["type"] == "params"
            first = Peer.connect(relay.port).handshake()
            while waiting.receive():
                pass
            waiting.close()
            first.say("still here?")
            assert first.hear() == "still here?"
            first.send(type="bye")
            assert first.receive() == {"type": "bye"}
            first.close()
            assert relay.wait() == 0


@check
def nobody_at_the_other_end():
    """A server that is not there: the client hears it, or only the end where the relay is quiet; wrong usage exits 2."""
    for flags, words in (([], {"type": "error", "code": "timeout", "detail": "the other end cannot be reached"}),
                         (["--quiet"], None)):
        with Relay(free_port(), "--once", *flags) as relay:
            client = Peer.connect(relay.port)
            assert client.receive() == words
            assert words is None or client.receive() is None
            relay.error_line(r"^keyhole: error: .*\(.*\)$")
            assert relay.wait() == 3
    for arguments in (["--listen", "127.0.0.1:0"], ["--to", "127.0.0.1:1"], ["--listen", "x", "--to", "127.0.0.1:1"],
                      ["--listen", "127.0.0.1:0", "--to", "127.0.0.1"]):
        assert subprocess.run([KEYHOLE, "relay", *arguments], capture_output=True, timeout=LIMIT).returncode == 2
    ends = ["relay", "--listen", "127.0.0.1:0", "--to", "127.0.0.1:1"]
    for arguments in (["--replace", "x"], ["--replace", "client:x"], ["--replace", "client:=y"], ["--flip", "client:1:1"],
                      ["--quiet", "--replace", "client:a=b"], ["--quiet", "--flip", "client:1"],
                      ["--quiet", "--flip", "client:0:1"], ["--quiet", "--flip", "client:1:1:9"],
                      ["--quiet", "--flip", "client:1:1:"], ["--quiet", "--flip", "client:1:x"],
                      ["--quiet", "--flip", "nobody:1:1"], ["--max-sessions", "0"]):
        done = subprocess.run([KEYHOLE, *ends, *arguments], capture_output=True, text=True, timeout=LIMIT)
        errors = [line for line in done.stderr.splitlines() if line.startswith("keyhole: error: ")]
        assert done.returncode == 2 and len(errors) == 1 and done.stdout == "", (arguments, done)


run_all()
