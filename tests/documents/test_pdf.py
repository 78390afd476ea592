"""PDF files: what stands in them, and what the typesetter refuses to do."""

import socket
import subprocess
import threading

import pytest
from tests.documents.paper import HOSTILE, paper

from huiyin.documents import pdf
from huiyin.documents.pdf import PdfNotMade, pdf_of


def text_of(content: bytes) -> str:
    return subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True).stdout.decode()


def test_a_pdf_says_what_the_paper_says_and_numbers_its_pages():
    text = text_of(pdf_of(paper("经过" * 1000))).replace(" ", "")
    for words in ("投诉登记表", "林晓雨", "登〔2026〕0007", "何婉吟", "逐条核实", "骨科病区", "第1页共3页", "第3页共3页"):
        assert words in text
    assert text.count("《投诉管理制度》1.0") == 3  # the foot stands on every page


def test_fonts_are_embedded_so_that_rare_characters_survive():
    content = pdf_of(paper("投诉人王𠮷"))
    assert "𠮷" in text_of(content)
    fonts = subprocess.run(["pdffonts", "-"], input=content, capture_output=True, check=True).stdout.decode().splitlines()[2:]
    assert fonts
    assert all(line.split()[-5] == "yes" for line in fonts)


def test_hostile_words_are_printed_as_words():
    assert "<script>alert(1)</script>" in text_of(pdf_of(paper(HOSTILE)))


@pytest.fixture
def callers():
    """A listener on loopback, and who called it."""
    heard: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        stop = threading.Event()

        def listen():
            while not stop.is_set():
                try:
                    connection, who = server.accept()
                except TimeoutError:
                    continue
                heard.append(str(who))
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield server.getsockname()[1], heard
        stop.set()
        thread.join()


def test_the_typesetter_fetches_nothing_from_anywhere(callers, tmp_path):
    port, heard = callers
    secret = tmp_path / "secret.txt"
    secret.write_text("不能出现在文书里")
    page = f"""<link rel=stylesheet href="http://127.0.0.1:{port}/a.css"><img src="http://127.0.0.1:{port}/b.png">
        <p>正文</p><object data="file://{secret}"></object><link rel=attachment href="file://{secret}">
        <style>@import url(http://127.0.0.1:{port}/c.css); p {{ background: url(file://{secret}) }}</style>"""
    content = pdf._typeset(page)
    assert "正文" in text_of(content)
    assert "不能出现".encode() not in content
    assert b"EmbeddedFile" not in content
    assert heard == []


def test_what_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(pdf, "LONGEST", 0.05)
    with pytest.raises(PdfNotMade, match="超过了时间限制"):
        pdf_of(paper())


def test_without_its_software_the_reason_is_said(monkeypatch):
    monkeypatch.setattr(pdf, "missing_software", lambda: ("libpangoft2-1.0-0",))
    with pytest.raises(PdfNotMade, match=r"libpangoft2-1\.0-0"):
        pdf_of(paper())
