"""Names with several addresses, of which some are dead, and addresses that people write in their own ways."""

import tempfile
import time

from network import Network, name_addresses
from programs import PORT, OnHost, connect, in_chat, relay, serve, they_talk
from running import LIMIT
from scene import add

DEAD_IPV6, DEAD_IPV4 = "fd00::dead", "10.66.6.6"  # nobody has them: what goes there vanishes
SOON = 10  # seconds; a dead address that is waited for takes thirty


def seconds_to_dial(network, server, to):
    """Until the chat is open; then it is over."""
    begin = time.monotonic()
    client = in_chat(connect(network.client, to), server)
    seconds = time.monotonic() - begin
    they_talk(client, server, f"by {to if isinstance(to, str) else to.name}")
    client.end_input()
    client.ends(0)
    return seconds


def some_are_dead(dead, lives_on):
    """The first address is dead, the second one good: connect and relay --to find it soon."""
    with tempfile.TemporaryDirectory() as folder, Network("client", "relay", "server") as network:
        good = getattr(network.server, lives_on)
        name_addresses(folder, manifold=[*dead, good])
        server = serve(network.server, address=good)
        usual = seconds_to_dial(network, server, f"[{good}]:{PORT}" if ":" in good else f"{good}:{PORT}")
        between = relay(network.relay, f"manifold:{PORT}")
        for to in (f"manifold:{PORT}", network.relay):
            seconds = seconds_to_dial(network, server, to)
            assert seconds < SOON + 3 * usual, f"{seconds:.1f} s, and an address takes {usual:.1f} s"
        between.goes_on()


def listening_on_a_name():
    """All of its addresses are listened on."""
    with tempfile.TemporaryDirectory() as folder, Network() as network:
        name_addresses(folder, twofold=[network.server.ipv6, network.server.ipv4])
        server = serve(network.server, address="twofold")
        for address in (network.server.ipv4, f"[{network.server.ipv6}]"):
            client = in_chat(connect(network.client, f"{address}:{PORT}"), server)
            they_talk(client, server, f"over {address}")


def refused(host, words, *arguments, statuses=(2,)):
    """One line says why."""
    program = OnHost(host, *arguments)
    program.ends(*statuses)
    errors = [line for line in program.said if line.startswith("keyhole: error: ")]
    assert len(errors) == 1 and not program.printed, (arguments, program.said)
    assert any(word in errors[0] for word in words), (arguments, errors)


def ways_to_write_an_address():
    """Brackets, nothing at all, and a link-local address without its interface."""
    with Network() as network:
        server = OnHost(network.server, "serve", "--host", f"[{network.server.ipv6}]", "--port", str(PORT), "--group", "toy23")
        assert server.wait_for(lambda: server.has_said("listening on|keyhole: error"), LIMIT)
        if server.has_said("listening on"):
            they_talk(in_chat(connect(network.client, f"[{network.server.ipv6}]:{PORT}"), server), server, "over IPv6")
        else:
            server.ends(2)
            server.says(r"keyhole: error: .*(bracket|\[)")
        refused(network.server, ["host"], "serve", "--host", "", "--port", str(PORT))
        refused(network.client, ["interface", "%"], "connect", f"[fe80::1]:{PORT}", statuses=(2, 3))


add("name-dead-ipv6", some_are_dead, [DEAD_IPV6], "ipv4")
add("name-two-dead", some_are_dead, [DEAD_IPV6, DEAD_IPV4], "ipv4")
add("name-dead-ipv4", some_are_dead, [DEAD_IPV4], "ipv6")
add("name-listen", listening_on_a_name)
add("name-addresses", ways_to_write_an_address)
