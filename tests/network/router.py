"""The router between the hosts: forwards their packets, and does with them what the scene asks for."""

import heapq
import os
import random
import select
import threading
import time

from packets import Capture, destination, fragments, is_ipv4, is_tcp, may_be_cut, too_long

ADDRESS = "10.255.255.254"
MOST_AT_ONCE = 64  # packets of one host before the next one's turn
LONGEST_LAG = 0.2  # seconds that a packet is held back which others are to overtake


class Router(threading.Thread):
    """What is for none of the hosts vanishes, as behind a dead address. `loss` and `reorder` are shares of the packets,
    `delay` is in seconds one way, and `mtu`, of IPv4, is the longest packet that goes on."""

    def __init__(self, hosts, seed=1):
        super().__init__(daemon=True)
        self.hosts = {host.wire: host for host in hosts}
        self.chance = random.Random(seed)
        self.loss = self.reorder = self.delay = 0.0
        self.mtu = None
        self.capture = None
        self.closed = set()  # (host's name, "from" or "to")
        self.tcp_packets = 0
        self.fuse = None  # (number of a TCP packet, seconds of the cut that it begins)
        self.restored_at = None
        self.was_cut = threading.Event()
        self.waiting, self.count = [], 0  # a heap of (due, count, wire, packet)
        self.lock = threading.Lock()
        self.stopping = False
        self.nudged, self.nudge = os.pipe()  # wakes the thread
        self.start()

    # --- what a scene asks for ---

    def cut(self, *names, ways=("from", "to")):
        """The cables of these hosts, or of all; one way or both."""
        with self.lock:
            self.close_ways(names, ways)

    def restore(self):
        with self.lock:
            self.closed.clear()

    def restore_after(self, seconds):
        with self.lock:
            self.restored_at = time.monotonic() + seconds
        os.write(self.nudge, b"n")

    def cut_at(self, number, seconds):
        """The `number`th TCP packet from now on is the first that is lost, for so long."""
        with self.lock:
            self.tcp_packets, self.fuse = 0, (number, seconds)

    def capture_into(self, path):
        self.capture = Capture(path)

    def stop(self):
        self.stopping = True
        os.write(self.nudge, b"s")
        self.join()
        os.close(self.nudged)
        os.close(self.nudge)
        if self.capture:
            self.capture.close()

    # --- its thread ---

    def run(self):
        while True:
            ready, _, _ = select.select([self.nudged, *self.hosts], [], [], self.seconds_left())
            if self.nudged in ready:
                os.read(self.nudged, 1)
                ready.remove(self.nudged)
            if self.stopping:
                return
            with self.lock:
                if self.restored_at and time.monotonic() >= self.restored_at:
                    self.restored_at = None
                    self.closed.clear()
                for wire in ready:
                    self.take_from(wire)
                self.deliver()

    def seconds_left(self):
        with self.lock:
            moments = [self.waiting[0][0]] if self.waiting else []
            moments += [self.restored_at] if self.restored_at else []
        return max(0, min(moments) - time.monotonic()) if moments else None

    def close_ways(self, names, ways):
        for name in names or [host.name for host in self.hosts.values()]:
            self.closed.update((name, way) for way in ways)
        self.was_cut.set()

    def take_from(self, wire):
        for _ in range(MOST_AT_ONCE):
            try:
                packet = os.read(wire, 65536)
            except BlockingIOError:
                return
            self.watch_fuse(packet)
            if (self.hosts[wire].name, "from") not in self.closed:
                self.pass_on(wire, packet)

    def watch_fuse(self, packet):
        self.tcp_packets += is_tcp(packet)
        if self.fuse and self.tcp_packets >= self.fuse[0]:
            self.close_ways((), ("from", "to"))
            self.restored_at = time.monotonic() + self.fuse[1]
            self.fuse = None

    def pass_on(self, wire, packet):
        if self.mtu and is_ipv4(packet) and len(packet) > self.mtu:
            if may_be_cut(packet):
                for piece in fragments(packet, self.mtu):
                    self.send(piece)
            else:
                self.hold(wire, too_long(packet, self.mtu, ADDRESS), 0)
        else:
            self.send(packet)

    def send(self, packet):
        if self.chance.random() < self.loss:
            return
        target = destination(packet)
        lag = self.chance.random() * LONGEST_LAG if self.chance.random() < self.reorder else 0
        for wire, host in self.hosts.items():
            if target in host.addresses:
                self.hold(wire, packet, self.delay + lag)

    def hold(self, wire, packet, seconds):
        self.count += 1
        heapq.heappush(self.waiting, (time.monotonic() + seconds, self.count, wire, packet))

    def deliver(self):
        while self.waiting and self.waiting[0][0] <= time.monotonic():
            _, _, wire, packet = heapq.heappop(self.waiting)
            if (self.hosts[wire].name, "to") in self.closed:
                continue
            if self.capture:
                self.capture.add(packet)
            os.write(wire, packet)
