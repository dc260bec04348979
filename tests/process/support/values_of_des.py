"""DES as a student has it: the tables of FIPS 46-3, which are read from the tree as text, and nothing that the program computes."""

import os
import re
from pathlib import Path

SOURCE = Path(os.environ.get("KEYHOLE_SOURCE_DIR", Path(__file__).resolve().parents[3]))

TABLES = (SOURCE / "core/des/des_tables.hpp").read_text(encoding="utf-8")


def table(name):
    body = re.search(rf"> {name} = \{{(.*?)\}};", TABLES, re.DOTALL).group(1)
    return [int(number) for number in re.findall(r"\d+", body)]


BOXES = [[int(n) for n in re.findall(r"\d+", row)] for row in re.findall(r"\{\{([\d, ]+)\}\}", TABLES.split("s_boxes", 1)[1])]


def select(value, width, places):
    bits = f"{value:0{width}b}"
    return int("".join(bits[place - 1] for place in places), 2)


def turned(half, count):
    return (half << count | half >> (28 - count)) & 0xFFFFFFF


def odd_parity(raw):
    return int.from_bytes(bytes((b & 0xFE) | (bin(b & 0xFE).count("1") + 1) % 2 for b in raw.to_bytes(8, "big")), "big")


def subkeys(key):
    halves = select(key, 64, table("pc1_table"))
    c, d = halves >> 28, halves & 0xFFFFFFF
    made = []
    for shift in table("shift_table"):
        c, d = turned(c, shift), turned(d, shift)
        made.append(select(c << 28 | d, 56, table("pc2_table")))
    return made
