"""Diffie-Hellman as people have it: given private keys, groups and their orders, PEM as openssl writes it, and the words that a
refusal's own side gets."""

import json
import os
import re
import shutil
import subprocess
import tempfile

from chat_process import LIMIT, Listener, Program, Server, check, run_all
from command import finished
from peer import Peer

FIELDS = os.path.join(os.environ["KEYHOLE_SOURCE_DIR"], "assets", "kat", "rfc5114_groups.rsp")


def told(*arguments, status=0):
    """What `group check` prints, by name."""
    done = finished("group", "check", *arguments, status=status)
    return {line[:28].strip(): line[28:] for line in done.stdout.splitlines()}, done.stderr


@check
def a_textbook():
    """A textbook's exchange is one line; its recording replays; keys that are none are refused."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "textbook.json")
        done = finished("exchange", "--p", 479, "--g", 13, "--server-private", 77, "--client-private", "0xC9", "--record", path)
        assert "13 to the power 77 modulo 479 is 299" in done.stdout, done.stdout
        assert "13 to the power 201 modulo 479 is 369" in done.stdout, done.stdout
        assert "369 to the power 77 modulo 479 is 187" in done.stdout, done.stdout
        assert "--server-private makes a private key predictable" in done.stderr, done.stderr
        recording = json.load(open(path))
        assert recording["server"]["private_key"] == "77" and recording["client"]["private_key"] == "201", recording
        assert "is 187" in finished("replay", path).stdout
    for key in ("0", "478", "239", "x"):
        done = finished("exchange", "--p", 479, "--g", 13, "--server-private", key, status=2)
        assert done.stderr.splitlines()[-1].startswith("keyhole: error: "), done.stderr


@check
def a_given_key_in_a_chat():
    """serve and connect take a private key; one that is none of the group ends the program as its user's mistake."""
    with Server("--echo", "--p", "479", "--g", "13", "--private", "77") as server:
        for _ in range(2):
            peer = Peer.connect(server.port)
            peer.take_params()
            assert peer.receive() == {"type": "public_key", "y": "12b"}  # 299
            peer.close()
    listener = Listener()
    with Program("connect", f"127.0.0.1:{listener.port}", "--private", "201") as client:
        peer = Peer(listener.accept())
        peer.offer("custom", 479, 13)
        assert peer.receive() == {"type": "public_key", "y": "171"}  # 369
        peer.send(type="bye")
        assert client.wait() == 0
    with Program("connect", f"127.0.0.1:{listener.port}", "--private", "239") as client:
        peer = Peer(listener.accept())
        peer.offer("custom", 479, 13)
        client.error_line("error: the client's private key 239 is none for this group")
        assert client.wait() == 2
    finished("serve", "--port", 0, "--p", 479, "--g", 13, "--private", 478, status=2)


@check
def orders():
    """group check tells the order of g, or that it does not know it, and warns of few secrets."""
    for g, p, order, prime in ((10, 41, 5, "yes"), (3, 13, 3, "yes"), (2, 31, 5, "yes"), (5, 23, 22, "no"), (2, 23, 11, "yes")):
        found, warning = told("--p", p, "--g", g)
        assert found["order of g"] == str(order) and found["g has prime order"] == prime, found
        assert found["possible secrets"] == f"at most {order}, the powers of g", found
        assert f"at most {order} secrets can come out" in warning, warning
    groups = dict(line.split(" = ") for line in open(FIELDS).read().split("COUNT = 1")[0].splitlines() if " = " in line)
    numbers = ["--p", "0x" + groups["P"], "--g", "0x" + groups["G"]]
    found, warning = told(*numbers)
    assert found["order of g"] == "unknown" and found["g has prime order"] == "unknown" and not warning, (found, warning)
    found, warning = told(*numbers, "--q", "0x" + groups["Q"])
    assert found["g has prime order"] == "yes" and found["g^q = 1"] == "yes" and found["q is prime"] == "yes", found
    found, _ = told("--p", 41, "--g", 10, "--q", 8)
    assert found["g^q = 1"] == "no" and found["q is prime"] == "no" and found["order of g"] == "5", found
    assert "g^q = 1" not in told("--p", 15, "--g", 2, status=1)[0]
    finished("group", "check", "--p", 23, status=2)


@check
def pem():
    """What openssl writes is read; what holds no parameters is refused."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "dh.pem")
        open(path, "w").write("no PEM\n")
        done = finished("group", "check", "--pem", path, status=2)
        assert "holds not Diffie-Hellman parameters" in done.stderr, done.stderr
        finished("group", "check", "--pem", path + ".none", status=3)
        finished("group", "check", "--pem", path, "--p", 23, "--g", 5, status=2)
        if shutil.which("openssl") is None:
            return
        commands = (["dhparam", "-out", path, "512"],
                    ["genpkey", "-genparam", "-algorithm", "DH", "-pkeyopt", "group:ffdhe2048", "-out", path],
                    ["genpkey", "-genparam", "-algorithm", "DHX", "-pkeyopt", "dh_rfc5114:1", "-out", path])
        for command in commands:
            subprocess.run(["openssl", *command], check=True, capture_output=True, timeout=LIMIT)
            found, _ = told("--pem", path)
            assert found["p is prime"] == "yes", found
            if "group:ffdhe2048" in command:
                assert found["named group"].startswith("ffdhe2048"), found
            if "dh_rfc5114:1" in command:
                assert found["q is prime"] == "yes" and found["g has prime order"] == "yes", found
        subprocess.run(["openssl", *commands[0]], check=True, capture_output=True, timeout=LIMIT)
        text = subprocess.run(["openssl", "dhparam", "-in", path, "-noout", "-text"], capture_output=True, text=True,
                              timeout=LIMIT).stdout
        p = re.search(r"(?:P|prime):\s*((?:[0-9a-f]{2}:?\s*)+)", text).group(1)
        assert told("--p", p, "--g", 2)[0]["p is prime"] == "yes", text
        assert "accepted" in finished("exchange", "--pem", path, "--say", "client:x").stdout
        with Server("--echo", "--pem", path) as server:
            peer = Peer.connect(server.port).handshake()
            peer.say("hello")
            assert peer.hear() == "hello"


@check
def the_own_side_is_told():
    """serve says which field and byte was wrong; the peer gets the one answer."""
    with Server("--group", "toy23") as server:
        peer = Peer.connect(server.port).handshake()
        frame = peer.message(b"x")
        frame["iv"] += "\n"
        peer.send(**frame)
        answer = peer.receive()
        assert answer == {"type": "error", "code": "bad_ciphertext", "detail": "the message cannot be deciphered"}, answer
        server.error_line(r"was refused: bad_ciphertext: .*; iv: byte 13 of its base64 is '\\n', a line end")
        peer = Peer.connect(server.port)
        peer.take_params()
        peer.send_raw(b'{"type":"public_key","y":' + b"9" * 600 + b"}\n")
        assert peer.receive()["type"] == "public_key"
        assert peer.receive()["code"] == "bad_frame"
        server.error_line(r"y is a number of 600 characters, where a string is wanted")


run_all()
