"""Whose address counts: a header is believed only when a proxy the operator named has sent it."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from huiyin.site.environment import SettingError
from huiyin.site.proxies import behind_proxies, networks, real_address

PROXY = networks(["127.0.0.1", "10.0.0.0/8"])


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),  # not through our proxy: the header is somebody's invention
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),  # the visitor wrote the left part
        ("127.0.0.1", "203.0.113.7, 10.1.2.3", "203.0.113.7"),  # two proxies in a row
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "not-an-address", "127.0.0.1"),
        ("127.0.0.1", "2001:db8::7", "2001:db8::7"),
    ],
)
def test_the_nearest_address_that_is_no_proxy_counts(peer, forwarded, address):
    assert real_address(peer, forwarded, PROXY) == address


def test_nothing_is_believed_unless_the_operator_says_so(settings):
    def seen(**headers):
        addresses = []

        def view(request):
            addresses.append(request.META["REMOTE_ADDR"])
            return HttpResponse()

        behind_proxies(view)(RequestFactory().get("/", REMOTE_ADDR="127.0.0.1", **headers))
        return addresses[0]

    settings.HUIYIN_TRUSTED_PROXIES = []
    assert seen(HTTP_X_FORWARDED_FOR="203.0.113.7") == "127.0.0.1"
    settings.HUIYIN_TRUSTED_PROXIES = ["127.0.0.1"]
    assert seen(HTTP_X_FORWARDED_FOR="203.0.113.7") == "203.0.113.7"


def test_a_wrong_setting_says_what_is_accepted():
    with pytest.raises(SettingError, match=r"“localhost”不是地址或网段，例如 127\.0\.0\.1,10\.0\.0\.0/8"):
        networks(["localhost"])
