"""keyhole crack des from outside: the key, the answer no, bad arguments."""

import os
import re
import subprocess
from pathlib import Path

from chat_process import KEYHOLE
from crack_program import KEY, PAIR, check, crack_des, finish, refused
from running import LIMIT

for level in ("", "portable"):
    done = crack_des("--known-key", KEY, "--unknown-bits", "20", level=level)
    check(f"found {level}", done.returncode == 0 and done.stdout == f"key 0x{KEY}\n", done)
check("the rate and the whole key space are told", "keys/s" in done.stderr and "2^56" in done.stderr, done)

# Wherever the key lies, on every instruction set that the CPU has.
def odd_parity(key):
    return sum((byte & 0xFE | (byte & 0xFE).bit_count() % 2 ^ 1) << shift
               for shift in range(0, 64, 8) for byte in [key >> shift & 0xFF])


def encrypt(key, plaintext):
    return subprocess.run([KEYHOLE, "encrypt", "--key", key, "--hex", plaintext], capture_output=True, text=True
                          ).stdout.strip()


flags = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
levels = ["portable"] + ["avx2"] * (" avx2 " in flags) + ["avx512"] * (" avx512f " in flags)
unknown = 0x0000000000FEFEFE
for level in levels:
    for place, value in {"first": 0, "last": unknown, "middle": 0x800000, "before the middle": 0x7EFEFE}.items():
        key = f"{odd_parity(int(KEY, 16) & ~unknown | value):016X}"
        done = subprocess.run(
            [KEYHOLE, "crack", "des", *PAIR[:3], encrypt(key, PAIR[1]), "--known-key", KEY, "--unknown-bits", "21"],
            capture_output=True, text=True, timeout=3 * LIMIT, env=dict(os.environ, KEYHOLE_BITSLICE=level))
        check(f"{level}: the {place} key", done.returncode == 0 and done.stdout == f"key 0x{key}\n", done)

done = crack_des("--known-key", KEY, "--mask", "0101010101010101")
check("parity bits are no key bits", done.returncode == 0 and "0 unknown key bits" in done.stderr
      and "parity bits only" in done.stderr, done)
done = crack_des("--known-key", KEY, "--unknown-bits", "1")
check("one of each", "1 unknown key bit, 2 keys in" in done.stderr, done)
done = crack_des("--known-key", KEY, "--unknown-bits", "1", "--part", "2/3")
check("an empty part", done.returncode == 1 and done.stdout == "no key in this part\n" and "0 keys in" in done.stderr, done)
rates = []
for threads in ([], ["--threads", "1024"]):
    done = crack_des("--known-key", KEY, "--unknown-bits", "18", *threads)
    check(f"found with threads {threads}", done.returncode == 0 and done.stdout == f"key 0x{KEY}\n", done)
    # A slow build searches long enough to tell the rate of the search itself.
    number, prefix = re.search(r"([\d.]+) ([kMG]?) ?keys/s (?:in a trial|over)", done.stderr).groups()
    rates.append(float(number) * {"": 1, "k": 1e3, "M": 1e6, "G": 1e9}[prefix])
check(f"threads beyond the cores multiply no rate: {rates}", rates[1] < 6 * rates[0])

done = crack_des("--known-key", "0x" + KEY.lower(), "--mask", "00000000FF00FF00", "--threads", "3")
check("found by mask", done.stdout == f"key 0x{KEY}\n", done)
done = crack_des("--known-key", KEY, "--unknown-bits", "0")
check("nothing unknown", done.returncode == 0 and done.stdout == f"key 0x{KEY}\n", done)

done = crack_des("--known-key", "333457799BBCDFF1", "--unknown-bits", "18")
check("no key", done.returncode == 1 and done.stdout == "no key in this part\n", done)
done = crack_des("--known-key", "ECCBA8866443200E", "--unknown-bits", "18")
check("no key among the complements without the pair", done.returncode == 1, done)
done = crack_des("--known-key", "ECCBA8866443200E", "--unknown-bits", "18",
             "--plaintext2", "FEDCBA9876543210", "--ciphertext2", subprocess.run(
                 [KEYHOLE, "encrypt", "--key", KEY, "--hex", "FEDCBA9876543210"], capture_output=True, text=True
             ).stdout.strip())
check("found by complementation", done.returncode == 0 and done.stdout == f"key 0x{KEY}\n", done)

parts = [crack_des("--known-key", KEY, "--unknown-bits", "18", "--part", f"{i}/4") for i in range(1, 5)]
check("one part of four holds the key", sorted(part.returncode for part in parts) == [0, 1, 1, 1])

for what, arguments in {
    "short key": ["--known-key", "1334", "--unknown-bits", "8"],
    "known key alone": ["--known-key", KEY],
    "unknown bits alone": ["--unknown-bits", "20"],
    "57 bits": ["--known-key", KEY, "--unknown-bits", "57"],
    "-1 bits": ["--known-key", KEY, "--unknown-bits=-1"],
    "bits and mask": ["--known-key", KEY, "--unknown-bits", "8", "--mask", "00000000000000FE"],
    "bad mask": ["--mask", "FF"],
    "part 0/4": ["--part", "0/4"],
    "part 5/4": ["--part", "5/4"],
    "part 1": ["--part", "1"],
    "part x": ["--part", "1/4x"],
    "no threads": ["--threads", "0"],
    "1025 threads": ["--threads", "1025"],
    "threads beyond any number": ["--threads", "9" * 30],
    "checkpoint without a name": ["--checkpoint", ""],
    "half a pair": ["--plaintext2", "0000000000000000"],
    "the same pair": ["--plaintext2", PAIR[1], "--ciphertext2", PAIR[3]],
    "unknown option": ["--nonsense"],
}.items():
    refused(what, *arguments)
done = crack_des("--known-key", KEY, "--unknown-bits", "8", level="mmx")
check("unknown level", done.returncode == 2 and "mmx" in done.stderr, done)

finish()
