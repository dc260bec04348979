"""Names with several addresses, of which some are dead, and addresses that people write in their own ways."""

import tempfile
import time

from network import Network, name_addresses
from programs import PORT, OnHost, connect, in_chat, relay, serve, they_talk
from running import LIMIT
from scene import add

DEAD_IPV6, DEAD_IPV4 = "fd00::dead", "10.66.6.6"  # nobody has them: what goes there vanishes
SOON = 3 * LIMIT / 60  # seconds that dialling a name may take, more where the programs are slow


def in_time(begin):
    seconds = time.monotonic() - begin
    assert seconds < SOON, f"after {seconds:.1f} s"


def some_are_dead(dead, lives_on):
    """The first address is dead, the second one good: connect and relay --to find it soon."""
    with tempfile.TemporaryDirectory() as folder, Network("client", "relay", "server") as network:
        good = getattr(network.server, lives_on)
        name_addresses(folder, manifold=[*dead, good])
        server = serve(network.server, address=good)
        begin = time.monotonic()
        client = in_chat(connect(network.client, f"manifold:{PORT}"))
        in_time(begin)
        they_talk(client, server, "direct")
        client.end_input()
        client.ends(0)
        between = relay(network.relay, f"manifold:{PORT}")
        begin = time.monotonic()
        client = in_chat(connect(network.client, network.relay))
        in_time(begin)
        they_talk(client, server, "relayed")
        between.goes_on()


def listening_on_a_name():
    """All of its addresses are listened on."""
    with tempfile.TemporaryDirectory() as folder, Network() as network:
        name_addresses(folder, twofold=[network.server.ipv6, network.server.ipv4])
        server = serve(network.server, address="twofold")
        for address in (network.server.ipv4, f"[{network.server.ipv6}]"):
            client = in_chat(connect(network.client, f"{address}:{PORT}"))
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
        bracketed = OnHost(network.server, "serve", "--host", f"[{network.server.ipv6}]", "--port", str(PORT), "--group", "toy23")
        assert bracketed.wait_for(lambda: bracketed.has_said("listening on|keyhole: error"), LIMIT)
        if bracketed.has_said("listening on"):
            they_talk(in_chat(connect(network.client, f"[{network.server.ipv6}]:{PORT}")), bracketed, "over IPv6")
        else:
            bracketed.ends(2)
            bracketed.says(r"keyhole: error: .*(bracket|\[)")
        refused(network.server, ["--host"], "serve", "--host", "", "--port", str(PORT))
        refused(network.client, ["interface", "%"], "connect", f"[fe80::1]:{PORT}", statuses=(2, 3))


add("name-dead-ipv6", some_are_dead, [DEAD_IPV6], "ipv4")
add("name-two-dead", some_are_dead, [DEAD_IPV6, DEAD_IPV4], "ipv4")
add("name-dead-ipv4", some_are_dead, [DEAD_IPV4], "ipv6")
add("name-listen", listening_on_a_name)
add("name-addresses", ways_to_write_an_address)
