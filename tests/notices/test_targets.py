"""Which addresses are called: never one that the name meant only after it had been looked at, none the operator did not list."""

import socket

import pytest
import requests
from tests.notices.sinks import http_sink, mail_server

from huiyin.notices.sending.mail import send_mail
from huiyin.notices.sending.message import Message
from huiyin.notices.sending.targets import TargetRefusedError, address_for, call, host_and_port, is_allowed
from huiyin.store.sentences import read

MESSAGE = Message("email", "key", "lin@example.cn", "题", "文")


@pytest.fixture
def name_server(monkeypatch):
    """`name_server("203.0.113.7", "127.0.0.1")`: what moving.example.cn means, each time it is asked something else."""
    asked = []

    def answers(*addresses):
        waiting, real = list(addresses), socket.getaddrinfo

        def getaddrinfo(host, port, *arguments, **named):
            if host != "moving.example.cn":
                return real(host, port, *arguments, **named)
            asked.append(host)
            address = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            return real(address, port, *arguments, **named)

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
        return asked

    return answers


@pytest.fixture
def calls(monkeypatch):
    """Addresses that connections were opened to; those outside of this machine fail at once."""
    opened, real = [], socket.socket.connect

    def connect(self, address):
        opened.append(address[0])
        if not address[0].startswith("127."):
            raise ConnectionRefusedError
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    return opened


def test_a_webhook_is_called_where_the_name_pointed_when_it_was_looked_at(name_server, calls):
    with http_sink() as (sink, address):
        asked = name_server("93.184.216.34", "127.0.0.1")
        with pytest.raises(requests.ConnectionError):
            call("POST", address.replace("127.0.0.1", "moving.example.cn"))
        assert (sink.requests, calls, len(asked)) == ([], ["93.184.216.34"], 1)
        with pytest.raises(TargetRefusedError):
            call("POST", address.replace("127.0.0.1", "moving.example.cn"))
        assert sink.requests == []


def test_so_is_a_mail_server(name_server, calls):
    with mail_server() as (box, port):
        calls.clear()
        asked = name_server("93.184.216.34", "127.0.0.1")
        settings = {"host": "moving.example.cn", "port": str(port), "security": "none", "sender": "tousu@example.cn"}
        (first,) = send_mail(settings, [MESSAGE])
        assert (calls, len(asked)) == (["93.184.216.34"], 1)
        (second,) = send_mail(settings, [MESSAGE])
        assert box.mails == []
    assert (first.result, second.result) == ("down", "down")
    assert "指向本机或内部网络" in read(second.trouble)


def test_a_name_that_does_not_exist_is_said_to_be_missing(monkeypatch):
    def nothing(*_arguments, **_named):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nothing)
    (outcome,) = send_mail({"host": "mail.example.cn", "security": "tls", "sender": "a@example.cn"}, [MESSAGE])
    assert read(outcome.trouble) == "连接不上邮件服务器：找不到 mail.example.cn。"


@pytest.mark.parametrize(
    ("entry", "host", "port", "allowed"),
    [
        ("mail.intern", "MAIL.intern", 25, True),
        ("mail.intern", "other.intern", 25, False),
        ("mail.intern:25", "mail.intern", 25, True),
        ("mail.intern:25", "mail.intern", 5432, False),
        ("10.1.0.0/16", "10.1.2.3", 80, True),
        ("10.1.0.0/16", "10.2.2.3", 80, False),
        ("10.1.2.3:25", "10.1.2.3", 5432, False),
        ("fd00::/8", "[fd00::8]", 443, True),
        ("[fd00::8]:25", "fd00::8", 25, True),
        ("[fd00::8]:25", "fd00::8", 26, False),
    ],
)
def test_the_operators_list_names_hosts_networks_and_ports(settings, entry, host, port, allowed):
    settings.HUIYIN_PRIVATE_TARGETS = [entry]
    assert is_allowed(host, port) is allowed


def test_no_address_is_read_in_two_ways(settings):
    settings.HUIYIN_PRIVATE_TARGETS = ["tousu.example.cn"]
    host, port = host_and_port("http://10.0.0.8\\@tousu.example.cn/hook")
    assert not is_allowed(host, port)
    with pytest.raises(TargetRefusedError):
        address_for(host, port)
