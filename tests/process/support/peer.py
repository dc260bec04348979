"""A peer of keyhole/1 written from docs/protocol.md alone: its own DES, its own Diffie-Hellman, no code of keyhole's."""

import base64
import hashlib
import json
import os
import secrets
import socket

from running import LIMIT

# FIPS 46-3, as printed.
IP = [58, 50, 42, 34, 26, 18, 10, 2, 60, 52, 44, 36, 28, 20, 12, 4, 62, 54, 46, 38, 30, 22, 14, 6, 64, 56, 48, 40, 32, 24, 16, 8,
      57, 49, 41, 33, 25, 17, 9, 1, 59, 51, 43, 35, 27, 19, 11, 3, 61, 53, 45, 37, 29, 21, 13, 5, 63, 55, 47, 39, 31, 23, 15, 7]
FP = [IP.index(i) + 1 for i in range(1, 65)]
E = [32, 1, 2, 3, 4, 5, 4, 5, 6, 7, 8, 9, 8, 9, 10, 11, 12, 13, 12, 13, 14, 15, 16, 17,
     16, 17, 18, 19, 20, 21, 20, 21, 22, 23, 24, 25, 24, 25, 26, 27, 28, 29, 28, 29, 30, 31, 32, 1]
P = [16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10, 2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30, 6, 22, 11, 4, 25]
PC1 = [57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2, 59, 51, 43, 35, 27, 19, 11, 3, 60, 52, 44, 36,
       63, 55, 47, 39, 31, 23, 15, 7, 62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45, 37, 29, 21, 13, 5, 28, 20, 12, 4]
PC2 = [14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2,
       41, 52, 31, 37, 47, 55, 30, 40, 51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32]
S = [
    "E4D12FB83A6C59070F74E2D1A6CB953841E8D62BFC973A50FC8249175B3EA06D",
    "F18E6B34972DC05A3D47F28EC01A69B50E7BA4D158C6932FD8A13F42B67C05E9",
    "A09E63F51DC7B428D709346A285ECBF1D6498F30B12C5AE71AD069874FE3B52C",
    "7DE3069A1285BC4FD8B56F03472C1AE9A690CB7DF13E52843F06A1D8945BC72E",
    "2C417AB6853FD0E9EB2C47D150FA3986421BAD78F9C5630EB8C71E2D6F09A453",
    "C1AF92680D34E75BAF427C9561DE0B389EF528C3704A1DB6432C95FABE17608D",
    "4B2EF08D3C975A61D0B7491AE35C2F8614BDC37EAF6805926BD814A7950FE23C",
    "D2846FB1A93E50C71FD8A374C56B0E927B419CE206ADF35821E74A8DFC90356B",
]


def permute(value, width, table):
    out = 0
    for place in table:
        out = out << 1 | value >> (width - place) & 1
    return out


def expand(table, width, byte_index):
    """A permutation of one input byte, for all its 256 values."""
    return [permute(b << (width - 8 * byte_index - 8), width, table) for b in range(256)]


IP_BYTES = [expand(IP, 64, i) for i in range(8)]
FP_BYTES = [expand(FP, 64, i) for i in range(8)]
E_BYTES = [expand(E, 32, i) for i in range(4)]


def box(n, six):
    row, column = six >> 5 << 1 | six & 1, six >> 1 & 15
    return int(S[n][16 * row + column], 16)


SP = [[permute(box(n, six) << (28 - 4 * n), 32, P) for six in range(64)] for n in range(8)]


def subkeys(key):
    bits = permute(int.from_bytes(key, "big"), 64, PC1)
    c, d = bits >> 28, bits & 0xFFFFFFF
    out = []
    for shift in (1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1):
        c = (c << shift | c >> (28 - shift)) & 0xFFFFFFF
        d = (d << shift | d >> (28 - shift)) & 0xFFFFFFF
        out.append(permute(c << 28 | d, 56, PC2))
    return out


def des(block, keys):
    state = 0
    for i in range(8):
        state |= IP_BYTES[i][block >> (56 - 8 * i) & 255]
    left, right = state >> 32, state & 0xFFFFFFFF
    for k in keys:
        m = k ^ E_BYTES[0][right >> 24] ^ E_BYTES[1][right >> 16 & 255] ^ E_BYTES[2][right >> 8 & 255] ^ E_BYTES[3][right & 255]
        f = 0
        for n in range(8):
            f |= SP[n][m >> (42 - 6 * n) & 63]
        left, right = right, left ^ f
    state = right << 32 | left
    out = 0
    for i in range(8):
        out |= FP_BYTES[i][state >> (56 - 8 * i) & 255]
    return out


def blocks(data):
    return [int.from_bytes(data[i:i + 8], "big") for i in range(0, len(data), 8)]


def ecb_encrypt(key, iv, data):
    keys = subkeys(key)
    book = {b: des(b, keys).to_bytes(8, "big") for b in set(blocks(data))}
    return b"".join(book[b] for b in blocks(data))


def ecb_decrypt(key, iv, data):
    keys = subkeys(key)[::-1]
    return b"".join(des(b, keys).to_bytes(8, "big") for b in blocks(data))


def cbc_encrypt(key, iv, data):
    keys, previous, out = subkeys(key), int.from_bytes(iv, "big"), []
    for b in blocks(data):
        previous = des(b ^ previous, keys)
        out.append(previous.to_bytes(8, "big"))
    return b"".join(out)


def cbc_decrypt(key, iv, data):
    keys, previous, out = subkeys(key)[::-1], int.from_bytes(iv, "big"), []
    for b in blocks(data):
        out.append((des(b, keys) ^ previous).to_bytes(8, "big"))
        previous = b
    return b"".join(out)


def ctr(key, iv, data):
    keys, counter, out = subkeys(key), int.from_bytes(iv, "big"), bytearray()
    for i in range(0, len(data), 8):
        stream = des(counter, keys).to_bytes(8, "big")
        out += bytes(a ^ b for a, b in zip(data[i:i + 8], stream))
        counter = (counter + 1) % 2**64
    return bytes(out)


def derive(z, p, kdf):
    if kdf == "sha256":
        raw = hashlib.sha256(z.to_bytes((p.bit_length() + 7) // 8, "big")).digest()[:8]
    else:
        raw = (z % 2**64).to_bytes(8, "big")
    return bytes(b & 254 | (bin(b >> 1).count("1") + 1) % 2 for b in raw)


class Peer:
    """One end of a chat over a connected socket. `receive` gives frames; `texts` of messages go through say and hear."""

    def __init__(self, connection, timeout=LIMIT):
        connection.settimeout(timeout)
        self.socket, self.timeout = connection, timeout
        self.reader = connection.makefile("rb")
        self.sent = self.received = 0

    @classmethod
    def connect(cls, port, **options):
        return cls(socket.create_connection(("127.0.0.1", port), timeout=LIMIT), **options)

    def send_raw(self, data):
        self.socket.sendall(data)

    def send(self, **frame):
        self.send_raw(json.dumps(frame).encode() + b"\n")

    def receive(self):
        """The next frame; None at the end."""
        line = self.reader.readline()
        return json.loads(line.decode("utf-8")) if line else None

    def close(self):
        self.reader.close()
        self.socket.close()

    def take_params(self):
        frame = self.receive()
        assert frame["type"] == "params" and frame["protocol"] == "keyhole/1", frame
        self.set_params(int(frame["p"], 16), int(frame["g"], 16), frame["kdf"], frame["mode"])
        return frame

    def set_params(self, p, g, kdf, mode):
        self.p, self.g, self.kdf, self.mode = p, g, kdf, mode
        while True:
            self.x = secrets.randbelow(p - 3) + 2
            self.y = pow(g, self.x, p)
            if 2 <= self.y <= p - 2:
                return

    def offer(self, group, p, g, kdf="sha256", mode="cbc", **changes):
        """A server's params, with fields changed at will."""
        self.set_params(p, g, kdf, mode)
        frame = dict(type="params", protocol="keyhole/1", group=group, p="%x" % p, g="%x" % g, kdf=kdf, mode=mode)
        self.send(**{**frame, **changes})

    def send_key(self):
        self.send(type="public_key", y="%x" % self.y)

    def take_key(self):
        frame = self.receive()
        assert frame["type"] == "public_key", frame
        self.theirs = int(frame["y"], 16)
        self.key = derive(pow(self.theirs, self.x, self.p), self.p, self.kdf)

    def handshake(self, key_first=True):
        self.take_params()
        if key_first:
            self.send_key()
            self.take_key()
        else:
            self.take_key()
            self.send_key()
        return self

    def encipher(self, data, iv):
        if self.mode == "ctr":
            return ctr(self.key, iv, data)
        padding = 8 - len(data) % 8
        data += bytes([padding]) * padding
        return (cbc_encrypt if self.mode == "cbc" else ecb_encrypt)(self.key, iv, data)

    def message(self, data):
        """The frame of the next message whose plaintext is these bytes."""
        self.sent += 1
        iv = os.urandom(8)
        frame = dict(type="message", seq=self.sent, iv=base64.b64encode(iv).decode(),
                     ciphertext=base64.b64encode(self.encipher(data, iv)).decode())
        if self.mode == "ecb":
            del frame["iv"]
        return frame

    def say(self, text):
        self.send(**self.message(text.encode("utf-8")))

    def hear(self):
        frame = self.receive()
        assert frame and frame["type"] == "message", frame
        self.received += 1
        assert frame["seq"] == self.received, frame
        data = base64.b64decode(frame["ciphertext"], validate=True)
        if self.mode == "ecb":
            assert "iv" not in frame
            iv = b""
        else:
            iv = base64.b64decode(frame["iv"], validate=True)
            assert len(iv) == 8
        if self.mode == "ctr":
            return ctr(self.key, iv, data).decode("utf-8")
        data = (cbc_decrypt if self.mode == "cbc" else ecb_decrypt)(self.key, iv, data)
        assert 1 <= data[-1] <= 8 and data.endswith(bytes([data[-1]]) * data[-1])
        return data[:-data[-1]].decode("utf-8")
