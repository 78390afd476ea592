"""Documents and notices: the rules that these events come from."""

from collections.abc import Iterator

from huiyin.cases import events as ev

from .known import Known, paths_by_kind


@paths_by_kind.register
def _(event: ev.DocumentProduced, known: Known) -> Iterator[str]:
    known.forms[event.key] = event.form
    yield f"forms.{event.form}"
    yield f"{known.work(event.work)}.produces"
    yield from known.roles(role for role, _person in event.signatures)


@paths_by_kind.register
def _(event: ev.DocumentSigned, known: Known) -> Iterator[str]:
    yield f"forms.{known.forms.get(event.key, '')}.signed_by"
    yield from known.roles((event.role,))


@paths_by_kind.register
def _(event: ev.NoticeQueued, known: Known) -> Iterator[str]:
    if event.notice in known.regime.notices:
        yield f"notices.{event.notice}"
    if event.form:
        yield f"forms.{event.form}"
    yield from known.roles(event.to)


@paths_by_kind.register
def _(event: ev.NoticeAcknowledged, known: Known) -> Iterator[str]:
    if event.notice in known.regime.notices:
        yield f"notices.{event.notice}.acknowledge"
    yield from known.roles((event.role,))


@paths_by_kind.register
def _(event: ev.PaperRecalled, _known: Known) -> Iterator[str]:
    yield "acts.recall"
