"""Which addresses we may call: none that lead back to this machine or into the operator's own network.

An organisation's administrator types addresses of webhooks, gateways and mail servers; without a check they could make
this server call itself or its neighbours (server-side request forgery, CWE-918). The operator of the server can allow
some: HUIYIN_PRIVATE_TARGETS lists host names, addresses and networks, each for all ports or for one (`mail.intern:25`).
"""

import ipaddress
from dataclasses import dataclass
from functools import cache
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from requests_hardened import Config, Manager
from requests_hardened.ip_filter import filter_host
from urllib3.exceptions import HTTPError

SECONDS = (5, 10)
"""To connect, and to wait for each piece of the answer."""

LONGEST_ANSWER = 64 * 1024


class TargetRefusedError(ValueError):
    """The address leads to this machine or a private network, or is none."""


@dataclass(frozen=True, slots=True)
class _Allowed:
    """An entry of the operator's list: a host by name, or a network; `port` None means all."""

    host: str = ""
    network: ipaddress.IPv4Network | ipaddress.IPv6Network | None = None
    port: int | None = None

    def covers(self, host: str, port: int) -> bool:
        """Whether the entry allows this host and port."""
        if self.port not in (None, port):
            return False
        if self.network is None:
            return host.casefold() == self.host
        try:
            return ipaddress.ip_address(host) in self.network
        except ValueError:
            return False


@cache
def _allowed(entries: tuple[str, ...]) -> tuple[_Allowed, ...]:
    return tuple(_read_entry(entry) for entry in entries)


def _read_entry(entry: str) -> _Allowed:
    """`mail.intern`, `10.1.2.3`, `10.1.0.0/16`, `fd00::/8`; with a port `mail.intern:25`, `10.1.2.3:25`, `[fd00::1]:25`."""
    try:
        return _Allowed(network=ipaddress.ip_network(entry.strip("[]"), strict=False))
    except ValueError:
        host, colon, port = entry.rpartition(":")
    if not colon or not port.isdecimal():
        return _Allowed(host=entry.casefold())
    try:
        return _Allowed(network=ipaddress.ip_network(host.strip("[]"), strict=False), port=int(port))
    except ValueError:
        return _Allowed(host=host.casefold(), port=int(port))


def is_allowed(host: str, port: int) -> bool:
    """Whether the operator allowed this host, by name or address, and this port."""
    return any(entry.covers(host.strip("[]"), port) for entry in _allowed(tuple(settings.HUIYIN_PRIVATE_TARGETS)))


def address_for(host: str, port: int) -> str:
    """The address to connect to for a host name: the one that was looked at, so that the name cannot mean another one after.

    A host the operator allowed is given back as it is.

    Raises:
        TargetRefusedError: the name leads to this machine or a private network.
        requests.ConnectionError: there is no such name, or nobody to ask.
    """
    if is_allowed(host, port):
        return host
    try:
        return filter_host(host.strip("[]"), port, allow_loopback=False).strip("[]")
    except requests.ConnectionError:
        raise
    except (requests.RequestException, UnicodeError) as error:
        raise TargetRefusedError(host) from error


def call(method: str, url: str, **arguments: Any) -> requests.Response:
    """One HTTP request without redirects, with limits of time and size; the address called is the one that was checked.

    Raises:
        TargetRefusedError: see there.
        requests.RequestException: no answer.
    """
    host, port = host_and_port(url)
    hardened = Config(
        ip_filter_enable=not is_allowed(host, port), ip_filter_allow_loopback_ips=False, never_redirect=True, default_timeout=SECONDS
    )
    with Manager(hardened).get_session() as session:
        session.trust_env = False      # a proxy of the surroundings would be asked for the address, unchecked
        try:
            answer = session.request(method, url, allow_redirects=False, stream=True, **arguments)
        except requests.RequestException as error:
            if type(error).__name__ in ("InvalidIPAddress", "InvalidURL", "MissingSchema", "InvalidSchema"):
                raise TargetRefusedError(host) from error
            raise
        with answer:
            answer._content = _bounded(answer)  # noqa: SLF001 - requests has no bound of its own
        return answer


def host_and_port(url: str) -> tuple[str, int]:
    r"""Where a request to this address would go, read as the library reads it that makes the request.

    Two readers may find different hosts in `http://10.0.0.8\@allowed.example/`. Raises TargetRefusedError.
    """
    try:
        parts = urlsplit(requests.Request("POST", url).prepare().url or "")
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    except (requests.RequestException, ValueError, KeyError) as error:
        raise TargetRefusedError(url) from error
    return parts.hostname or "", port


def _bounded(answer: requests.Response) -> bytes:
    """As much of the answer as comes in time; the status has been read already and is what counts."""
    until, read = monotonic() + SECONDS[1], b""
    try:
        while len(read) < LONGEST_ANSWER and monotonic() < until:
            piece = answer.raw.read1(4096, decode_content=True)
            if not piece:
                break
            read += piece
    except (HTTPError, OSError):
        pass
    return read
