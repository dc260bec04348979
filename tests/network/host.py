"""A host of its own: a network namespace with one TUN device, whose other end is a file that the router reads and writes."""

import ctypes
import fcntl
import ipaddress
import os
import socket
import struct
import threading
import time

CLONE_NEWNET = 0x40000000
TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x1, 0x1000
SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 0x1
SIOCSIFADDR, SIOCSIFNETMASK, SIOCSIFMTU, SIOCGIFINDEX = 0x8916, 0x891C, 0x8922, 0x8933
DEVICE = b"net0"

libc = ctypes.CDLL(None, use_errno=True)


def checked(result):
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def own_namespace():
    return os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)


def on_a_thread(function):
    """Runs it on a thread that ends afterwards, so that no other one is moved to another namespace."""
    answer = []

    def run():
        try:
            answer.append((function(), None))
        except OSError as error:
            answer.append((None, error))
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    value, error = answer[0]
    if error:
        raise error
    return value


def ifreq(name, form, *values):
    return struct.pack("16s" + form, name, *values).ljust(40, b"\0")


def set_up(control, name):
    flags = struct.unpack_from("16sh", fcntl.ioctl(control, SIOCGIFFLAGS, ifreq(name, "h", 0)))[1]
    fcntl.ioctl(control, SIOCSIFFLAGS, ifreq(name, "h", flags | IFF_UP))


def set_ipv4(control, request, address):
    fcntl.ioctl(control, request, ifreq(DEVICE, "HH4s", socket.AF_INET, 0, socket.inet_aton(address)))


def set_ipv6(address):
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as control:
        index = struct.unpack_from("16si", fcntl.ioctl(control, SIOCGIFINDEX, ifreq(DEVICE, "i", 0)))[1]
        fcntl.ioctl(control, SIOCSIFADDR, struct.pack("=16sIi", socket.inet_pton(socket.AF_INET6, address), 8, index))


def wait_until_usable(address):
    """A new IPv6 address is tentative for a moment (RFC 4862, section 5.4), and nothing can be bound to it."""
    end = time.monotonic() + 10
    while True:
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as trial:
            try:
                return trial.bind((address, 0))
            except OSError:
                if time.monotonic() > end:
                    raise
        time.sleep(0.01)


class Host:
    """`with host:` puts the calling thread there: the sockets it makes and the programs it starts belong to the host."""

    def __init__(self, name, number, mtu):
        self.name, self.ipv4, self.ipv6 = name, f"10.0.0.{number}", f"fd00::{number}"
        self.addresses = {ipaddress.ip_address(address).packed for address in (self.ipv4, self.ipv6)}
        self.mtu, self.here = mtu, threading.local()
        self.namespace, self.wire = on_a_thread(self.make)

    def make(self):
        checked(libc.unshare(CLONE_NEWNET))
        wire = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        fcntl.ioctl(wire, TUNSETIFF, ifreq(DEVICE, "h", IFF_TUN | IFF_NO_PI))
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
            set_up(control, b"lo")
            fcntl.ioctl(control, SIOCSIFMTU, ifreq(DEVICE, "i", self.mtu))
            set_ipv4(control, SIOCSIFADDR, self.ipv4)
            set_ipv4(control, SIOCSIFNETMASK, "255.0.0.0")
            set_up(control, DEVICE)
        set_ipv6(self.ipv6)
        wait_until_usable(self.ipv6)
        return own_namespace(), wire

    def __enter__(self):
        self.here.before = own_namespace()
        checked(libc.setns(self.namespace, CLONE_NEWNET))
        return self

    def __exit__(self, *_):
        checked(libc.setns(self.here.before, CLONE_NEWNET))
        os.close(self.here.before)

    def close(self):
        os.close(self.wire)
        os.close(self.namespace)
