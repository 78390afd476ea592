"""PDF files. The typesetter runs in a process of its own: it cannot fetch anything, hold up the server or fill its memory."""

import ctypes.util
import logging
import os
import subprocess
import sys
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import BoundedSemaphore

from django.template.loader import render_to_string

from huiyin.documents.printed import Printed

HERE = Path(__file__).parent
LONGEST = 60
"""Seconds after which typesetting is given up."""
AT_ONCE = 2
MOST_BYTES = 50 * 1024 * 1024
_LIBRARIES = {"libpango-1.0-0": "pango-1.0", "libpangoft2-1.0-0": "pangoft2-1.0"}
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "XDG_CACHE_HOME", "FONTCONFIG_PATH", "FONTCONFIG_FILE")
_setting = BoundedSemaphore(AT_ONCE)
_log = logging.getLogger(__name__)


class PdfNotMade(RuntimeError):
    """There is no PDF; `message_zh` says why and what can be done."""

    def __init__(self, message_zh: str) -> None:
        self.message_zh = message_zh
        super().__init__(message_zh)


@lru_cache(maxsize=1)
def missing_software() -> tuple[str, ...]:
    """What has to be installed before PDF can be made; empty when all is there."""
    found = [package for package, library in _LIBRARIES.items() if ctypes.util.find_library(library) is None]
    return (*found, *(("weasyprint",) if find_spec("weasyprint") is None else ()))


def pdf_of(paper: Printed) -> bytes:
    """The paper as a PDF file.

    Raises:
        PdfNotMade: software is missing, too many are being made, or it takes too long.
    """
    return _typeset(render_to_string("documents/pdf.html", {"paper": paper, "styles": styles()}))


def styles() -> list[str]:
    """The style sheets of a paper, written into the page because the typesetter follows no addresses."""
    return [(HERE / "static" / "documents" / name).read_text(encoding="utf-8") for name in ("sheet.css", "pdf.css")]


def _typeset(page: str) -> bytes:
    missing = missing_software()
    if missing:
        raise PdfNotMade(f"本机还没有安装 {'、'.join(missing)}，不能生成 PDF；可以用浏览器打印，或下载 Word 文件。")
    if not _setting.acquire(timeout=LONGEST):
        raise PdfNotMade("正在生成的 PDF 太多，请稍后再试。")
    try:
        made = subprocess.run(
            [sys.executable, "-P", str(HERE / "typesetting.py")],
            input=page.encode(),
            capture_output=True,
            timeout=LONGEST,
            check=False,
            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
        )
    except subprocess.TimeoutExpired:
        raise PdfNotMade("这份文书太长，生成 PDF 超过了时间限制；请下载 Word 文件。") from None
    finally:
        _setting.release()
    if made.returncode != 0 or not made.stdout.startswith(b"%PDF") or len(made.stdout) > MOST_BYTES:
        _log.error("typesetting ended with %s after %s bytes", made.returncode, len(made.stdout))
        raise PdfNotMade("PDF 没有生成，请用浏览器打印，或下载 Word 文件。")
    return made.stdout
