"""Notices and papers: who is told, what is produced and signed, what counts no more, samples and their results."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from huiyin.cases.events import NoticeQueued
from huiyin.cases.publishing import published_reply
from huiyin.cases.recalled import is_void
from huiyin.scenarios.scene import Scene

from .difference import Difference, Reader, among, listed, same


def _tells(wanted: bool) -> Callable[[Scene, str, Any], list[Difference]]:
    """Who was told by which notice or paper, or was not."""

    def read(scene: Scene, key: str, expected: Mapping[str, Any]) -> list[Difference]:
        found: list[Difference] = []
        for role, papers in expected.items():
            told = {
                name
                for event in scene.events
                if isinstance(event, NoticeQueued) and role in event.to
                for name in (event.notice, event.form, event.about)
            }
            found += among(f"{key}.{role}", papers, told - {""}, wanted, "没有通知")
        return found

    return read


def _produces(scene: Scene, key: str, expected: Any) -> list[Difference]:
    made = {document.form for document in scene.the_case.documents.values()}
    missing = [form for form in listed(expected) if form not in made]
    return [Difference(key, "、".join(missing), "、".join(sorted(made)) or "没有文书")] if missing else []


def _unsigned(scene: Scene, key: str, expected: Any) -> list[Difference]:
    actual = sorted({document.form for document in scene.the_case.documents.values() if document.missing()})
    return same(key, sorted(listed(expected)), actual)


def _signed(scene: Scene, key: str, expected: Mapping[str, Any]) -> list[Difference]:
    """Roles whose places on the latest paper of a form are all signed: form → roles."""
    found: list[Difference] = []
    for form, roles in expected.items():
        papers = [document for document in scene.the_case.documents.values() if document.form == form]
        complete = set(papers[-1].needs) - set(papers[-1].missing()) if papers else set()
        missing = [role for role in listed(roles) if role not in complete]
        if missing:
            found.append(Difference(f"{key}.{form}", "、".join(missing), "、".join(sorted(complete)) or "没有签名"))
    return found


def _void(scene: Scene, key: str, expected: Any) -> list[Difference]:
    """Papers, by number or form, that count no more."""
    return [Difference(key, str(each), "仍然有效") for each in listed(expected) if not is_void(scene.the_case, str(each))]


def _samples(scene: Scene, key: str, expected: Mapping[str, Any]) -> list[Difference]:
    """Of each sample (`original-1`): its `code`, whether it is `intact`, how many `results` are in, its `keeper` …"""
    found: list[Difference] = []
    for name, wanted in expected.items():
        sample = scene.the_case.samples.get(name)
        if sample is None:
            found.append(Difference(f"{key}.{name}", str(wanted), "没有这件样品"))
            continue
        keep = sample.keep_until
        actual = {
            "code": sample.code,
            "number": sample.number,
            "intact": sample.intact,
            "results": len(sample.round_results),
            "keeper": sample.keeper,
            "handed": len(sample.passages),
            "keep_until": keep.astimezone(scene.world.calendar.zone).date().isoformat() if keep else "",
        }
        for aspect, value in wanted.items():
            if aspect not in actual:
                found.append(Difference(f"{key}.{name}.{aspect}", str(value), f"可用：{'、'.join(actual)}"))
                continue
            plain = value.isoformat() if isinstance(value, date) else value
            found += same(f"{key}.{name}.{aspect}", plain, actual[aspect])
    return found


def _published(scene: Scene, key: str, expected: Any) -> list[Difference]:
    """What everybody reads of the reply on the portal: content → value; `~` where nothing is public."""
    reply = published_reply(scene.regime, scene.the_case)
    return same(key, dict(expected) if expected else None, dict(reply.contents) if reply else None)


READERS: Mapping[str, Reader] = {
    "tells": _tells(True),
    "not_tells": _tells(False),
    "produces": _produces,
    "published": _published,
    "unsigned": _unsigned,
    "signed": _signed,
    "samples": _samples,
    "void": _void,
}
