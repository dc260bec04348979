"""A relay says what it lost, and tells each end what became of the other."""

from network import Network
from programs import connect, in_chat, relay, serve, they_talk
from scene import add
from words import FALSE_CAUSES, FALSE_PROGRAMS, LOST_ON_THE_WAY, NOT_HEARD, OTHER_END_GONE, SERVER_AWAY, WITHOUT_A_BYE

TOLD_WITHIN = 75  # seconds: a minute, and what a busy machine adds
BOTH_KINDS = (("middle", ()), ("quiet", ("--quiet",)))


class Between(Network):
    """A chat through a relay."""

    def __init__(self, *extra):
        super().__init__("client", "relay", "server")
        self.serving = serve(self.server)
        self.relaying = relay(self.relay, self.server, *extra)
        self.relaying.is_quiet = "--quiet" in extra
        self.chatting = in_chat(connect(self.client, self.relay), self.serving)
        they_talk(self.chatting, self.serving, "before")

    def passed(self):
        return list(self.relaying.printed)


def lost_towards(side, chat, speaker, *statuses):
    """That side's cable fails: what is said towards it is lost, never printed as passed, and the client ends."""
    everything = 5 if chat.relaying.is_quiet else 2  # lines of the handshake, and one text each way
    assert chat.relaying.wait_for(lambda: len(chat.passed()) >= everything, TOLD_WITHIN), chat.passed()
    before = chat.passed()
    chat.router.cut(side)
    speaker.type("into the void\n")
    chat.relaying.says(LOST_ON_THE_WAY, within=TOLD_WITHIN)
    chat.chatting.ends(*statuses, within=TOLD_WITHIN)
    assert chat.passed() == before, (before, chat.passed())
    chat.relaying.goes_on()


def the_servers_cable_fails(*extra):
    """The client's line is not printed as passed, it is said to be lost, and the client is not told bye."""
    with Between(*extra) as chat:
        lost_towards("server", chat, chat.chatting, 1, 3)
        chat.chatting.says(OTHER_END_GONE)
        chat.chatting.never_says(f"server says bye|{FALSE_PROGRAMS}")
        chat.relaying.never_says(f"server says bye|{FALSE_CAUSES}")
        chat.serving.says(NOT_HEARD, within=TOLD_WITHIN)


def the_clients_cable_fails(*extra):
    """The other way round: the server's line is lost, and the server learns that its client is gone."""
    with Between(*extra) as chat:
        lost_towards("client", chat, chat.serving, 3)
        chat.relaying.never_says(f"client says bye|{FALSE_CAUSES}")
        chat.serving.says(f"client.*(gone|lost|timeout|{WITHOUT_A_BYE}|{NOT_HEARD})")
        chat.serving.never_says("client says bye")


def the_server_is_killed(*extra):
    """The client is told what it was: an end without a bye."""
    with Between(*extra) as chat:
        chat.serving.end()
        chat.chatting.ends(1, 3)
        chat.chatting.says(WITHOUT_A_BYE)
        chat.relaying.says(WITHOUT_A_BYE)
        for program in (chat.chatting, chat.relaying):
            program.never_says("server says bye")
        chat.relaying.goes_on()


def the_server_is_away(drops, *extra):
    """Nobody listens there, or the cable is out: the client learns that it is the server that is away."""
    with Network("client", "relay", "server") as network:
        between = relay(network.relay, network.server, *extra)
        if drops:
            network.router.cut("server")
        client = connect(network.client, network.relay)
        client.ends(1, 3, within=TOLD_WITHIN)
        client.says(SERVER_AWAY)
        client.never_says(FALSE_CAUSES)
        between.goes_on()
        between.says("server")
        between.never_says(FALSE_CAUSES)


for kind, extra in BOTH_KINDS:
    add(f"relay-{kind}-server-cut", the_servers_cable_fails, *extra)
    add(f"relay-{kind}-client-cut", the_clients_cable_fails, *extra)
    add(f"relay-{kind}-server-killed", the_server_is_killed, *extra)
    add(f"relay-{kind}-server-away", the_server_is_away, False, *extra)
    add(f"relay-{kind}-server-unreachable", the_server_is_away, True, *extra)
