"""Put on PYTHONPATH by a test: refuses every call to another machine and writes it to the file in OUTWARD_LOG."""

import ipaddress
import os
import socket
from pathlib import Path
from typing import Any

LOG = Path(os.environ["OUTWARD_LOG"])


def check(what: str, host: Any) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return
    try:
        if ipaddress.ip_address(name).is_loopback:
            return
    except ValueError:
        pass
    with LOG.open("a", encoding="utf-8") as file:
        file.write(f"{what} {name}\n")
    raise OSError(f"no call may leave this machine: {what} {name}")


def guard(name: str) -> None:
    real = getattr(socket.socket, name)

    def guarded(self: socket.socket, *args: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            check(name, args[-1][0])
        return real(self, *args)

    setattr(socket.socket, name, guarded)


for method in ("connect", "connect_ex", "sendto"):
    guard(method)


def guard_look_up(name: str) -> None:
    real = getattr(socket, name)

    def guarded(host: Any, *args: Any, **options: Any) -> Any:
        check(name, host)
        return real(host, *args, **options)

    setattr(socket, name, guarded)


for function in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
    guard_look_up(function)
with LOG.open("a", encoding="utf-8") as file:
    file.write("guard in place\n")
