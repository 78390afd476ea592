"""Behind a proxy: whose address a request really comes from, so that wrong codes and passwords count for each visitor.

Nothing is believed unless the operator names the proxies in HUIYIN_TRUSTED_PROXIES: anybody can write a header.
"""

from collections.abc import Callable, Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from huiyin.site.environment import SettingError

Network = IPv4Network | IPv6Network


def networks(written: Iterable[str]) -> tuple[Network, ...]:
    """Addresses and networks such as 127.0.0.1 and 10.0.0.0/8. Raises SettingError for anything else."""
    found = []
    for each in written:
        try:
            found.append(ip_network(each, strict=False))
        except ValueError as error:
            raise SettingError(
                f"HUIYIN_TRUSTED_PROXIES 里的“{each}”不是地址或网段，例如 127.0.0.1,10.0.0.0/8。"
                f" HUIYIN_TRUSTED_PROXIES: '{each}' is neither an address nor a network."
            ) from error
    return tuple(found)


def real_address(peer: str, forwarded: str, trusted: Iterable[Network]) -> str:
    """The nearest address that is no trusted proxy. `forwarded` is X-Forwarded-For, `peer` who opened the connection.

    Read from the right, where trusted proxies append; what stands further left may have been written by the visitor.
    """
    chain = [part.strip() for part in forwarded.split(",") if part.strip()]
    address = peer
    while chain and _is_trusted(address, trusted):
        address = chain.pop()
    return address if _is_address(address) else peer


def _is_trusted(address: str, trusted: Iterable[Network]) -> bool:
    return _is_address(address) and any(ip_address(address) in network for network in trusted)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def behind_proxies(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: REMOTE_ADDR becomes the visitor's address when trusted proxies stand before us."""
    trusted = networks(settings.HUIYIN_TRUSTED_PROXIES)

    def middleware(request: HttpRequest) -> HttpResponse:
        if trusted:
            peer = request.META.get("REMOTE_ADDR", "")
            request.META["REMOTE_ADDR"] = real_address(peer, request.META.get("HTTP_X_FORWARDED_FOR", ""), trusted)
        return get_response(request)

    return middleware
