"""The real window in a live exchange, stepped by keys, with the other end a scripted peer, `keyhole connect`, `keyhole serve` or
a second window."""

from chat_process import Program, Server, check
from live_window import LiveWindow, has_sent_nothing, listening, step_all
from peer import Peer
from real_window import run_all


@check
def bytes_move_with_the_step():
    """A scripted client reads its socket: empty until the step that sends."""
    window, port = listening()
    with window:
        peer = Peer.connect(port)
        assert has_sent_nothing(peer, port)
        window.step_to("parameters/server.choose")
        assert has_sent_nothing(peer, port)
        window.does("n")
        peer.take_params()
        window.step_to("keys/server.public")
        assert has_sent_nothing(peer, port)
        window.does("n")
        peer.take_key()
        peer.send_key()
        window.step_to("secret/server.derive")
        peer.say("from the script")
        window.step_to("message.1/unpad")
        window.say("from the window")
        window.step_to("message.2/encrypt")
        assert has_sent_nothing(peer, port)
        window.step_to("message.2/frame")
        assert has_sent_nothing(peer, port)
        window.does("n")
        assert peer.hear() == "from the window"
        peer.close()


@check
def any_character_is_said_as_it_was_typed_and_pasted():
    """An emoji, which ImGui's 16 bits do not hold: typed, cut out, and put back twice from the window system's clipboard."""
    window, port = listening()
    with window:
        peer = Peer.connect(port)
        window.step_to("parameters/server.choose")
        window.does("n")
        peer.take_params()
        window.step_to("keys/server.public")
        window.does("n")
        peer.take_key()
        peer.send_key()
        window.step_to("secret/server.derive")
        window.press("7")
        window.fill("e", "\N{GRINNING FACE}")
        window.press("ctrl+a", "ctrl+x", "ctrl+v", "ctrl+v", "Return", "Escape")
        window.step_to("message.1/frame")
        window.does("n")
        assert peer.hear() == 2 * "\N{GRINNING FACE}"
        peer.close()


@check
def window_and_terminal():
    """keyhole connect at the other end; then a second one, after the first was killed."""
    window, port = listening()
    with window:
        for text in ("one", "two"):
            with Program("connect", f"127.0.0.1:{port}") as client:
                window.step_to("secret/server.derive")
                client.error_line("fingerprint")
                client.type(text + "\n")
                window.step_to("message.1/unpad")
                window.say("to " + text)
                window.step_to("message.2/frame")
                window.does("n")
                assert client.line() == "server> to " + text
                client.process.kill()
        assert window.process.poll() is None


@check
def terminal_and_window():
    """keyhole serve at the other end, and a connection anew without a restart."""
    with Server("--group", "toy23", "--echo") as server:
        with LiveWindow("--connect", f"127.0.0.1:{server.port}") as window:
            for _ in range(2):
                window.step_to("secret/client.derive")
                window.say("echo this")
                window.step_to("message.1/frame")
                window.does("n")
                window.step_to("message.2/unpad")
                window.press("7", "c")
                window.shows("connect")


@check
def window_and_window():
    """Both stepped by turns; both come to the same key and hear each other."""
    window, port = listening()
    with window, LiveWindow("--connect", f"127.0.0.1:{port}") as client:
        step_all({window: "secret/server.derive", client: "secret/client.derive"})
        client.say("hello window")
        client.step_to("message.1/frame")
        client.does("n")
        window.step_to("message.1/unpad")


run_all()
