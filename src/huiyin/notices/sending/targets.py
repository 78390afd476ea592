"""Which addresses we may call: none that lead back to this machine or into the operator's own network.

An organisation's administrator types addresses of webhooks, gateways and mail servers; without a check they could make
this server call itself or its neighbours (server-side request forgery, CWE-918). The operator of the server can allow
some: HUIYIN_PRIVATE_TARGETS lists host names, addresses and networks.
"""

import ipaddress
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


@cache
def _allowed(names: tuple[str, ...]) -> tuple[frozenset[str], tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]]:
    hosts, networks = set(), []
    for name in names:
        try:
            networks.append(ipaddress.ip_network(name, strict=False))
        except ValueError:
            hosts.add(name.casefold())
    return frozenset(hosts), tuple(networks)


def is_allowed(host: str) -> bool:
    """Whether the operator allowed this host by name or address."""
    hosts, networks = _allowed(tuple(settings.HUIYIN_PRIVATE_TARGETS))
    if host.casefold() in hosts:
        return True
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return any(address in network for network in networks)


def refuse_private(host: str, port: int) -> None:
    """Raise TargetRefusedError when a host name leads to this machine or a private network and is not allowed."""
    if is_allowed(host):
        return
    try:
        filter_host(host.strip("[]"), port, allow_loopback=False)
    except requests.RequestException as error:
        raise TargetRefusedError(host) from error


def call(method: str, url: str, **arguments: Any) -> requests.Response:
    """One HTTP request without redirects, with limits of time and size; the address called is the one that was checked.

    Raises:
        TargetRefusedError: see there.
        requests.RequestException: no answer.
    """
    host = urlsplit(url).hostname or ""
    hardened = Config(
        ip_filter_enable=not is_allowed(host), ip_filter_allow_loopback_ips=False, never_redirect=True, default_timeout=SECONDS
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
