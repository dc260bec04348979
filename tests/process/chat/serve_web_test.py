"""keyhole serve --web: the chat through a WebSocket, a line of keyhole/1 a text, beside clients over TCP."""

import hashlib
import json

from chat_process import Server, check, run_all
from class_program import Class
from peer import Peer
from web_client import BINARY, WebSocket, request

FINGERPRINT = r"((?:\d{5} ?){5})"


class WebServer(Server):
    def __init__(self, *arguments):
        super().__init__("--group", "toy23", "--web", "0", *arguments)
        self.web = int(self.error_line(r"ws://127\.0\.0\.1:(\d+)/keyhole").group(1))


class WebPeer(Peer):
    """The same peer with its lines as texts of a WebSocket."""

    def __init__(self, port):
        self.link = WebSocket(port, "/keyhole")
        self.sent = self.received = 0

    def send_raw(self, data):
        self.link.frame(1, data.rstrip(b"\n"))

    def receive(self):
        text = self.link.text()
        assert text is None or "\n" not in text
        return json.loads(text) if text else None

    def fingerprint(self):
        """As docs/protocol.md has it; this peer is the client."""
        size = (self.p.bit_length() + 7) // 8
        numbers = b"".join(n.to_bytes(size, "big") for n in (self.p, self.g, self.theirs, self.y))
        digest = hashlib.sha256(b"keyhole/1 fingerprint\0" + numbers).digest()
        return " ".join(f"{int.from_bytes(digest[5 * i:5 * i + 5], 'big') % 100000:05}" for i in range(5))


@check
def a_chat_over_a_websocket_has_the_same_fingerprint_at_both_ends():
    with WebServer() as server:
        client = WebPeer(server.web).handshake()
        seen = server.error_line("fingerprint with client: " + FINGERPRINT).group(1)
        assert seen.strip() == client.fingerprint()
        client.say("Hello from a browser, ä")
        assert server.line() == "client> Hello from a browser, ä"
        server.type("Hello back\n")
        assert client.hear() == "Hello back"
        client.send(type="bye")
        assert client.receive() == {"type": "bye"}
        assert client.link.end() == (1000, "")
        server.error_line("client says bye")


@check
def both_doors_lead_to_one_room():
    with WebServer() as server:
        first = WebPeer(server.web).handshake()
        server.error_line("client connected")
        second = Peer.connect(server.port).handshake()
        server.error_line("client#2 connected")
        server.type("To all\n")
        assert first.hear() == second.hear() == "To all"
        second.say("From TCP")
        assert server.line() == "client#2> From TCP"


@check
def a_large_message_comes_through_whole():
    with WebServer("--echo") as server:
        client = WebPeer(server.web).handshake()
        text = "abcdefgh" * 20000
        client.say(text)
        assert client.hear() == text


@check
def what_is_no_line_is_refused_as_over_tcp():
    with WebServer() as server:
        client = WebPeer(server.web)
        client.take_params()
        client.send_raw(b"no json")
        while (frame := client.receive())["type"] != "error":
            pass
        assert frame["code"] == "bad_frame"
        assert client.link.end()[0] == 1000
        other = WebSocket(server.web, "/keyhole")
        other.frame(BINARY, b"{}")
        assert other.end()[0] == 1003
        WebPeer(server.web).handshake()
        server.error_line("client connected")


@check
def a_full_server_says_busy():
    with WebServer("--max-sessions", "1") as server:
        first = WebPeer(server.web).handshake()
        server.error_line("client connected")
        late = WebPeer(server.web)
        assert late.receive()["code"] == "busy"
        first.say("still here")
        assert server.line() == "client> still here"


@check
def the_end_says_bye_to_browsers_too():
    with WebServer() as server:
        client = WebPeer(server.web).handshake()
        server.error_line("client connected")
        server.end_input()
        assert client.receive() == {"type": "bye"}
        client.send(type="bye")
        assert client.link.end() == (1000, "")
        assert server.wait() == 0


@check
def the_front_page_leads_to_the_window():
    with WebServer() as server:
        status, fields, _ = request(server.web)
        assert status == 303 and fields["location"] == f"/window?connect=127.0.0.1:{server.web}"
        assert request(server.web, "/window")[0] in (200, 503)
        assert request(server.web, "/recording.json")[0] == 404


@check
def a_class_has_a_chat_partner_that_says_everything_back():
    with Class() as lesson:
        client = WebPeer(lesson.port).handshake()
        seen = lesson.error_line("fingerprint with chat#1: " + FINGERPRINT).group(1)
        assert seen.strip() == client.fingerprint()
        client.say("Hello class")
        assert lesson.told("chat")["text"] == "Hello class"
        assert client.hear() == "Hello class"


run_all()
