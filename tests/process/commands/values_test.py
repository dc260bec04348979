"""Keys and data as people have them, through real processes: every form in and out, pipes, and each refusal word for word.
The values are those of OpenSSL and another DES; where the openssl program is there, it is asked again."""

import base64
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from chat_process import KEYHOLE
from running import LIMIT

VIZ = os.environ["KEYHOLE_VIZ"]
KEY = "6F72636869647321"
TEXT = "meet at 9"
CIPHERTEXTS = {
    "pkcs7": "6B0E8A973973B0D50256E2FC41DE7567",
    "zero": "6B0E8A973973B0D5E42B2C0E33E5F7D4",
    "iso7816": "6B0E8A973973B0D5A9C7EDE287486AEB",
}
PKCS7 = CIPHERTEXTS["pkcs7"]
RAW = bytes.fromhex(PKCS7)
SALTED = b"Salted__" + bytes.fromhex("4DEF44A4203A55C3") + RAW
failures = 0


def run(*arguments, stdin=b"", program=KEYHOLE):
    return subprocess.run([program, *arguments], input=stdin, capture_output=True, timeout=LIMIT)


def check(what, condition, done):
    global failures
    if not condition:
        failures += 1
        print(f"FAILED: {what}", done.returncode, done.stdout[-600:], done.stderr[-600:])


def gives(what, out, *arguments, stdin=b""):
    done = run(*arguments, stdin=stdin)
    check(what, done.returncode == 0 and done.stdout == out, done)
    return done.stderr.decode()


def refused(line, *arguments, status=2, stdin=b"", program=KEYHOLE):
    done = run(*arguments, stdin=stdin, program=program)
    said = [told for told in done.stderr.decode().splitlines() if not told.startswith("keyhole: note: key 0x")]
    check(line, done.returncode == status and done.stdout == b"" and said == [f"keyhole: error: {line}"], done)


def keys():
    line = f"{PKCS7}\n".encode()
    for key in (KEY, KEY.lower(), "0x" + KEY, "6F:72:63:68:69:64:73:21", "6f72 6368\t6964 7321", "6f-72-63-68-69-64-73-21",
                "6F,72,63,68,69,64,73,21", "6F726368\n69647321\n", "0x6F, 0x72, 0x63, 0x68, 0x69, 0x64, 0x73, 0x21"):
        gives(f"key {key!r}", line, "encrypt", "--key", key, "--text", TEXT)
    gives("a key of text", line, "encrypt", "--key-text", "orchids!", "--text", TEXT)
    done = run("trace", "des", "--key-text", "orchids!", "--text", TEXT, "--at", "message.1/encrypt")
    check("trace des takes a key of text", done.returncode == 0 and f"0x{PKCS7}".encode() in done.stdout, done)
    refused("key 'orchids!' is no DES value (it is not all hex digits, 16 are needed; as text its 8 bytes are "
            f"{KEY}: give it with --key-text)", "encrypt", "--key", "orchids!", "--text", TEXT)
    refused("key 'orchid' is no DES value (it is not all hex digits, 16 are needed; as text it has 6 bytes, 8 are needed)",
            "encrypt", "--key", "orchid", "--text", TEXT)
    refused("key text 'schön 12' is no DES value (it has 9 bytes, 8 in UTF-8 are needed; write it like orchids!)",
            "encrypt", "--key-text", "schön 12", "--text", TEXT)
    refused("no key (DES needs one; give --key with 16 hex digits, or --key-text with 8 bytes of text)",
            "encrypt", "--text", TEXT)
    refused("both --key and --key-text (they contradict; give the key in hex or as text)",
            "decrypt", "--key", KEY, "--key-text", "orchids!", "--hex", PKCS7)
    refused("key 'orchids!' is no DES value (it is not all hex digits, 16 are needed; as text its 8 bytes are "
            f"{KEY}: give it with --key-text)", "--key", "orchids!", "--text", TEXT, program=VIZ)


def data_in_and_out(folder):
    cipher = ["encrypt", "--key", KEY, "--text", TEXT]
    plain = ["decrypt", "--key", KEY, "--padding", "pkcs7"]
    in_base64 = base64.b64encode(RAW).decode()
    gives("hex out", f"{PKCS7}\n".encode(), *cipher, "--as", "hex")
    gives("base64 out, in any case", f"{in_base64}\n".encode(), *cipher, "--as", "BASE64")
    gives("raw out", RAW, *cipher, "--as", "raw")
    gives("--out - is standard output", RAW, *cipher, "--out", "-")
    gives("hex to --out -", f"{PKCS7}\n".encode(), *cipher, "--out", "-", "--as", "hex")
    for form, bytes_out in (("raw", RAW), ("hex", f"{PKCS7}\n".encode()), ("base64", f"{in_base64}\n".encode())):
        file = folder / form
        gives(f"{form} into a file", b"", *cipher, "--out", file, "--as", form)
        check(f"{form} in a file", file.read_bytes() == bytes_out, run("--version"))
    gives("raw is what a file gets", b"", *cipher, "--out", folder / "raw2")
    check("raw is what a file gets", (folder / "raw2").read_bytes() == RAW, run("--version"))

    text = TEXT.encode()
    for data in (["--hex", PKCS7], ["--hex", " ".join(PKCS7[i:i + 2] for i in range(0, 32, 2)) + "\n"], ["--base64", in_base64],
                 ["--base64", in_base64[:11] + "\n" + in_base64[11:] + "\n"], ["--base64", in_base64.rstrip("=")],
                 ["--in", folder / "raw"]):
        gives(f"{data} in", text, *plain, *data, "--as", "text")
    gives("standard input", text, *plain, "--in", "-", "--as", "text", stdin=RAW)
    gives("an empty standard input", b"", "encrypt", "--key", KEY, "--in", "-", "--padding",
          "zero", "--as", "raw")
    gives("base64 and files are padded", text, "decrypt", "--key", KEY, "--base64", in_base64, "--as", "text")
    large = bytes(range(256)) * 5000
    encipher = subprocess.Popen([KEYHOLE, "encrypt", "--key", KEY, "--in", "-", "--out", "-"], stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    decipher = subprocess.Popen([KEYHOLE, "decrypt", "--key", KEY, "--in", "-", "--out", "-"], stdin=encipher.stdout,
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    encipher.stdout.close()
    encipher.stdin.write(large)
    encipher.stdin.close()
    back = decipher.communicate(timeout=LIMIT)[0]
    check("through a pipe and back", back == large and encipher.wait(timeout=LIMIT) == 0, run("--version"))

    refused(f"the result is no text (at offset {first_wrong(RAW)} stands the byte {RAW[first_wrong(RAW)]:02X}, which is no "
            "UTF-8; give --as hex, base64 or raw)", *cipher, "--as", "text", status=1)
    refused("--as 'txt' is not known (it is none of Keyhole's; did you mean text? give hex, text, base64 or raw)",
            *cipher, "--as", "txt")
    refused("more than one input (they contradict; give one of --hex, --text, --base64 and --in)",
            *cipher, "--base64", in_base64)
    refused("'a*b=' is not base64 (character 2, '*', is no character of it; write A-Z, a-z, 0-9, + and /)",
            *plain, "--base64", "a*b=")
    refused(f"cannot read {folder}/none (No such file or directory; check the name)", *plain, "--in", folder / "none",
            status=3)
    check("no file is named -", not Path("-").exists(), run("--version"))


def first_wrong(data):
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return error.start
    return None


def what_decrypt_shows():
    said = gives("hex on stdout", b"6D6565742061742039\n", "decrypt", "--key", KEY, "--hex", PKCS7, "--padding", "pkcs7")
    assert said.endswith(f"keyhole: note: as text: {TEXT}\n"), said
    said = gives("no text, no note", f"{PKCS7}\n".encode(), "decrypt", "--key", KEY, "--hex",
                 run("encrypt", "--key", KEY, "--hex", PKCS7).stdout.decode())
    assert "as text" not in said, said
    control = run("encrypt", "--key", KEY, "--hex", "1B5B324A1B5B324A").stdout.decode()
    said = gives("no escape reaches a terminal", b"1B5B324A1B5B324A\n", "decrypt", "--key", KEY, "--hex", control)
    assert "\x1b" not in said, said


def paddings():
    for padding, ciphertext in CIPHERTEXTS.items():
        for name in (padding, padding.upper()):
            gives(padding, f"{ciphertext}\n".encode(), "encrypt", "--key", KEY, "--text", TEXT, "--padding", name)
        gives(f"{padding} comes off", TEXT.encode(), "decrypt", "--key", KEY, "--hex", ciphertext, "--padding", padding, "--as",
              "text")
        added = run("trace", "des", "--key", KEY, "--text", TEXT, "--padding", padding, "--at", "message.1/pad").stdout
        assert b"Padding" in added or b"padding" in added, added
    said = gives("zeros at the end", b"41\n", "decrypt", "--key", KEY, "--padding", "zero", "--hex",
                 run("encrypt", "--key", KEY, "--padding", "zero", "--hex", "410000").stdout.decode())
    assert "7 zero bytes were taken off, and nothing tells whether that was padding or the message's own end" in said, said
    said = run("encrypt", "--key", KEY, "--padding", "zero", "--hex", "410000").stderr.decode()
    assert "the message itself ends in 2 zero bytes" in said, said
    refused("the padding is wrong (what was deciphered does not end as PKCS#7 does; check key, IV and mode, or use "
            "--padding iso7816)", "decrypt", "--key", "133457799BBCDFF1", "--padding", "pkcs7", "--hex",
            run("encrypt", "--key", "133457799BBCDFF1", "--padding", "iso7816", "--text", TEXT).stdout.decode())
    refused("padding 'pkcs5' is not known (it is none of Keyhole's; did you mean pkcs7? give pkcs7, zero, iso7816 or none)",
            "encrypt", "--key", "133457799BBCDFF1", "--text", TEXT, "--padding", "pkcs5")
    openssl = shutil.which("openssl")
    if not openssl:
        return
    # Three equal keys make OpenSSL's triple DES a single one, which needs no legacy provider.
    for size in range(18):
        data = bytes(range(1, size + 1))
        theirs = subprocess.run([openssl, "enc", "-des-ede3", "-K", 3 * KEY], input=data, capture_output=True, timeout=LIMIT)
        gives(f"OpenSSL's pkcs7 of {size} bytes", theirs.stdout, "encrypt", "--key", KEY, "--in", "-", "--as", "raw", stdin=data)
        for padding, padded in (("zero", data + bytes(-size % 8)), ("iso7816", data + b"\x80" + bytes(-(size + 1) % 8))):
            theirs = subprocess.run([openssl, "enc", "-des-ede3", "-nopad", "-K", 3 * KEY], input=padded, capture_output=True,
                                    timeout=LIMIT)
            gives(f"{padding} of {size} bytes", theirs.stdout, "encrypt", "--key", KEY, "--in", "-", "--padding", padding,
                  "--as", "raw", stdin=data)


def salted(folder):
    rest = ("(OpenSSL derived the key from a password and the salt 4DEF44A4203A55C3; `openssl enc -P -S 4DEF44A4203A55C3` with "
            "the options of the encryption prints key and IV, and the ciphertext begins behind the first 16 bytes)")
    in_base64 = base64.b64encode(SALTED)
    (folder / "secret.enc").write_bytes(SALTED)
    (folder / "secret.b64").write_bytes(in_base64 + b"\n")
    decrypt = ["decrypt", "--key", KEY]
    refused(f"the data begin with Salted__ {rest}", *decrypt, "--in", folder / "secret.enc")
    refused(f"the data begin with Salted__ {rest}", *decrypt, "--hex", SALTED.hex())
    refused(f"the data begin with Salted__ {rest}", *decrypt, "--base64", in_base64)
    refused(f"the data begin with Salted__ {rest}", *decrypt, "--in", "-", stdin=SALTED)
    refused(f"the data begin with Salted__, in base64 {rest}", *decrypt, "--in", folder / "secret.b64")
    refused(f"the data begin with Salted__ {rest}", "trace", "des", "--decrypt", "--key", KEY, "--hex", SALTED.hex())
    done = run("encrypt", "--key", KEY, "--text", "Salted__")
    check("a text that begins so is a text", done.returncode == 0, done)


def names():
    for flags in (["--mode", "CBC", "--iv", "00:00:00:00:00:00:00:00"], ["--mode", "Ctr", "--iv", "0x0000000000000000"]):
        done = run("encrypt", "--key", KEY, "--text", TEXT, *flags)
        check(f"{flags}", done.returncode == 0, done)
    done = run("exchange", "--group", "TOY23", "--kdf", "LOW64", "--mode", "ECB", "--say", "client:hi")
    check("names of an exchange in any case", done.returncode == 0, done)
    done = run("group", "show", "FFDHE2048")
    check("a group in any case", done.returncode == 0 and b"ffdhe2048" in done.stdout, done)
    refused("group 'ffdhe2084' is not known (it is none of Keyhole's; did you mean ffdhe2048? see keyhole group list)",
            "group", "show", "ffdhe2084")
    refused("--kdf 'sha-256' is not known (it is none of Keyhole's; did you mean sha256? give sha256 or low64)",
            "exchange", "--kdf", "sha-256")
    refused("--theme 'drak' is not known (it is none of Keyhole's; did you mean dark? give dark, light or projector)",
            "--theme", "drak", program=VIZ)


def words_that_are_none():
    refused("keyhole encrypt has no option '-k' (wrong usage; did you mean --key or --key-text? see keyhole encrypt --help)",
            "encrypt", "-k")
    refused("keyhole encrypt has no option '-k' (wrong usage; did you mean --key or --key-text? see keyhole encrypt --help)",
            "encrypt", "-k", KEY, "-t", TEXT)
    refused("keyhole trace des has no option '--paddin' (wrong usage; did you mean --padding? see keyhole trace des --help)",
            "trace", "des", "--key", KEY, "--paddin=zero", "--text", TEXT)
    refused("'at' belongs to no option of keyhole encrypt (wrong usage; put a text with blanks in quotes, and see keyhole "
            "encrypt --help)", "encrypt", "--key", KEY, "--text", "meet", "at", "9")
    refused("keyhole-viz has no option '--tehme' (wrong usage; did you mean --theme? see keyhole-viz --help)", "--tehme",
            "dark", program=VIZ)
    refused("no command 'encypt' (there is none of that name; did you mean encrypt? keyhole --help shows them)", "encypt")
    refused("no command 'lst' of keyhole group (there is none of that name; did you mean list? keyhole group --help shows "
            "them)", "group", "lst")
    refused("no command 'frobnicate' (there is none of that name; keyhole --help shows them)", "frobnicate")
    refused("a command is missing (wrong usage; give one of list, show, check, new, and see keyhole group --help)", "group")
    done = run()
    commands = done.stdout.decode()
    check("keyhole alone prints the commands", done.returncode == 2 and "  encrypt " in commands and "  crack " in commands, done)
    check("and says that one is missing", done.stderr.startswith(b"keyhole: error: a command is missing (wrong usage;")
          and done.stderr.count(b"\n") == 1, done)


def crack():
    block = run("encrypt", "--key", KEY, "--text", "meet at ", "--padding", "none").stdout.decode().strip()
    odd = "6E73626868647320"
    pair = ["crack", "des", "--plaintext-text", "meet at ", "--ciphertext", block, "--unknown-bits", "8"]
    said = gives("a known key of text", f"key 0x{odd}\n".encode(), *pair, "--known-key-text", "orchids!")
    assert (f"keyhole: note: key 0x{odd}: it is the known key 0x{KEY} but for its parity bits 8, 16, 24, 40, 64; DES ignores these "
            "bits\n") in said, said
    said = gives("in hex with colons", f"key 0x{odd}\n".encode(), *pair, "--known-key", "6E:73:62:68:68:64:73:20")
    assert "it is the known key itself" in said, said
    said = gives("another known key", f"key 0x{odd}\n".encode(), *pair, "--known-key", "6F72636869647302")
    assert "make every byte odd; DES ignores these bits, of which the known key has others at 8, 16, 24, 40" in said, said
    refused("plaintext 'meet at ' is no DES value (it is not all hex digits, 16 are needed; as text its 8 bytes are "
            "6D65657420617420: give it with --plaintext-text)", "crack", "des", "--plaintext", "meet at ", "--ciphertext", block)
    refused("no plaintext (the key is known by what it makes of one; give --plaintext in hex or --plaintext-text)",
            "crack", "des", "--ciphertext", block)
    refused("two values for the known key (in hex and as text; give one)", *pair, "--known-key", KEY, "--known-key-text",
            "orchids!")


with tempfile.TemporaryDirectory() as name:
    keys()
    data_in_and_out(Path(name))
    what_decrypt_shows()
    paddings()
    salted(Path(name))
    names()
    words_that_are_none()
    crack()
sys.exit(1 if failures else 0)
