"""replay and compare with captures and wire lines, recordings' modes, and files that are tried before the network."""

import os
import shutil
import stat
import subprocess
import tempfile

from chat_process import KEYHOLE, LIMIT, Program, Relay, Server, check, free_port, run_all
from command import keyhole
from running import wait_until
from wire_capture import pcap

STREAM = """{"type":"params","protocol":"keyhole/1","group":"toy23","p":"17","g":"5","kdf":"sha256","mode":"cbc"}
{"type":"public_key","y":"b"}
{"type":"public_key","y":"e"}
{"type":"message","seq":1,"iv":"iAHG26iB4M4=","ciphertext":"034KTR1mx6R7mFK4GbSBSQ=="}
{"type":"message","seq":1,"iv":"cg+NQUlkBbg=","ciphertext":"zmheZF4zLtYCZ8lgcsLtCw=="}
"""
CLIENT_SPEAKS = (False, False, True, True, False)


def written(folder, name, content):
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(content if isinstance(content, bytes) else content.encode())
    return path


def mode(path):
    return stat.S_IMODE(os.stat(path).st_mode)


@check
def wire_lines_and_a_capture_are_one_trace():
    with tempfile.TemporaryDirectory() as folder:
        text = written(folder, "stream.txt", STREAM)
        capture = written(folder, "chat.pcap", pcap(list(zip(CLIENT_SPEAKS, STREAM.splitlines()))))
        lines, packets = keyhole("replay", text), keyhole("replay", capture)
        assert lines.returncode == packets.returncode == 0, (lines, packets)
        assert lines.stdout == packets.stdout and "message.2/decode" in lines.stdout
        assert "secret/" not in lines.stdout and ".private" not in lines.stdout
        assert "the first public key is taken as the server's" in lines.stderr and packets.stderr == "", packets.stderr
        same = keyhole("compare", text, capture)
        assert same.returncode == 0 and same.stdout == "no step differs\n", same


@check
def what_a_capture_lost_is_said():
    with tempfile.TemporaryDirectory() as folder:
        lines = list(zip(CLIENT_SPEAKS, STREAM.splitlines()))
        whole = written(folder, "whole.pcap", pcap(lines))
        lost = written(folder, "lost.pcap", pcap(lines, lost={3}))
        done = keyhole("replay", lost)
        assert done.returncode == 0 and "message.1/decode" in done.stdout and "message.2" not in done.stdout, done
        assert f"of what the client sent {len(lines[3][1]) + 1} bytes in 1 place are missing here" in done.stderr, done
        different = keyhole("compare", whole, lost)
        assert different.returncode == 1 and different.stdout.startswith("message.1"), different
        early = written(folder, "early.pcap", pcap(lines, lost={0}))
        done = keyhole("replay", early)
        assert done.returncode == 2 and done.stdout == "" and "params line" in done.stderr, done
        assert done.stderr.count("\n") == 1


@check
def one_of_several():
    with tempfile.TemporaryDirectory() as folder:
        path = written(folder, "two.txt", STREAM + STREAM.replace('"sha256"', '"low64"'))
        assert "conversation 1 of 2" in keyhole("replay", path).stderr
        assert "low64" in keyhole("replay", path, "--stream", "2", "--at", "parameters").stdout
        for stream in ("0", "3"):
            done = keyhole("replay", path, "--stream", stream)
            assert done.returncode == 2 and "there is no stream " + stream in done.stderr, done


@check
def compared_recordings():
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, name) for name in ("a.json", "b.json", "c.json")]
        for path, seed, text in zip(paths, "112", ("Hello", "Hallo", "Hello")):
            keyhole("exchange", "--group", "toy23", "--seed", seed, "--say", "client:" + text, "--record", path)
        assert keyhole("compare", paths[0], paths[0]).stdout == "no step differs\n"
        done = keyhole("compare", paths[0], paths[1])
        first, last = done.stdout.splitlines()
        assert done.returncode == 1 and first == "message.1 text: Hello, Hallo", done
        assert last.endswith(" steps differ"), done
        assert keyhole("compare", paths[0], paths[2]).stdout.startswith("keys"), done
        assert keyhole("compare", paths[0], os.path.join(folder, "none")).returncode == 3
        assert keyhole("compare", paths[0], written(folder, "no.json", "{}")).returncode == 2


@check
def recordings_are_their_owners():
    """The mode of every command's recording, whatever the umask, and of one that was there before."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "r.json")
        for before, after in ((None, 0o600), (0o644, 0o600), (0o600, 0o600), (0o200, 0o200)):
            if before is not None:
                os.chmod(path, before)
            done = subprocess.run(["sh", "-c", 'umask 0; exec "$@"', "sh", KEYHOLE, "exchange", "--group", "toy23",
                                   "--record", path], capture_output=True, timeout=LIMIT)
            assert done.returncode == 0 and mode(path) == after, (done, oct(mode(path)))
        names = [os.path.join(folder, name) for name in ("server.json", "relay.json", "client.json")]
        with Server("--once", "--group", "toy23", "--record", names[0]) as server, \
                Relay(server.port, "--quiet", "--once", "--record", names[1]) as relay, \
                Program("connect", f"127.0.0.1:{relay.port}", "--record", names[2]) as client:
            client.type("hello\n")
            assert server.line() == "client> hello"
            client.end_input()
            assert client.wait() == 0 and relay.wait() == 0 and server.wait() == 0
        assert [mode(name) for name in names] == [0o600] * 3
        assert sorted(os.listdir(folder)) == ["client.json", "r.json", "relay.json", "server.json"]


@check
def files_are_tried_before_the_network():
    with tempfile.TemporaryDirectory() as folder:
        a_file = written(folder, "file", "")
        # Nobody listens there: whoever tried to connect would say so.
        here, nobody = f"127.0.0.1:{free_port()}", f"127.0.0.1:{free_port()}"
        for command in (["serve", "--port", "0"], ["connect", nobody], ["relay", "--quiet", "--listen", here, "--to", nobody]):
            wanted = [["--record", os.path.join(folder, "no", "r.json")], ["--record", folder]]
            if command[0] != "relay":
                wanted += [["--csv", os.path.join(a_file, "csv")], ["--csv", a_file]]
            for files in wanted:
                done = keyhole(*command, *files)
                assert done.returncode == 3 and "listening" not in done.stderr, (command, files, done)
                assert "cannot" in done.stderr and "connect to" not in done.stderr, (command, files, done)
        # What can be written leaves nothing behind when it then fails.
        done = keyhole("connect", nobody, "--csv", os.path.join(folder, "new", "csv"), "--record",
                       os.path.join(folder, "r.json"))
        assert done.returncode == 3 and os.listdir(folder) == ["file"], (done, os.listdir(folder))


@check
def captured_by_tcpdump():
    """A real capture of a real chat; only where tcpdump is installed and may capture."""
    if shutil.which("tcpdump") is None:
        return
    with tempfile.TemporaryDirectory(dir="/tmp") as folder, Server("--echo", "--group", "toy23") as server:
        os.chmod(folder, 0o777)  # tcpdump gives up root
        path = os.path.join(folder, "chat.pcap")
        with subprocess.Popen(["tcpdump", "-i", "lo", "-U", "-w", path, "port", str(server.port)],
                              stderr=subprocess.PIPE, text=True) as tcpdump:
            if not any("listening on" in line for line in tcpdump.stderr):
                return  # it ended: it may not capture
            with Relay(server.port, "--quiet", "--once", "--record", os.path.join(folder, "heard.json")) as relay, \
                    Program("connect", f"127.0.0.1:{relay.port}") as client:
                client.type("captured\n")
                assert client.line() == "server> captured"
                client.end_input()
                assert client.wait() == 0 and relay.wait() == 0
            assert wait_until(lambda: keyhole("compare", path, os.path.join(folder, "heard.json")).returncode == 0)
            tcpdump.terminate()


run_all()
