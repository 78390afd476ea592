"""Files that lie: about their kind, their name, their size. Refused with a reason, or kept as harmless downloads."""

import io
import struct
import zipfile
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.security.conftest import MANAGER, PNG, portal

from huiyin.store.errors import UploadRefused
from huiyin.store.files.storage import LARGEST, Upload, check_uploads, path_of
from huiyin.store.models import AttachmentRow, CaseRow

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HTML = b"<!doctype html><script>alert(1)</script>"


def office(*parts, of="word/document.xml"):
    """A zip that calls itself an office file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr(of, b"<x/>")
        for name, content in parts:
            box.writestr(name, content)
    return stream.getvalue()


REFUSED = {
    "a page as a picture": ("照片.png", HTML, "类型"),
    "a drawing with a script as a picture": ("照片.png", SVG, "类型"),
    "a drawing under its own name": ("图.svg", SVG, "类型"),
    "a page after blanks": ("说明.txt", b" \r\n\t" + HTML, "类型"),
    "a page after a byte order mark": ("说明.txt", b"\xef\xbb\xbf" + HTML, "类型"),
    "a page in wide letters": ("说明.txt", HTML.decode().encode("utf-16"), "类型"),
    "a script of the shell": ("说明.txt", b"#!/bin/sh\nrm -rf /\n", "类型"),
    "a program": ("说明.pdf", b"MZ\x90\x00" + b"\0" * 100, "类型"),
    "a program of the other kind": ("说明.pdf", b"\x7fELF" + b"\0" * 100, "类型"),
    "a picture under a program's name": ("照片.exe", PNG, "不符"),
    "a picture under a page's name": ("照片.html", PNG, "不符"),
    "a picture with a second ending": ("照片.png.svg", PNG, "不符"),
    "an ending turned around": ("照片\u202egnp.exe", PNG, "不符"),
    "an ending after a NUL": ("照片.png\x00.exe", PNG, "不符"),
    "a picture without ending": ("照片", PNG, "没有后缀"),
    "nothing at all": ("空.png", b"", "空文件"),
    "a text that is a picture": ("照片.png", b"just words", "不符"),
    "an office file with macros": ("表.docx", office(("word/vbaProject.bin", b"x")), "类型"),
    "a plain archive": ("材料.zip", office(of="readme.txt"), "类型"),
    "an archive of thousands": ("材料.docx", office(*((f"{number}", b"") for number in range(5_001))), "类型"),
    "half an archive": ("材料.docx", office()[:40], "类型"),
    "a page in a picture's envelope": ("照片.webp", b"RIFF" + struct.pack("<I", 40) + b"HTML" + HTML, "类型"),
}


def test_what_lies_is_refused_with_the_reason():
    for what, (name, content, reason) in REFUSED.items():
        with pytest.raises(UploadRefused) as refused:
            check_uploads([Upload(name, content)])
        assert reason in refused.value.message_zh, what


def test_the_doors_refuse_the_same(hospital, matter, nobody, complainant, desk_of, api_of):
    """Portal, tracking page, desk and interface: the reason stands on the page, no case and no file is added."""
    desk, interface = desk_of(MANAGER), api_of(MANAGER)
    before = (CaseRow.objects.count(), AttachmentRow.objects.count())
    form = {"kind": "complaint", "matter-subject": "fee", "matter-account": "多收了钱", "identity": "anonymous", "do": "submit"}
    for name, content, _reason in list(REFUSED.values())[:12]:
        doors = (
            (nobody, portal(hospital, "file/patient-relations/"), {**form, "file-bill": SimpleUploadedFile(name, content)}),
            (complainant, portal(hospital, "track/case/say/"), {"text": "", "files": SimpleUploadedFile(name, content)}),
            (
                desk,
                f"/desk/cases/{matter.number}/do/add-evidence.add-evidence/",
                {"files": SimpleUploadedFile(name, content)},
            ),
            (interface, f"/api/v1/cases/{matter.number}/files", {"files": SimpleUploadedFile(name, content)}),
        )
        for client, path, data in doors:
            answer = client.post(path, data)
            assert (path, answer.status_code) == (path, 422)
            assert "不能上传" in answer.content.decode() or "不符" in answer.content.decode(), path
    assert (CaseRow.objects.count(), AttachmentRow.objects.count()) == before


def test_a_bomb_is_measured_by_what_came_in_and_never_unpacked():
    """Ten megabytes of zeros in ten kilobytes: only the table of contents is read."""
    bomb = office(("word/media/bomb.bin", b"\0" * 10_000_000))
    assert len(bomb) < 20_000
    (checked,) = check_uploads([Upload("说明.docx", bomb)])
    assert checked.upload.content == bomb


def test_a_file_over_the_limit_is_refused_before_it_is_looked_at():
    class Huge(bytes):
        def __len__(self):
            return LARGEST + 1

    with pytest.raises(UploadRefused, match="太大"):
        check_uploads([Upload("录像.mp4", Huge(PNG))])


NAMES = (
    "../../../../etc/cron.d/x.png", "..\\..\\windows\\system32\\x.png", "/etc/passwd.png", "C:\\x.png", "a/b\x00/c.png",
    "x\r\nSet-Cookie: a=b.png", '"; filename="evil.html".png', "照片\u202e\u2066.png", "\u202egnp.exe.png", "名" * 400 + ".png",
    "<img src=x onerror=alert(1)>.png", "=cmd|' /C calc'!A0.png", ".png", "CON.png", "%2e%2e%2f.png", "a;b.png", "'.png",
)  # fmt: skip


def test_a_hostile_name_is_shown_as_a_name_and_leads_nowhere(file, desk_of):
    """Kept by digest, so no name reaches the disk; sent as a download with a name that has no folders and no line breaks."""
    desk = desk_of(MANAGER)
    for place, name in enumerate(NAMES):
        receipt = file(uploads=[Upload(name, PNG + bytes([place]))])
        row = AttachmentRow.objects.get(case_id=receipt.case_id)
        assert len(row.name) <= 200
        assert row.name.isprintable(), name
        assert not {"/", "\\", "\u202e", "\u2066"} & set(row.name), name
        assert path_of(row.digest).is_file()
        answer = desk.get(f"/desk/cases/{receipt.number}/evidence/{row.id}/")
        assert answer.getvalue() == PNG + bytes([place])
        kind, _, said = answer.headers["Content-Disposition"].partition("; ")
        assert kind == "attachment"
        assert unquote(said.removeprefix("filename*=UTF-8''")) == row.name
        page = desk.get(f"/desk/cases/{receipt.number}/").content.decode()
        assert "<img src=x" not in page
        assert not {"\u202e", "\u2066"} & set(page), name


def test_a_file_is_found_by_the_case_it_belongs_to_only(file, desk_of):
    """The address of one case does not hand out the file of another."""
    desk = desk_of(MANAGER)
    one = file(uploads=[Upload("一.png", PNG)])
    other = file("另一件", uploads=[Upload("二.png", PNG + b"2")])
    elsewhere = AttachmentRow.objects.get(case_id=other.case_id)
    assert desk.get(f"/desk/cases/{one.number}/evidence/{elsewhere.id}/").status_code == 404
    for key in ("1", "../" * 5, str(elsewhere.digest), "00000000-0000-0000-0000-000000000000"):
        assert desk.get(f"/desk/cases/{one.number}/evidence/{key}/").status_code == 404


def test_a_ticket_for_a_waiting_file_cannot_be_made_up(hospital, nobody):
    """Files of an unfinished form wait under signed tickets; a forged one names nothing on the disk."""
    form = {"kind": "complaint", "matter-subject": "fee", "matter-account": "多收了钱", "identity": "anonymous"}
    for ticket in ("../../keys/site", "eyJmIjoiLi4vLi4va2V5cy9zaXRlIn0:1:x", "\x00", "a" * 5_000):
        answer = nobody.post(portal(hospital, "file/patient-relations/"), {**form, "do": "check", "kept": ticket})
        assert answer.status_code == 422
        assert "请重新选择" in answer.content.decode()


def test_more_files_or_parts_than_anybody_needs_are_refused(hospital, nobody):
    files = [SimpleUploadedFile(f"{number}.png", PNG) for number in range(31)]
    assert nobody.post(portal(hospital, "file/patient-relations/"), {"file-bill": files}).status_code == 400
    fields = {f"field-{number}": "x" for number in range(2_001)}
    assert nobody.post(portal(hospital, "track/"), fields).status_code == 400
    too_much = nobody.post(portal(hospital, "track/"), {"number": "x" * 6_000_000})
    assert too_much.status_code == 413
    assert "超过了允许的大小" in too_much.content.decode()


def test_a_request_of_gigabytes_is_refused_before_it_is_read(hospital, matter, nobody, desk_of, api_of):
    """Nobody fills the disk with what no form would take: the announced size is enough to say no."""
    huge = {"CONTENT_LENGTH": str(settings.HUIYIN_LARGEST_REQUEST + 1)}
    kind = "multipart/form-data; boundary=x"
    doors = (
        (nobody, portal(hospital, "file/patient-relations/")),
        (desk_of(MANAGER), f"/desk/cases/{matter.number}/do/add-evidence.add-evidence/"),
        (api_of(MANAGER), f"/api/v1/cases/{matter.number}/files"),
    )
    for client, path in doors:
        answer = client.generic("POST", path, b"--x\r\n", content_type=kind, **huge)
        assert (path, answer.status_code) == (path, 413)


def test_a_broken_envelope_is_refused(hospital, nobody, api_of, matter):
    for content_type in ("multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\xff"):
        for path in (portal(hospital, "file/patient-relations/"), portal(hospital, "track/")):
            assert nobody.generic("POST", path, b"--x\r\nbroken", content_type=content_type).status_code in (400, 422)
        address = f"/api/v1/cases/{matter.number}/files"
        answer = api_of(MANAGER).generic("POST", address, b"--x\r\nbroken", content_type=content_type)
        assert answer.status_code in (400, 422)
