"""Attachments: taken by their content, kept by their digest, handed out as downloads."""

import io
import stat
import zipfile

import pytest
from tests.application.conftest import GU, MEI, SHEN

from huiyin.application.attachments import attachments_of, download
from huiyin.application.loading import open_case
from huiyin.cases.commands import AddEvidence
from huiyin.store.errors import UnknownCase, UploadRefused
from huiyin.store.files import storage
from huiyin.store.files.kinds import check, kind_of
from huiyin.store.files.storage import MOST, Upload, check_uploads, path_of
from huiyin.store.models import AttachmentRow


def office(*parts):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for part in parts:
            file.writestr(part, "<x/>")
    return content.getvalue()


WAV = b"RIFF\x24\0\0\0WAVEfmt "
MP4 = b"\0\0\0\x18ftypisom\0\0\2\0"


@pytest.mark.parametrize(
    ("name", "content", "media"),
    [
        ("照片.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"),
        ("截图.PNG", b"\x89PNG\r\n\x1a\n\0\0", "image/png"),
        ("动图.gif", b"GIF89a\1\0\1\0", "image/gif"),
        ("图.webp", b"RIFF\x24\0\0\0WEBPVP8 ", "image/webp"),
        ("手机.heic", b"\0\0\0\x18ftypheic\0\0\0\0", "image/heic"),
        ("证明.pdf", b"%PDF-1.7\n", "application/pdf"),
        ("说明.docx", office("[Content_Types].xml", "word/document.xml"), "application/vnd.openxmlformats"),
        ("清单.xlsx", office("xl/workbook.xml"), "application/vnd.openxmlformats"),
        ("经过.txt", "事情经过".encode(), "text/plain"),
        ("旧文本.txt", "事情经过".encode("gb18030"), "text/plain"),
        ("录音.mp3", b"ID3\4\0\0", "audio/mpeg"),
        ("录音2.mp3", b"\xff\xfb\x90\x64\0\0", "audio/mpeg"),
        ("录音.m4a", b"\0\0\0\x18ftypM4A \0\0\0\0", "audio/mp4"),
        ("录音.wav", WAV, "audio/wav"),
        ("录像.mp4", MP4, "video/mp4"),
    ],
)
def test_ordinary_evidence_is_taken(name, content, media):
    assert check(name, content).type.startswith(media)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("空.txt", b"", "empty"),
        ("程序.jpg", b"MZ\x90\0\3\0\0\0", "type"),
        ("程序", b"\x7fELF\2\1\1", "type"),
        ("网页.txt", b"<!DOCTYPE html><script>alert(1)</script>", "type"),
        ("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "type"),
        ("脚本.txt", b"#!/bin/sh\nrm -rf /", "type"),
        ("压缩.zip", office("a.txt"), "type"),
        ("宏.docx", office("word/document.xml", "word/vbaProject.bin"), "type"),
        ("坏的.docx", b"PK\3\4broken", "type"),
        ("照片.jpg", b"%PDF-1.7\n", "name"),
        ("照片.jpg.exe", b"\xff\xd8\xff\xe0", "name"),
        ("照片", b"\xff\xd8\xff\xe0", "name"),
    ],
)
def test_what_is_forbidden_or_lies_about_its_name_is_refused_with_the_reason(name, content, reason):
    with pytest.raises(UploadRefused) as refused:
        check(name, content)
    assert refused.value.reason == reason
    assert name in refused.value.message_zh


def test_size_and_number_have_their_limits(monkeypatch):
    monkeypatch.setattr(storage, "LARGEST", 10)
    with pytest.raises(UploadRefused) as refused:
        check_uploads([Upload("长.txt", b"a" * 11)])
    assert refused.value.reason == "size"
    with pytest.raises(UploadRefused) as refused:
        check_uploads([Upload(f"{n}.txt", b"a") for n in range(MOST + 1)])
    assert refused.value.reason == "count"


def test_a_refused_file_stops_the_whole_filing(file):
    with pytest.raises(UploadRefused):
        file(uploads=[Upload("好.txt", "好的".encode()), Upload("坏.exe", b"MZ\0")])
    assert not AttachmentRow.objects.exists()


def files_of(organisation, receipt):
    return attachments_of(open_case(organisation, MEI, receipt.case_id))


def test_a_file_is_handed_out_as_a_download_under_its_own_name(assigned, do, hospital):
    receipt = assigned()
    do(GU, receipt, AddEvidence(evidence=()), uploads=[Upload("../../走廊\n录像说明.txt", "见录像".encode())])
    (row,) = files_of(hospital, receipt)
    handed = download(hospital, MEI, receipt.case_id, row.id)
    assert handed.path.read_text(encoding="utf-8") == "见录像"
    assert stat.S_IMODE(handed.path.stat().st_mode) == 0o600
    assert row.name == "走廊录像说明.txt"
    assert handed.headers["Content-Disposition"].startswith("attachment;")
    assert handed.headers["X-Content-Type-Options"] == "nosniff"
    with pytest.raises(UnknownCase):
        download(hospital, SHEN, receipt.case_id, row.id)


def test_the_same_file_twice_lies_on_disk_once(file, hospital):
    first = file("一", uploads=[Upload("甲.txt", "同样的内容".encode())])
    second = file("二", subject="fee", uploads=[Upload("乙.txt", "同样的内容".encode())])
    digests = {files_of(hospital, receipt)[0].digest for receipt in (first, second)}
    assert len(digests) == 1
    assert [row.name for receipt in (first, second) for row in files_of(hospital, receipt)] == ["甲.txt", "乙.txt"]


@pytest.mark.parametrize("digest", ["../../etc/passwd", "a" * 63, "A" * 64, ""])
def test_only_a_digest_names_a_file(digest):
    with pytest.raises(ValueError, match="SHA-256"):
        path_of(digest)


def test_kinds_are_told_by_content_alone():
    assert kind_of(b"\0\1\2\3") is None
    assert kind_of(b"RIFF\0\0\0\0AVI ") is None
