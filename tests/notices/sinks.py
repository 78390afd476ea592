"""The other sides of channels, on loopback: a real SMTP server, and an HTTP server that behaves as a test tells it."""

import json
import smtplib
import socket
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.controller import Controller


class Mailbox:
    """Keeps what the SMTP server takes.

    Addresses in `refused` get an error of that code, every sender one of `refused_sender`; at an address in `cut_at` the
    server breaks off.
    """

    def __init__(self):
        self.mails, self.senders = [], []
        self.refused, self.refused_sender, self.cut_at = {}, 0, set()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        if address in self.cut_at:
            server.transport.close()
        if address in self.refused:
            return f"{self.refused[address]} mailbox says no"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        import email
        from email import policy

        self.mails.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 taken"


    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        if self.refused_sender:
            return f"{self.refused_sender} sender says no"
        envelope.mail_from = address
        self.senders.append(address)
        return "250 OK"


@contextmanager
def mail_server(port=None, **options):
    """A real SMTP server; gives (mailbox, port). Options are those of aiosmtpd, for encryption and signing in."""
    mailbox, port = Mailbox(), port or free_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        with smtplib.SMTP("127.0.0.1", port, timeout=5):
            yield mailbox, port
    finally:
        controller.stop()


def words_of(mail):
    """The plain text of a mail."""
    return mail.get_body(("plain",)).get_content()


def free_port():
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Sink:
    """Requests that came, and what the next ones are answered: a status, `hang`, `drip`, `cut` or a location."""

    def __init__(self):
        self.requests, self.plan, self.body, self.headers = [], [], "{}", {}
        self.released = threading.Event()

    def answer(self, handler, headers, body):
        self.requests.append((handler.path, headers, body))
        how = self.plan.pop(0) if self.plan else 200
        if how == "hang":
            self.released.wait(30)
        elif how == "cut":          # taken, but the answer never arrives
            handler.connection.shutdown(socket.SHUT_RDWR)
        elif how == "drip":
            handler.send_response(200)
            handler.end_headers()
            for _ in range(200):
                if self.released.is_set():
                    break
                handler.wfile.write(b" ")
                time.sleep(0.2)
        elif isinstance(how, str):
            handler.send_response(302)
            handler.send_header("Location", how)
            handler.end_headers()
        else:
            handler.send_response(how)
            for name, value in self.headers.items():
                handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(self.body.encode())


@contextmanager
def http_sink():
    """An HTTP server; gives (sink, address)."""
    sink = Sink()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            with suppress(OSError):
                sink.answer(self, dict(self.headers), body)

        def log_message(self, *_arguments):
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield sink, f"http://127.0.0.1:{server.server_port}/hook"
    finally:
        sink.released.set()
        server.shutdown()
        server.server_close()


def said(request):
    """The JSON of a request that came."""
    return json.loads(request[2])
