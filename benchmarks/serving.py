"""Starting the server, and the memory it takes."""

from http.client import HTTPConnection

from .figures import Figure
from .server import HOST, PORT, prepared, serving
from .sizes import Sizes

START_SECONDS = 3
MEMORY_MEGABYTES = 200


def measure(sizes: Sizes) -> list[Figure]:
    """A first start on an empty folder, a second one on what it left, and memory after some pages."""
    first = prepared()
    with serving() as server:
        fresh, processes = server.memory_megabytes()
        for _ in range(sizes.rounds):
            _look_at("/")
        used, _ = server.memory_megabytes()
    return [
        Figure("serve", "first start, makes the demo", first, "s"),
        Figure("serve", "start to first page", server.start_seconds, "s", START_SECONDS),
        Figure("serve", "resident memory, started", fresh, "MB", MEMORY_MEGABYTES,
               beside=f"{processes} processes, shared pages once"),
        Figure("serve", f"resident memory, {sizes.rounds} pages later", used, "MB", MEMORY_MEGABYTES),
    ]


def _look_at(path: str) -> None:
    connection = HTTPConnection(HOST, PORT, timeout=30)
    connection.request("GET", path)
    assert connection.getresponse().read()
    connection.close()
