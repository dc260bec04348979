"""Hostile peers: every refusal of docs/protocol.md with its code, floods, garbage, silence; the same server then serves an
honest client. A scripted server does the same to connect."""

import base64
import json
import os
import random
import socket
import struct
import time

from chat_process import LIMIT, Program, Server, check, connected, run_all
from peer import Peer
from running import wait_until

P768 = int("FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
           "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A63A3620FFFFFFFFFFFFFFFF", 16)
KEY = {"type": "public_key", "y": "8"}
# g generates the squares of the safe prime 2039, so that 2039's non-squares are no public keys.
SAFE = ["--p", "2039", "--g", "4"]
NON_SQUARE = next(y for y in range(2, 2037) if pow(y, 1019, 2039) != 1)

keys_server = Server("--echo", *SAFE)
server = Server("--echo", "--group", "toy23")


def refusal(peer):
    """The error that ends this chat, after which nothing comes."""
    while True:
        frame = peer.receive()
        assert frame is not None, "closed without an error"
        if frame["type"] == "error":
            assert set(frame) == {"type", "code", "detail"}, frame
            assert peer.receive() is None
            peer.close()
            return frame


def honest(at=server):
    peer = Peer.connect(at.port).handshake()
    peer.say("still there?")
    assert peer.hear() == "still there?"
    peer.send(type="bye")
    assert peer.receive() == {"type": "bye"}
    peer.close()


def refused_before_keys(data, at=server):
    peer = Peer.connect(at.port)
    peer.take_params()
    peer.send_raw(data)
    return refusal(peer)["code"]


def refused_in_chat(change, at=server):
    peer = Peer.connect(at.port).handshake()
    data = change(peer)
    if isinstance(data, dict):
        peer.send(**data)
    else:
        peer.send_raw(data)
    return refusal(peer)


@check
def bad_frames():
    """No JSON object, wrong or missing fields, no UTF-8: bad_frame."""
    lines = [b"\n", b"hello\n", b"[]\n", b"1\n", b'"x"\n', b"null\n", b"{}\n", b'{"type":1}\n', b'{"type":null}\n',
             b'{"type":"bye"} x\n', b'{"type":"bye"}{"type":"bye"}\n', b'{"type":"bye",}\n', b'{"type":"public_key"}\n',
             b'{"type":"public_key","y":8}\n', b'{"type":"public_key","y":"8"\n', b'{"type":"message","seq":1}\n',
             b'{"type":"message","seq":"1","iv":"","ciphertext":""}\n', b'{"type":"message","seq":true,"ciphertext":""}\n',
             b'{"type":"message","seq":[1],"ciphertext":""}\n', b'{"type":"message","seq":1,"iv":7,"ciphertext":""}\n',
             b'{"type":"message","seq":1e999,"ciphertext":""}\n', b'{"type":"message","seq":1,"iv":null,"ciphertext":""}\n',
             b'{"type":"error","code":"x"}\n',
             b'{"type":"public_key","y":"8","y":"9"}\n', b'{"type":"public_key","y":"\xff"}\n', b"\x00\x01\x02\n",
             b'{"type":"bye"}\x00\n', b'\xef\xbb\xbf{"type":"bye"}\n', b'{"type":"public_key","y":"\\ud800"}\n',
             b'{"type":"bye","x":NaN}\n', b"[" * 200_000 + b"\n", b'{"type":"bye","x":' + b"[" * 200_000 + b"\n",
             b'{"a":' * 200_000 + b"\n", b'{"type":"params"}\n', b"x" * 1_200_000]
    for line in lines:
        code = refused_before_keys(line)
        assert code == "bad_frame", (line[:60], code)
    honest()


@check
def long_lines():
    """A line of 1 MiB is a line, one byte more is not, and nobody waits for its end."""
    fits = b'{"type":"public_key","y":"8","x":"' + b"a" * (2**20 - 36) + b'"}\n'
    assert len(fits) == 2**20 + 1
    peer = Peer.connect(server.port)
    peer.take_params()
    peer.send_raw(fits)
    peer.take_key()
    peer.close()
    peer = Peer.connect(server.port)
    peer.take_params()
    peer.send_raw(b"x" * (2**20 + 1))
    assert refusal(peer)["code"] == "bad_frame"


@check
def unexpected_messages():
    """Unknown types and frames out of turn."""
    message = b'{"type":"message","seq":1,"iv":"AAAAAAAAAAA=","ciphertext":"AAAAAAAAAAA="}\n'
    params = b'{"type":"params","protocol":"keyhole/1","group":"toy23","p":"17","g":"5","kdf":"sha256","mode":"cbc"}\n'
    for line in (message, params, b'{"type":"hello"}\n', b'{"type":"hello","seq":{}}\n', b'{"type":""}\n'):
        assert refused_before_keys(line) == "unexpected_message", line
    assert refused_in_chat(lambda peer: KEY)["code"] == "unexpected_message"
    assert refused_in_chat(lambda peer: params)["code"] == "unexpected_message"
    assert refused_in_chat(lambda peer: {"type": "nonsense"})["code"] == "unexpected_message"
    honest()


@check
def bad_public_keys():
    """Not hex, out of range, outside the subgroup."""
    for y in ("", "0", "1", "16", "17", "0x8", "-8", "8 ", "g", "8.0", "f" * 100_000, "0" * 1000 + "1"):
        code = refused_before_keys(b'{"type":"public_key","y":"%s"}\n' % y.encode())
        assert code == "bad_public_key", (y[:20], code)
    for y in (0, 1, 2038, 2039, NON_SQUARE):
        assert refused_before_keys(b'{"type":"public_key","y":"%x"}\n' % y, keys_server) == "bad_public_key", y
    for y in ("0008", "A", "a"):
        peer = Peer.connect(server.port)
        peer.take_params()
        peer.send(type="public_key", y=y)
        peer.take_key()
        peer.close()
    honest(keys_server)


@check
def bad_sequences():
    """0, a gap, the same again, and numbers that no seq can be."""
    for seq in (0, 2, 2**64 - 1, -1, 2**64, 10**30, 1.5):
        assert refused_in_chat(lambda peer: {**peer.message(b"x"), "seq": seq})["code"] == "bad_sequence"
    def twice(peer):
        peer.say("x")
        peer.hear()
        return {**peer.message(b"x"), "seq": 1}
    assert refused_in_chat(twice)["code"] == "bad_sequence"


@check
def bad_ciphertexts():
    """One and the same answer, whatever was wrong."""
    def changed(**fields):
        return lambda peer: {k: v for k, v in {**peer.message(b"hello"), **fields}.items() if v is not None}

    def no_padding(peer):
        message = peer.message(b"0123456")  # padded with 01; its last byte is changed through the IV
        iv = bytearray(base64.b64decode(message["iv"]))
        iv[7] ^= 1
        return {**message, "iv": base64.b64encode(bytes(iv)).decode()}

    b64 = lambda size: base64.b64encode(os.urandom(size)).decode()
    changes = [changed(iv=None), changed(iv=""), changed(iv=b64(7)), changed(iv=b64(9)), changed(iv="AAAAAAAAAAB="),
               changed(iv="AAAAAAAAAAA"), changed(ciphertext=""), changed(ciphertext=b64(9)), changed(ciphertext="AAAA"),
               changed(ciphertext="!!!!!!!!!!!="), changed(ciphertext="AAAAAAAA AAA="), changed(ciphertext=b64(524304)),
               no_padding, lambda peer: peer.message(b"\xff\xfe"), lambda peer: peer.message(b"\xed\xa0\x80")]
    answers = [refused_in_chat(change) for change in changes]
    assert all(answer == answers[0] for answer in answers), answers
    assert answers[0]["code"] == "bad_ciphertext"
    with Server("--echo", "--group", "toy23", "--mode", "ctr") as counting:
        peer = Peer.connect(counting.port).handshake()
        peer.say("")
        assert peer.hear() == ""
        peer.send(type="message", seq=2, ciphertext="AAAA")
        assert refusal(peer)["code"] == "bad_ciphertext"
    with Server("--echo", "--group", "toy23", "--mode", "ecb") as book:
        assert refused_in_chat(changed(ciphertext=""), book) == answers[0]
        honest(book)
    honest()


@check
def bad_params():
    """A scripted server's parameters, refused by connect, at once even where they are huge."""
    good = dict(type="params", protocol="keyhole/1", group="custom", p="17", g="5", kdf="sha256", mode="cbc")
    changes = [dict(p="16"), dict(p="3", g="2"), dict(p="15"), dict(p="0"), dict(p="xyz"), dict(p=""), dict(g="1"),
               dict(g="16"), dict(g="17"), dict(g="0"), dict(g="-5"), dict(g="g"), dict(kdf="md5"), dict(mode="xts"),
               dict(protocol="keyhole/2"), dict(p="%x" % (2**8192 + 1)), dict(p="f" * 1_000_000),
               dict(p="%x" % (2**8191 + 1)), dict(p="%x" % (P768 + 2))]
    for change in changes:
        with connected() as (client, connection):
            peer = Peer(connection)
            started = time.monotonic()
            peer.send(**{**good, **change})
            assert refusal(peer)["code"] == "bad_params", str(change)[:60]
            assert time.monotonic() - started < 10
            assert client.wait() == 1


@check
def connect_refuses_too():
    """A scripted server that breaks the other rules."""
    def against(script):
        with connected() as (client, connection):
            peer = Peer(connection)
            script(peer)
            code = refusal(peer)["code"]
            assert client.wait() == 1
            return code

    def bad_key(peer):
        peer.offer("toy23", 23, 5)
        peer.send(type="public_key", y="1")

    def second_params(peer):
        peer.offer("toy23", 23, 5)
        peer.offer("toy23", 23, 5)

    assert against(lambda peer: peer.send(**KEY)) == "unexpected_message"
    assert against(lambda peer: peer.send_raw(b"HTTP/1.1 200 OK\r\n")) == "bad_frame"
    assert against(bad_key) == "bad_public_key"
    assert against(second_params) == "unexpected_message"


@check
def crowd_of_vandals():
    """200 connections that send random bytes and vanish, half of them with a reset."""
    source = random.Random(4646)
    for i in range(200):
        connection = socket.create_connection(("127.0.0.1", server.port), timeout=LIMIT)
        connection.sendall(source.randbytes(source.randrange(1, 2000)))
        if i % 2:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()

    def is_served():
        try:
            honest()
            return True
        except (AssertionError, OSError, TypeError):
            return False  # the last vandals may still have their places
    assert wait_until(is_served)


@check
def slow_and_deaf_peers():
    """One that sends byte by byte and one that never reads disturb nobody."""
    server = Server("--echo", "--group", "toy23", "--mode", "ecb")  # a flood of one letter is made at once
    slow, deaf = Peer.connect(server.port), Peer.connect(server.port).handshake()
    slow.take_params()
    deaf.socket.setblocking(False)
    flood = b"".join(b"%s\n" % json.dumps(deaf.message(b"z" * 20_000)).encode() for _ in range(200))
    sent = 0
    try:
        while sent < len(flood):
            sent += deaf.socket.send(flood[sent:sent + 65536])
    except BlockingIOError:
        pass
    line = b'{"type":"public_key","y":"%x"}\n' % slow.y
    for i in range(len(line)):
        slow.send_raw(line[i:i + 1])
        if i % 8 == 0:
            honest(server)
    slow.take_key()
    slow.say("slow")
    assert slow.hear() == "slow"
    slow.close()
    deaf.close()
    honest(server)


run_all()
