"""Composing a document: regime, case and form become a sheet that says everything, at one moment.

`compose` is pure: the same regime, case and production always give the same sheet.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from typing import Any

from huiyin.cases.order import Order, was_over
from huiyin.cases.state import Case, Evidence, Seal, StepRun
from huiyin.cases.values import is_empty
from huiyin.records import replace
from huiyin.regime.affairs import affairs_of
from huiyin.regime.form_names import LIST_COLUMNS, WHERE_SAID
from huiyin.regime.model import Form, FormLine, Piece, Regime

from .content import Block, Cell, GridBlock, HeadingBlock, Place, Run, Sheet, TableBlock, Text, TextBlock
from .sample_lists import custody_rows, result_rows, sample_rows
from .usual import ROOM_FOR_PEN, cell_of, usual_blocks
from .values import STATES, Contents, Production, words
from .wording import day_words, moment_words, plain_value, yes_no

BLANK_WORDS = "＿＿＿＿＿＿"
"""Stands in a sentence for what the case does not say, to be filled in by hand."""

LIMIT_STATES = {"running": "计算中", "overdue": "已超期", "met": "已完成", "cancelled": "已撤销"}


def compose(regime: Regime, case: Case, form: Form, production: Production) -> Sheet:
    """The sheet of a form, as the case stands."""
    is_declared = regime.forms.get(form.id) is form
    blank, listed = _blank_of(regime, form.id) if is_declared else (_blank(regime, form), listed_in(form))
    contents = Contents(regime, case, replace(production, listed=listed))
    return replace(
        blank,
        number=production.number,
        version=production.version,
        case_number=case.number,
        day=day_words(production.at.astimezone(production.zone).date()),
        blocks=tuple(_laid_out(form, contents)) if form.lines else usual_blocks(form, contents),
        header=filled_in(form.header, contents),
        footer=filled_in(form.footer, contents),
        change=production.change,
    )


@lru_cache(maxsize=1024)
def _blank_of(regime: Regime, form_id: str) -> tuple[Sheet, frozenset[str]]:
    """The sheet of a form as the regime alone makes it, and what it lists: the same for every case, so found once."""
    form = regime.forms[form_id]
    return _blank(regime, form), listed_in(form)


def _blank(regime: Regime, form: Form) -> Sheet:
    letter = "complainant" in form.to
    return Sheet(
        form=form.id,
        title=form.title,
        number="",
        version=1,
        case_number="",
        regime=f"《{regime.title}》{regime.version}",
        day="",
        blocks=(),
        places=tuple(Place(role, regime.role_title(role), many) for role, many in form.signed_by.items()),
        letter=letter,
        seal=form.seal or letter,
        to=tuple(regime.role_title(role) for role in form.to if role != "complainant"),
        copies=form.copies,
        copies_to=tuple(regime.role_title(role) for role in form.copies_to),
        says=form.says,
        paper=form.paper,
        cite=form.cite,
    )


def lacking(regime: Regime, case: Case, form: Form, production: Production) -> tuple[str, ...]:
    """Titles of the contents that the form requires and the case does not have."""
    if not form.required:
        return ()
    contents = Contents(regime, case, production)
    return tuple(contents.label(name) for name in form.required if not contents.text(name))


def listed_in(form: Form) -> frozenset[str]:
    """What the form names itself: personal data is shown in full only where it is listed so."""
    named = set(form.names)
    named |= {piece.path for piece in (*form.header, *form.footer) if piece.path}
    return frozenset(named | ({"complainant.name"} if "complainant" in form.to else set()))


def filled_in(pieces: Iterable[Piece], contents: Contents) -> Text:
    """Words with their places filled; what is not known is left to the pen.

    Nothing at all where they name a setting that the organisation has not filled in.
    """
    pieces, text = tuple(pieces), list[Run]()
    if any(piece.path and contents.is_left_out(piece.path) for piece in pieces):
        return ()
    for piece in pieces:
        if piece.path:
            text.extend(contents.text(piece.path) or words(BLANK_WORDS))
        else:
            text.append(Run(piece.words))
    return tuple(text)


def _laid_out(form: Form, contents: Contents) -> Iterator[Block]:
    """The blocks the form's lines ask for; rows that follow each other make one table."""
    for in_table, lines in groupby(form.lines, key=lambda line: bool(line.row or line.blank)):
        if in_table:
            rows = tuple(row for line in lines if (row := _row(line, contents)))
            if rows:
                yield TableBlock(rows)
            continue
        for line in lines:
            if line.section:
                yield HeadingBlock(line.section)
            elif line.each is not None:
                yield _grid(line, contents)
            else:
                text = filled_in(line.text, contents)
                if text or not line.text:
                    yield TextBlock(text, flush=_is_salutation(line))


SALUTATION = 12
"""Characters that a salutation has at most, names left out."""


def _is_salutation(line: FormLine) -> bool:
    """A short line that ends with a colon stands without indent."""
    length = sum(len(piece.words) for piece in line.text)
    return bool(line.text) and line.text[-1].words.endswith(("：", ":")) and length <= SALUTATION


def _row(line: FormLine, contents: Contents) -> tuple[Cell, ...]:
    if line.blank:
        return (Cell(line.blank, (), line.height or ROOM_FOR_PEN),)
    cells = (cell_of(contents, name, label) for name, label in line.row.items() if not contents.is_left_out(name))
    return tuple(replace(cell, height=line.height or cell.height) for cell in cells)


# -- a row for each point, piece of evidence, step, limit, sample --------------------------------------------------------------


def _grid(line: FormLine, contents: Contents) -> GridBlock:
    known = LIST_COLUMNS[line.each or "points"]
    rows = list(_LISTS[line.each or "points"](contents))
    columns = line.show or {name: "" for name in known if name not in WHERE_SAID or any(row[name] for row in rows)}
    titles = tuple(label or known.get(name) or contents.label(name) for name, label in columns.items())
    return GridBlock(titles, tuple(tuple(row.get(name) or () for name in columns) for row in rows))


def _points(contents: Contents) -> Iterator[Mapping[str, Text]]:
    """Each point with what the last work on it found; values of its own copy of the step, not of the last one done."""
    case, regime = contents.case, contents.regime
    by_point = {step.id for step in regime.flow.values() if step.per == "point"}
    for number, point in enumerate(case.points, start=1):
        row: dict[str, Text] = {"number": words(str(number)), "text": words(point, "matter")}
        for run in case.steps.values():
            if run.step in by_point and run.member == str(number) and run.status == "done":
                row |= _done(run, contents)
                row |= {name: _of_copy(name, value, contents) for name, value in run.fields.items()}
        yield row


def _of_copy(name: str, value: Any, contents: Contents) -> Text:
    return contents.value(value, contents.field(f"facts.{name}"), f"facts.{name}")


def _evidence(contents: Contents) -> Iterator[Mapping[str, Text]]:
    kinds = contents.regime.intake.evidence
    for number, item in enumerate(contents.case.evidence, start=1):
        kind = kinds[item.kind].title if item.kind in kinds else ""
        yield {
            "number": words(str(number)),
            "title": words(kind if item.for_some else item.title, "evidence"),
            "kind": words(kind),
            "sealed": words(yes_no(item.sealed)),
            "data": words("" if item.for_some else said_about(contents, item), "evidence"),
            "place": words(item.place, "evidence"),
            "force": words(_title_of_force(contents, item)),
            "seal": words("；".join(seal_words(seal, contents) for seal in item.seals if seal.number)),
            "added_by": (Run(item.added_by, "evidence", "person"),) if item.added_by else (),
        }


def said_about(contents: Contents, item: Evidence) -> str:
    """What was said about a piece of evidence, by the fields of its kind."""
    kind = contents.regime.intake.evidence.get(item.kind)
    said = [
        f"{field.title}：{plain_value(item.data[name], field, contents.production.zone)}"
        for name, field in (kind.fields if kind else {}).items()
        if not is_empty(item.data.get(name))
    ]
    return "；".join(said)


def seal_words(seal: Seal, contents: Contents) -> str:
    """A seal with every opening, as a catalogue lists it."""
    zone = contents.production.zone
    openings = "".join(f"，{moment_words(each.at, zone)}启封（{each.text}）" for each in seal.openings)
    return f"{seal.number}，{moment_words(seal.at, zone)}封存{openings}"


def _title_of_force(contents: Contents, item: Evidence) -> str:
    level = contents.regime.intake.force.get(item.force)
    return level.title if level else ""


def _enclosures(contents: Contents) -> Iterator[Mapping[str, Text]]:
    """The pieces of evidence that go along with a transfer, numbered anew."""
    transfer = contents.case.transfer
    kinds = contents.regime.intake.evidence
    sent = [item for item in contents.case.evidence if transfer is not None and item.key in transfer.enclosures]
    for number, item in enumerate(sent, start=1):
        kind = kinds[item.kind].title if item.kind in kinds else ""
        yield {"number": words(str(number)), "title": words(item.title, "evidence"), "kind": words(kind)}


def _steps(contents: Contents) -> Iterator[Mapping[str, Text]]:
    done = [run for run in contents.case.steps.values() if run.status == "done" and run.done_at is not None]
    for number, run in enumerate(sorted(done, key=lambda each: each.done_at or each.opened_at), start=1):
        step = contents.regime.flow[run.step]
        point = f"（第{run.member}项）" if step.per == "point" else ""
        cite = contents.cited(step.cite).removeprefix("（依据").removesuffix("）")
        title = words(step.title + point)
        yield {"number": words(str(number)), "title": title, "cite": words(cite), **_done(run, contents)}


def _done(run: StepRun, contents: Contents) -> dict[str, Text]:
    outcome = contents.regime.flow[run.step].outcomes.get(run.outcome)
    return {
        "outcome": words(outcome.title if outcome else "已办"),
        "done_by": (Run(run.done_by, "", "person"),) if run.done_by else (),
        "done_at": words(moment_words(run.done_at, contents.production.zone)),
    }


def _limits(contents: Contents) -> Iterator[Mapping[str, Text]]:
    zone = contents.production.zone
    for item in contents.case.obligations.values():
        yield {
            "title": words(item.title),
            "due": words(moment_words(item.due, zone) or "及时"),
            "ended_at": words(moment_words(item.ended_at, zone)),
            "status": words(LIMIT_STATES[item.status]),
            "cite": words(contents.cited(item.cite).removeprefix("（依据").removesuffix("）")),
        }


def _orders(contents: Contents) -> Iterator[Mapping[str, Text]]:
    """The orders the paper is about: those its work gave, or reported on; all of the case where it did neither."""
    production, orders = contents.production, list(contents.case.orders.values())
    meant = [each for each in orders if each.work == production.work and each.ordered_at == production.at]
    meant = meant or [each for each in orders if production.at in (each.answered_at, each.accepted_at)]
    for number, order in enumerate(meant or orders, start=1):
        yield {"number": words(str(number)), **_order(order, contents)}


def _order(order: Order, contents: Contents) -> dict[str, Text]:
    zone = contents.production.zone
    owed = contents.case.obligations.get(order.obligation)
    return {
        "text": words(order.text, "order"),
        "to": _addressee(order, contents),
        "due": words(moment_words(owed.due if owed else None, zone) or "及时"),
        "given_at": words(moment_words(order.ordered_at, zone)),
        "report": words(order.report, "order"),
        "reported_at": words(moment_words(order.answered_at, zone)),
        "state": words(order_state(order)),
    }


def _carried(contents: Contents) -> Iterator[Mapping[str, Text]]:
    """Points that earlier meetings left when this one fell due, as they stand now: their orders, and affairs they led to."""
    since, number = contents.case.filed_at, 0
    for case in contents.production.carried:
        theirs = replace(contents, case=case)
        rows = [_order(order, theirs) for order in case.orders.values() if not was_over(order, since)]
        for row in rows or [_affair(theirs)]:
            number += 1
            yield {"number": words(str(number)), **row, "source": words(case.number)}


def _affair(contents: Contents) -> dict[str, Text]:
    """An affair that came of an earlier meeting, as one point: what it is called, who has it, how far it is."""
    case, zone = contents.case, contents.production.zone
    declaring, affair = contents.regime.parent or contents.regime, case.regime.partition("/")[2]
    derived = affairs_of(declaring).get(affair)
    due = [item.due for item in case.running() if item.due is not None]
    unit = (Run(case.handling_unit, "handling-unit", "unit"),) if case.handling_unit else ()
    return {
        "text": words(derived.title if derived else case.number),
        "to": (Run(case.handler, "handler", "person"),) if case.handler else unit,
        "due": words(moment_words(min(due), zone) if due else ""),
        "given_at": words(moment_words(case.filed_at, zone)),
        "report": (),
        "reported_at": words(moment_words(case.closed_at, zone)),
        "state": words(STATES[case.state]),
    }


def order_state(order: Order) -> str:
    """How far an order has come, in a word or two."""
    if order.recalled_at is not None:
        return "已收回"
    if order.waits:
        return "退回重报" if order.returned else "待报告"
    return "已报告，待认可" if order.to_accept else "已办完"


def _addressee(order: Order, contents: Contents) -> Text:
    if order.person:
        return (Run(order.person, "", "person"),)
    if order.unit:
        return (Run(order.unit, "", "unit"),)
    if order.to in ("", "handler", "handling-unit"):
        case = contents.case
        if order.to != "handling-unit" and case.handler:
            return (Run(case.handler, "handler", "person"),)
        return (Run(case.handling_unit, "handling-unit", "unit"),) if case.handling_unit else words("承办人")
    return words(contents.regime.role_title(order.to))


_LISTS = {
    "points": _points,
    "evidence": _evidence,
    "enclosures": _enclosures,
    "steps": _steps,
    "limits": _limits,
    "orders": _orders,
    "carried": _carried,
    "samples": sample_rows,
    "custody": custody_rows,
    "results": result_rows,
}
