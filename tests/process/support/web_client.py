"""A WebSocket and HTTP client by hand, with Python's standard library, that can also do what no honest client does."""

import base64
import json
import os
import socket
import struct
import threading

from running import LIMIT

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10


def request(port, path="/", method="GET", host=None, fields=(), raw=None, body=b""):
    """One exchange over HTTP: status, fields by lower-case name, body. `raw`: these bytes instead of a request."""
    with socket.create_connection(("127.0.0.1", port), timeout=LIMIT) as link:
        if raw is None:
            lines = [f"{method} {path} HTTP/1.1", f"Host: {host or f'127.0.0.1:{port}'}", "Connection: close", *fields]
            raw = ("\r\n".join(lines) + "\r\n\r\n").encode() + body
        link.sendall(raw)
        return read_response(link.makefile("rb"), method)


def read_response(reader, method="GET"):
    status = reader.readline().split()
    if len(status) < 2:
        return None, {}, b""
    fields = {}
    while (line := reader.readline().strip()):
        name, value = line.decode().split(":", 1)
        fields[name.lower()] = value.strip()
    length = int(fields.get("content-length", 0))
    return int(status[1]), fields, b"" if method == "HEAD" else reader.read(length)


class Refused(Exception):
    """The server answered the request for a WebSocket with another status."""


class WebSocket:
    def __init__(self, port, path="/lecture", host=None, origin=None, fields=(), receive_buffer=None):
        self.link = socket.socket()
        self.link.settimeout(LIMIT)
        if receive_buffer is not None:
            self.link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.link.connect(("127.0.0.1", port))
        host = host or f"127.0.0.1:{port}"
        head = [f"GET {path} HTTP/1.1", f"Host: {host}", "Upgrade: websocket", "Connection: Upgrade",
                "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}", *fields]
        if origin:
            head.append(f"Origin: {origin}")
        self.link.sendall(("\r\n".join(head) + "\r\n\r\n").encode())
        self.reader = self.link.makefile("rb")
        status = self.reader.readline().split()
        while self.reader.readline().strip():
            pass
        if not status or status[1] != b"101":
            raise Refused(int(status[1]) if status else None)
        self.closed = None  # (code, reason) once the server closed

    def frame(self, kind, data, last=True):
        """One frame, masked as a client's have to be."""
        mask = os.urandom(4)
        size = len(data)
        head = bytes([(0x80 if last else 0) | kind])
        if size < 126:
            head += bytes([0x80 | size])
        elif size < 65536:
            head += bytes([0x80 | 126]) + struct.pack("!H", size)
        else:
            head += bytes([0x80 | 127]) + struct.pack("!Q", size)
        self.link.sendall(head + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(data)))

    def say(self, **line):
        self.frame(TEXT, json.dumps(line, ensure_ascii=False).encode())

    def text(self):
        """The next text, None once the connection is closed. Pings are answered."""
        data = b""
        while not self.closed:
            try:
                head = self.reader.read(2)
                if len(head) < 2:
                    return None
                kind, size = head[0] & 15, head[1] & 127
                if size == 126:
                    size = struct.unpack("!H", self.reader.read(2))[0]
                elif size == 127:
                    size = struct.unpack("!Q", self.reader.read(8))[0]
                payload = self.reader.read(size)
            except ConnectionError:
                return None
            if kind == PING:
                self.frame(PONG, payload)
            elif kind == CLOSE:
                self.closed = (struct.unpack("!H", payload[:2])[0] if len(payload) >= 2 else None, payload[2:].decode())
                try:
                    self.frame(CLOSE, payload[:2])
                except OSError:
                    pass
                self.leave()
                return None
            elif kind in (0, TEXT):
                data += payload
                if head[0] & 0x80:
                    return data.decode()

    def hear(self, kind):
        """The next line of that type; others are passed over. None once the connection is closed."""
        while (text := self.text()) is not None:
            line = json.loads(text)
            if line["type"] == kind:
                return line
        return None

    def end(self):
        """(code, reason) with which the server closes the connection."""
        while self.text() is not None:
            pass
        return self.closed

    def leave(self):
        """Without a word, as a telephone that is switched off."""
        self.reader.close()
        self.link.close()


def all_at_once(count, work):
    """`work(i)` for each i on threads; what they return, in order. The first exception is raised here."""
    results, problems = [None] * count, []

    def one(i):
        try:
            results[i] = work(i)
        except BaseException as problem:  # told in the test's own thread
            problems.append(problem)

    threads = [threading.Thread(target=one, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]
    return results
