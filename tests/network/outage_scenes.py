"""The cable is out for a while, or for good, in a chat that stands still."""

import time

from network import Network
from programs import a_chat, connect, in_chat, relay, serve, they_talk
from scene import add
from words import FALSE_CAUSES, NOT_HEARD, TROUBLE

TOLD_WITHIN = 75  # seconds: a minute, and what a busy machine adds
AFTERWARDS = 10  # seconds of silence when the cable is back: an end that gives up late gives up now


def part(client, server):
    """Both end well, and nobody was told of any trouble."""
    client.end_input()
    client.ends(0)
    server.says(r"client(#\d+)? says bye")
    server.end_input()
    server.ends(0)
    for program in (client, server):
        program.never_says(TROUBLE)


def idle(begins, lasts, ways=("from", "to")):
    """A line is said, the cable fails later, and comes back: both go on."""
    with Network() as network:
        server, client = a_chat(network)
        they_talk(client, server, "before")
        time.sleep(begins)
        network.router.cut("client", ways=ways)
        time.sleep(lasts)
        network.router.restore()
        time.sleep(AFTERWARDS)
        they_talk(client, server, "after")
        part(client, server)


def a_chat_that_is_cut(network, begins=0):
    """A line each way, and so many seconds later both cables are out."""
    server, client = a_chat(network)
    they_talk(client, server, "before")
    time.sleep(begins)
    network.router.cut()
    return server, client


def said_meanwhile(lasts):
    """What is typed while the cable is out arrives when it is back."""
    with Network() as network:
        server, client = a_chat_that_is_cut(network)
        client.type("meanwhile of the client\n")
        server.type("meanwhile of the server\n")
        time.sleep(lasts)
        network.router.restore()
        server.prints("client> meanwhile of the client")
        client.prints("server> meanwhile of the server")
        part(client, server)


def idle_through_a_relay(leg, *extra):
    """The same with somebody in the middle, and the cable of either end."""
    with Network("client", "relay", "server") as network:
        server = serve(network.server)
        between = relay(network.relay, network.server, *extra)
        client = in_chat(connect(network.client, network.relay), server)
        they_talk(client, server, "before")
        time.sleep(14)
        network.router.cut(leg)
        time.sleep(12)
        network.router.restore()
        time.sleep(AFTERWARDS)
        they_talk(client, server, "after")
        part(client, server)
        between.goes_on()
        between.never_says(TROUBLE)


def both_are_told(network, server, client, within=TOLD_WITHIN):
    """The client ends with 3; the server says so, goes on, and serves the next one when the cable is back."""
    until = time.monotonic() + within
    client.ends(3, within=within)
    client.says(NOT_HEARD)
    server.says(NOT_HEARD, within=max(0, until - time.monotonic()))
    for program in (client, server):
        program.never_says(FALSE_CAUSES)
    server.goes_on()
    network.router.restore()
    another = in_chat(connect(network.client, network.server), server)
    they_talk(another, server, "anew")
    another.end_input()
    another.ends(0)


def gone(begins):
    """The cable stays out: both are told within a minute, and told the right cause."""
    with Network() as network:
        server, client = a_chat_that_is_cut(network, begins)
        both_are_told(network, server, client)


def three_minutes():
    """The same, and three minutes later the cable is back: nobody changes their mind."""
    with Network() as network:
        server, client = a_chat_that_is_cut(network)
        end = time.monotonic() + 180
        client.ends(3, within=TOLD_WITHIN)
        time.sleep(end - time.monotonic())
        both_are_told(network, server, client)


def forty_seconds():
    """Either end may give up or go on, but both do the same, and nobody is told a wrong cause."""
    with Network() as network:
        server, client = a_chat_that_is_cut(network)
        time.sleep(40)
        network.router.restore()
        time.sleep(30)
        if client.process.poll() is None and not server.has_said(NOT_HEARD):
            they_talk(client, server, "after")
            part(client, server)
        else:
            both_are_told(network, server, client)


for begins in (0, 5, 14):
    for lasts in (5, 12, 25):
        add(f"idle-{begins}-{lasts}", idle, begins, lasts)
add("idle-one-way-from", idle, 14, 12, ("from",))
add("idle-one-way-to", idle, 14, 12, ("to",))
for lasts in (5, 12, 25):
    add(f"said-meanwhile-{lasts}", said_meanwhile, lasts)
for leg in ("client", "server"):
    add(f"idle-relay-{leg}", idle_through_a_relay, leg)
    add(f"idle-quiet-relay-{leg}", idle_through_a_relay, leg, "--quiet")
for begins in (0, 14):
    add(f"gone-{begins}", gone, begins)
add("gone-three-minutes", three_minutes, seconds=360, is_long=True)
add("cut-forty-seconds", forty_seconds, seconds=240, is_long=True)
