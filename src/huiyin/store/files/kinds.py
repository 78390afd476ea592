"""Which kinds of file are taken, told by their content alone; a name that claims another kind is a lie and is refused."""

import io
import zipfile
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from huiyin.store.errors import UploadRefused


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind we take: media type, Chinese name, extensions a file of this kind may bear."""

    type: str
    title: str
    extensions: frozenset[str]


def _kind(media: str, title: str, *extensions: str) -> FileKind:
    return FileKind(media, title, frozenset(extensions))


JPEG = _kind("image/jpeg", "JPG 图片", "jpg", "jpeg", "jpe", "jfif")
PNG = _kind("image/png", "PNG 图片", "png")
GIF = _kind("image/gif", "GIF 图片", "gif")
WEBP = _kind("image/webp", "WebP 图片", "webp")
BMP = _kind("image/bmp", "BMP 图片", "bmp")
TIFF = _kind("image/tiff", "TIFF 图片", "tif", "tiff")
HEIC = _kind("image/heic", "HEIC 图片", "heic", "heif")
PDF = _kind("application/pdf", "PDF 文件", "pdf")
DOCX = _kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word 文档", "docx")
XLSX = _kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel 表格", "xlsx")
PPTX = _kind("application/vnd.openxmlformats-officedocument.presentationml.presentation", "PPT 演示文稿", "pptx")
OFD = _kind("application/ofd", "OFD 文件", "ofd")
TEXT = _kind("text/plain", "文本", "txt", "csv", "log", "text")
MP3 = _kind("audio/mpeg", "MP3 录音", "mp3")
M4A = _kind("audio/mp4", "M4A 录音", "m4a")
WAV = _kind("audio/wav", "WAV 录音", "wav")
AMR = _kind("audio/amr", "AMR 录音", "amr")
OGG = _kind("audio/ogg", "OGG 录音", "ogg", "oga", "opus")
MP4 = _kind("video/mp4", "MP4 视频", "mp4", "m4v")
MOV = _kind("video/quicktime", "MOV 视频", "mov", "qt")

ALLOWED = (
    JPEG, PNG, GIF, WEBP, BMP, TIFF, HEIC, PDF, DOCX, XLSX, PPTX, OFD, TEXT, MP3, M4A, WAV, AMR, OGG, MP4, MOV,
)  # fmt: skip

_STARTS: tuple[tuple[bytes, FileKind], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
    (b"%PDF-", PDF),
    (b"ID3", MP3),
    (b"#!AMR", AMR),
    (b"OggS", OGG),
)
_BRANDS: tuple[tuple[tuple[bytes, ...], FileKind], ...] = (
    ((b"M4A ", b"M4B "), M4A),
    ((b"qt  ",), MOV),
    ((b"heic", b"heix", b"mif1", b"hevc"), HEIC),
    ((b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"3gp4", b"3gp5", b"MSNV"), MP4),
)
_OFFICE = (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX), ("ppt/presentation.xml", PPTX), ("OFD.xml", OFD))
_MACROS = ("vbaProject.bin",)
_MOST_PARTS = 5_000


def kind_of(content: bytes) -> FileKind | None:
    """The kind of a file by its content; None for anything we do not take."""
    for start, kind in _STARTS:
        if content.startswith(start):
            return kind
    if content[:2] == b"BM" and int.from_bytes(content[2:6], "little") == len(content):
        return BMP
    if content[:4] == b"RIFF":
        return {b"WEBP": WEBP, b"WAVE": WAV}.get(content[8:12])
    if content[4:8] == b"ftyp":
        return next((kind for brands, kind in _BRANDS if content[8:12] in brands), None)
    if content[:4] == b"PK\x03\x04":
        return _office(content)
    if _is_mpeg_audio(content):
        return MP3
    return TEXT if _is_text(content) else None


def check(name: str, content: bytes) -> FileKind:
    """The kind of an uploaded file.

    Raises:
        UploadRefused: the file is empty, of a kind we do not take, or its name claims another kind.
    """
    if not content:
        raise UploadRefused(name, "empty", gettext_noop("“%(file)s”是空文件，请重新选择。"), file=name)
    kind = kind_of(content)
    if kind is None:
        words = gettext_noop("“%(file)s”的类型不能上传；可以上传图片、PDF、Word、Excel、文本、录音和视频。")
        raise UploadRefused(name, "type", words, file=name)
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    if extension not in kind.extensions:
        words = gettext_noop("“%(file)s”的名字没有后缀，内容是%(kind)s；请加上正确的后缀再传。")
        if extension:
            words = gettext_noop("“%(file)s”的内容是%(kind)s，与后缀“.%(extension)s”不符；请改成正确的后缀再传。")
        raise UploadRefused(name, "name", words, file=name, kind=kind.title, extension=extension)
    return kind


def _office(content: bytes) -> FileKind | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = parts.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if len(names) > _MOST_PARTS or any(name.endswith(_MACROS) for name in names):
        return None
    return next((kind for part, kind in _OFFICE if part in names), None)


def _is_mpeg_audio(content: bytes) -> bool:
    """An MPEG audio frame: eleven set bits, layer III, a bit rate and sampling rate that exist."""
    if len(content) < 4 or content[0] != 0xFF or content[1] & 0xE6 != 0xE2:
        return False
    return content[2] >> 4 not in (0, 15) and content[2] >> 2 & 3 != 3


def _is_text(content: bytes) -> bool:
    """Plain text in UTF-8 or GB18030: no control characters, and nothing a browser would run as a page."""
    if any(byte < 32 and byte not in b"\t\n\r\f" for byte in content[:65_536]) or b"\0" in content:
        return False
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            beginning = content.decode(encoding).lstrip()[:1_000].lower()
        except UnicodeDecodeError:
            continue
        return not beginning.startswith(("<!doctype", "<html", "<svg", "<?xml", "<script", "#!", "mz"))
    return False
