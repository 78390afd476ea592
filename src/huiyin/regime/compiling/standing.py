"""What is not tied to one case: confidentiality, records, watches, commitments, portal, governance."""

from datetime import date

from huiyin.regime.limits_written import LimitWritingError, parse_amount
from huiyin.regime.model import (
    Commitment,
    Confidentiality,
    Governance,
    LegalPath,
    Portal,
    PublishedReplies,
    RecordsRow,
    Watch,
)
from huiyin.regime.schema.papers import MeasuredPart
from huiyin.regime.schema.standing import CommitmentPart
from huiyin.regime.source import Path
from huiyin.regime.vocabulary import CORE_ACTS

from .contents import contents
from .desk import Desk
from .resolving import item

_PERIODS = frozenset(
    {"day", "week", "month", "quarter", "half-year", "year", "calendar month", "calendar quarter", "calendar year"}
)
_WATCHED = frozenset({"case", "category", "cause", "product", "place", "person", "respondent", "handling-unit"})
_ONE_DAY = "1 day"
"""Over what a watch of single cases looks that says nothing: it is looked at every day."""
_SHOWN = frozenset({"channels", "articles", "commitments", "replies", "statistics", "paths", "consultations"})


def confidentiality(desk: Desk) -> dict[str, Confidentiality]:
    """Who sees what."""
    result = {}
    for rule_id, part in desk.file.confidentiality.items():
        path: Path = ("confidentiality", rule_id)
        for number, hidden in enumerate(part.hide):
            desk.reference(hidden, contents(desk), item((*path, "hide"), number, desk.source), "内容", "path")
        result[rule_id] = Confidentiality(
            id=rule_id,
            title=part.title or "保密",
            when=desk.condition(part.when, (*path, "when")),
            see=desk.role_list(part.see, (*path, "see")),
            hide=part.hide,
            hidden_from=desk.role_list(part.hidden_from, (*path, "from")),
            cite=desk.cite(part.cite, path),
        )
    return result


def records(desk: Desk) -> tuple[RecordsRow, ...]:
    """How long cases are kept."""
    rows = []
    for row_id, part in desk.file.records.items():
        path: Path = ("records", row_id)
        rows.append(
            RecordsRow(
                id=row_id,
                title=part.title or "档案",
                keep=desk.keep(part.keep, (*path, "keep")),
                cite=desk.cite(part.cite, path),
                when=desk.condition(part.when, (*path, "when")),
                start=desk.event(part.start, (*path, "from")),
                read_by=desk.role_list(part.read_by, (*path, "read_by")),
                code=part.code,
            )
        )
    return tuple(rows)


def watches(desk: Desk) -> dict[str, Watch]:
    """Standing rules over many cases."""
    result = {}
    for watch_id, part in desk.file.watches.items():
        path: Path = ("watches", watch_id)
        for number, per in enumerate(part.per):
            if per not in _WATCHED:
                known = [*sorted(_WATCHED), *desk.file.roles.units]
                desk.reference(per, known, item((*path, "per"), number, desk.source), "统计口径", "grouping")
                desk.used.roles.add(per)
        alone = part.per == ("case",)
        if part.over is None and not alone:
            desk.found.add("missing-key", path, at_key=True, key="over")
        marks = (part.at_least, part.at_most, part.growth)
        result[watch_id] = Watch(
            id=watch_id,
            title=part.title or watch_id,
            per=part.per,
            over=period(desk, part.over, (*path, "over")) if part.over else _ONE_DAY,
            cite=desk.cite(part.cite, path),
            of=desk.condition(part.of, (*path, "of"), "watch"),
            at_least=1.0 if alone and marks == (None, None, None) else _number(desk, part.at_least, (*path, "at_least")),
            at_most=_number(desk, part.at_most, (*path, "at_most")),
            growth=_number(desk, part.growth, (*path, "growth")),
            tell=desk.role_list(part.tell, (*path, "tell")),
        )
    return result


def period(desk: Desk, text: str, path: Path) -> str:
    """A period to look over: "90 days", "calendar year", "quarter", or a setting."""
    value = desk.value(text, path)
    if value in _PERIODS or (text.startswith("$") and value == text[1:]):
        return text if text.startswith("$") and value == text[1:] else str(value)
    try:
        return str(parse_amount(str(value)))
    except LimitWritingError as error:
        hint = error.hint if error.hint[0].isdigit() and "、" not in error.hint else "90 days、quarter 或 calendar year"
        desk.found.add("bad-limit", path, text=str(value), hint=hint)
        return str(value)


def _number(desk: Desk, raw: float | str | None, path: Path) -> float | str | None:
    value = desk.value(raw, path)
    if isinstance(value, str) and not (isinstance(raw, str) and raw.startswith("$")):
        return float(value.removesuffix("%"))
    return value if isinstance(value, float | str) else None


def commitments(desk: Desk) -> dict[str, Commitment]:
    """Targets and public promises."""
    result = {}
    for commitment_id, part in desk.file.commitments.items():
        path: Path = ("commitments", commitment_id)
        own = part.measure if isinstance(part.measure, MeasuredPart) else None
        if part.of is not None:
            known = [*desk.file.limits, *desk.file.flow, *desk.file.duties]
            desk.reference(part.of, known, (*path, "of"), "时限、环节或职责", "limit, step or duty")
        for number, category in enumerate(part.breached_by):
            desk.reference(
                category, desk.names("flow").categories or (), (*path, "breached_by", number), "类别", "category"
            )
        result[commitment_id] = Commitment(
            id=commitment_id,
            title=part.title or commitment_id,
            text=part.text,
            measure=part.measure if isinstance(part.measure, str) else None,
            count=desk.condition(own.count, (*path, "measure", "count"), "watch") if own else None,
            among=desk.condition(own.among, (*path, "measure", "among"), "watch") if own else None,
            of=part.of,
            bound=_bounds(desk, part, path),
            over=period(desk, part.over, (*path, "over")) if part.over else "",
            audience=part.audience,
            owner=desk.role(part.owner, (*path, "owner")) if part.owner else "",
            approval=desk.approval(part.approval, (*path, "approval")),
            breached_by=part.breached_by,
            cite=desk.cite(part.cite, path, needed=part.measure is not None),
            via=_means(desk, part, path),
            figure_from=part.figure_from,
        )
    return result


def _means(desk: Desk, part: CommitmentPart, path: Path) -> tuple[str, ...]:
    """The means a `via-share` counts, of those by which its step is done."""
    if part.measure != "via-share":
        return ()
    for key in ("of", "via"):
        if not getattr(part, key):
            desk.found.add("missing-key", path, at_key=True, key=key)
    step = desk.file.flow.get(part.of or "")
    if part.of and step is None:
        desk.reference(part.of, desk.file.flow, (*path, "of"), "环节", "step")
    for number, means in enumerate(part.via if step is not None else ()):
        desk.reference(means, step.via if step else (), item((*path, "via"), number, desk.source), "联系方式", "means")
    return part.via


def _bounds(desk: Desk, part: CommitmentPart, path: Path) -> dict[str, str]:
    bounds = {}
    for name in ("at_least", "at_most", "below"):
        raw = getattr(part, name)
        if raw is not None:
            bounds[name] = str(desk.value(raw, (*path, name)))
    return bounds


def portal(desk: Desk) -> Portal:
    """What the public sees."""
    part = desk.file.portal
    for number, shown in enumerate(part.show):
        desk.reference(shown, sorted(_SHOWN), ("portal", "show", number), "栏目", "section")
    progress = desk.event_list(part.progress, ("portal", "progress"))
    paths = {
        path_id: LegalPath(path_id, each.title or path_id, desk.words(each.contact, ("portal", "paths", path_id, "contact")))
        for path_id, each in part.paths.items()
    }
    return Portal(part.show, progress or Portal().progress, _replies(desk), paths)


def _replies(desk: Desk) -> PublishedReplies | None:
    """How replies are published; None where no act does it."""
    part = desk.file.portal
    if "replies" in part.show and (part.replies is None or not part.replies.act):
        desk.found.add("no-publishing-act", ("portal", "show"), at_key=True)
    if part.replies is None or not part.replies.act:
        return None
    path: Path = ("portal", "replies")
    own = [name for name in desk.file.acts if name not in CORE_ACTS]
    desk.reference(part.replies.act, own, (*path, "act"), "动作", "act")
    if part.replies.withdrawn_by:
        desk.reference(part.replies.withdrawn_by, own, (*path, "withdrawn_by"), "动作", "act")
    act = desk.file.acts.get(part.replies.act)
    if act is not None and not act.fields:
        desk.found.add("publishes-nothing", (*path, "act"), act=act.title or part.replies.act)
    for name, field in act.fields.items() if act is not None else ():
        if field.private or field.type in ("file", "person", "party"):
            desk.found.add("publishes-private", ("acts", part.replies.act, "fields", name), at_key=True, field=field.title or name)
    return PublishedReplies(part.replies.act, part.replies.withdrawn_by)


def governance(desk: Desk) -> Governance:
    """Who issued the regime, from when it holds, what happens to open cases."""
    part = desk.file.governance
    path: Path = ("governance",)
    return Governance(
        issuer=part.issuer,
        author=part.author,
        document_number=part.document_number,
        issued_on=part.issued_on if isinstance(part.issued_on, date) else None,
        effective_on=part.effective_on,
        revised_on=part.revised_on if isinstance(part.revised_on, date) else None,
        revise_every=period(desk, part.revise_every, (*path, "revise_every")) if part.revise_every else "",
        revised_by=desk.role_list(part.revised_by, (*path, "revised_by")),
        approval=desk.approval(part.approval, (*path, "approval")),
        announce_to=desk.role_list(part.announce_to, (*path, "announce_to")),
        copies=part.copies,
        copies_to=desk.role_list(part.copies_to, (*path, "copies_to")),
        interpretation=part.interpretation,
        basis=part.basis,
        gaps=part.gaps,
        overrides=part.overrides,
        open_cases=part.open_cases,
    )
