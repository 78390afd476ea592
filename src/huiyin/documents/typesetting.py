"""Run as a program: HTML from standard input becomes PDF on standard output. Loads nothing of Huiyin and no settings."""

import logging
import os
import resource
import sys

MOST_MEMORY = 2 * 1024**3
MOST_SECONDS = 90


def main() -> None:
    """Typeset with bounded memory and time; only `data:` addresses are followed."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    logging.disable(logging.CRITICAL)
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    nothing_else = URLFetcher(timeout=1, allowed_protocols=["data"], allow_redirects=False)
    page = sys.stdin.buffer.read().decode()
    sys.stdout.buffer.write(HTML(string=page, url_fetcher=nothing_else).write_pdf())
    sys.stdout.buffer.flush()
    # Pango reads the fonts in a thread of its own, which may still run when a short page is done. Taking the interpreter
    # down would unload the library under that thread and crash the process after the work; so it ends without.
    os._exit(0)


if __name__ == "__main__":
    main()
