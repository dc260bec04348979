"""To whom a server's lines go: to those who are there, and never to a stranger who comes later."""

from network import Network
from programs import a_chat, connect, in_chat, serve, they_talk
from scene import add
from words import KEPT, NOT_SENT, WITHOUT_A_BYE


def not_sent_to(whom):
    return rf"\b{whom}\b.*{NOT_SENT}|{NOT_SENT}.*\b{whom}\b"


def the_only_client_is_killed():
    """Lines to it, or to all when nobody is there any more, are said not to be sent; the next one gets none of them."""
    with Network() as network:
        server, client = a_chat(network)
        they_talk(client, server, "before")
        client.end()
        server.says(WITHOUT_A_BYE)
        server.type("#1 for the dead\n")
        server.says(not_sent_to("client 1"))
        server.type("for nobody\n")
        server.says(not_sent_to("nobody"))
        another = in_chat(connect(network.client, network.server), server)
        server.type("for the living\n")
        another.prints("server> for the living")
        assert another.printed == ["server> for the living"], another.printed
        another.end_input()
        another.ends(0)
        server.end_input()
        server.ends(0)


def the_end_of_input_is_not_held_up():
    """A line to somebody who is dead keeps serve from nothing."""
    with Network() as network:
        server, client = a_chat(network)
        client.end()
        server.says(WITHOUT_A_BYE)
        server.type("#1 for the dead\n")
        server.end_input()
        server.ends(0)
        server.says(NOT_SENT)


def before_anybody_came():
    """What is typed before the first client is announced as kept, and is that client's."""
    with Network() as network:
        server = serve(network.server)
        server.type("early\nearlier than you\n")
        server.says(KEPT)
        client = in_chat(connect(network.client, network.server), server)
        client.prints("server> earlier than you")
        another = in_chat(connect(network.client, network.server), server)
        server.type("for both\n")
        for each in (client, another):
            each.prints("server> for both")
        assert client.printed == ["server> early", "server> earlier than you", "server> for both"], client.printed
        assert another.printed == ["server> for both"], another.printed


add("serve-killed-client", the_only_client_is_killed)
add("serve-end-of-input", the_end_of_input_is_not_held_up)
add("serve-early-lines", before_anybody_came)
