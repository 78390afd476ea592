"""Giving a command from the portal to a case: files, keys, and troubles as sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest
from django.utils.translation import gettext as _

from huiyin.application.running import run
from huiyin.cases.commands import Command
from huiyin.cases.people import Actor
from huiyin.cases.refusals import Refused
from huiyin.cases.state import Evidence
from huiyin.portal.forms.acts import SayForm
from huiyin.portal.forms.evidence import data_of, things_of, unused_words
from huiyin.portal.place import Place
from huiyin.store.errors import KeyReused, StoreUnavailable, UploadRefused
from huiyin.store.files.storage import LARGEST, Upload


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why an act was not done. `files`: it was about an upload."""

    message: str
    fields: dict[str, str]
    cite: tuple[str, ...] = ()
    files: bool = False
    status: int = 422


def give(
    place: Place, who: Actor, case_id: UUID, command: Command, key: str, uploads: Sequence[Upload] = ()
) -> Trouble | None:
    """Give the command to the case in somebody's name; None when it was done."""
    try:
        run(place.organisation, who, case_id, command, key=f"portal:{key}", uploads=uploads)
    except Refused as refused:
        return Trouble(refused.message, refused.fields, refused.cite)
    except UploadRefused as refused:
        return Trouble(refused.said, {}, files=True)
    except KeyReused:
        return Trouble(_("这一步已经交过一次；要再补充，请重新打开页面。"), {})
    except StoreUnavailable as trouble:
        return Trouble(trouble.said, {}, status=503)
    return None


def uploads_of(
    request: HttpRequest, control: str = "files", kind: str = "", data: Mapping[str, Any] | None = None
) -> tuple[list[Upload], list[str]]:
    """The files that came with a form, and what is wrong with those that are too large to be read at all.

    `kind` and `data`: what kind of evidence they are, and what was said about them.
    """
    uploads, wrong = [], []
    for uploaded in request.FILES.getlist(control):
        name = uploaded.name or _("未命名")
        if (uploaded.size or 0) > LARGEST:
            words = _("“%(name)s”太大；单个文件不能超过 %(size)s MB。")
            wrong.append(words % {"name": name, "size": LARGEST // 1024 // 1024})
        else:
            uploads.append(Upload(name, uploaded.read(), kind, data=data or {}))
    return uploads, wrong


@dataclass(frozen=True, slots=True)
class Said:
    """What came with the form for adding something: words and things as evidence, files, and what is wrong."""

    evidence: tuple[Evidence, ...]
    uploads: list[Upload]
    wrong: list[str]


def said_in(request: HttpRequest, form: SayForm, key: str) -> Said:
    """Words, things and files of a valid form."""
    uploads, wrong = uploads_of(request)
    for kind in form.kinds:
        more, amiss = uploads_of(request, f"file-{kind.id}", kind.id, data_of(form, kind))
        uploads, wrong = uploads + more, wrong + amiss + unused_words(form, kind, files=bool(more or amiss))
    text = form.cleaned_data["text"].strip()
    said = (Evidence(f"said-{key[:8]}", "", text),) if text else ()
    evidence = (*said, *things_of(form, form.kinds))
    if not evidence and not uploads and not wrong:
        wrong = [_("请写一句话，或者选一个文件。")]
    return Said(evidence, uploads, wrong)


def key_of(request: HttpRequest) -> str:
    """The key under which what the form sends counts once; a new one where the form has none."""
    try:
        return str(UUID(request.POST.get("key", "")))
    except ValueError:
        return str(uuid4())
