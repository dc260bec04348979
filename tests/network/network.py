"""Hosts and the router between them, and the names that all programs of a scene know."""

import os

from host import Host, checked, libc
from router import Router

MS_BIND = 4096


class Network:
    """Hosts are its attributes: network.client, network.server. All of it is gone with its block."""

    def __init__(self, *names, mtu=1500):
        self.hosts = [Host(name, number, mtu) for number, name in enumerate(names or ("client", "server"), 1)]
        for host in self.hosts:
            setattr(self, host.name, host)
        self.router = Router(self.hosts)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.router.stop()
        for host in self.hosts:
            host.close()


def name_addresses(folder, **names):
    """Writes an /etc/hosts with these names that only this scene sees (its mounts are its own)."""
    path = f"{folder}/hosts"
    with open(path, "w") as file:
        file.write("127.0.0.1 localhost\n")
        for name, addresses in names.items():
            file.writelines(f"{address} {name}\n" for address in addresses)
    checked(libc.mount(os.fsencode(path), b"/etc/hosts", None, MS_BIND, None))
