"""Lines of a chat as a pcap file: Ethernet, IPv4, TCP, one segment a line."""

import struct


def pcap(lines, lost=()):
    """`lines`: (from_client, text) each. `lost` numbers those, from 0, whose segment the capture does not have."""
    seq = {True: 100, False: 900}
    out = [struct.pack("<IHHIIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)]

    def packet(client, flags, payload=b"", kept=True):
        ports = (40000, 4646) if client else (4646, 40000)
        tcp = struct.pack(">HHIIBBHHH", *ports, seq[client], seq[not client], 5 << 4, flags, 512, 0, 0) + payload
        ip = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(tcp), 0, 0, 64, 6, 0, b"\x7f\0\0\1", b"\x7f\0\0\1") + tcp
        frame = bytes(12) + b"\x08\0" + ip
        if kept:
            out.append(struct.pack("<IIII", len(out), 0, len(frame), len(frame)) + frame)
        seq[client] += len(payload) + (1 if flags & 3 else 0)

    packet(True, 0x02)
    packet(False, 0x12)
    for number, (client, text) in enumerate(lines):
        packet(client, 0x18, text.encode() + b"\n", number not in lost)
    packet(True, 0x11)
    packet(False, 0x11)
    return b"".join(out)
