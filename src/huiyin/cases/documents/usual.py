"""The usual layout of a form that gives no lines: a table for the file, a letter to the complainant."""

from collections.abc import Iterable, Iterator

from huiyin.cases.values import is_empty
from huiyin.regime.model import Field, FieldType, Form

from .content import Block, Cell, Run, TableBlock, Text, TextBlock
from .values import Contents, words
from .wording import has_boxes

SHORT, SHORT_LABEL = 11, 12
"""Width in Chinese characters of a value and a label that share their row with others."""
ROOM_FOR_LONG, ROOM_FOR_SHORT, ROOM_FOR_PEN = 3, 1, 3
_PARTIES = ("complainant.name", "complainant.phone", "respondent")
_HEAD = ("case.received_at", "case.channel", "case.kind", "case.category", "case.severity")


def usual_blocks(form: Form, contents: Contents) -> tuple[Block, ...]:
    """The blocks of a form without lines of its own."""
    if "complainant" in form.to:
        return tuple(_letter(form, contents))
    # the number stands at the head of every document
    wanted = [name for name in form.fields if name != "case.number" and not contents.is_left_out(name)]
    cells = [cell_of(contents, name) for name in wanted] if form.fields else list(_whole_case(contents))
    cells += [Cell(title, (), ROOM_FOR_PEN) for title in form.blank]
    if not form.fields and not cells:
        cells += [Cell(title, (), ROOM_FOR_PEN) for title in form.says]
    return (TableBlock(tuple(in_rows(cells))),)


def cell_of(contents: Contents, name: str, label: str = "") -> Cell:
    """A content as a cell, with room for the pen where the case says nothing."""
    text, named = contents.text(name, cell=True), contents.named(name)
    long = not text and named.field is not None and named.field.type is FieldType.LONG_TEXT
    return Cell(label or named.label, text, ROOM_FOR_LONG if long else ROOM_FOR_SHORT)


def in_rows(cells: Iterable[Cell]) -> Iterator[tuple[Cell, ...]]:
    """Short contents two to a row, long ones in a row of their own."""
    waiting: Cell | None = None
    for cell in cells:
        if not is_short(cell):
            if waiting is not None:
                yield (waiting,)
                waiting = None
            yield (cell,)
        elif waiting is None:
            waiting = cell
        else:
            yield (waiting, cell)
            waiting = None
    if waiting is not None:
        yield (waiting,)


def is_short(cell: Cell) -> bool:
    """Whether a cell fits into half a row; names and numbers of people do."""
    if cell.height != 1 or len(cell.label) > SHORT_LABEL:
        return False
    width = 0.0
    for run in cell.text:
        if "\n" in run.text:
            return False
        width += 5 if run.kind != "text" else _width(run.text)
    return width <= SHORT


def _width(text: str) -> float:
    """In Chinese characters; a Latin letter or figure takes half the room."""
    if len(text) > 2 * SHORT:
        return len(text) / 2  # too long even if it were all figures
    return len(text) - len(text.encode("ascii", "ignore")) / 2


def _whole_case(contents: Contents) -> Iterator[Cell]:
    """What every form of a case shows: where from, who, what, what was done, what was decided and by which article."""
    case, regime = contents.case, contents.regime
    yield from _said(contents, (*_HEAD, *_PARTIES))
    for name, field in regime.intake.fields.items():
        if _shows(field, case.matter.get(name)):
            yield cell_of(contents, f"matter.{name}")
    yield from _said(contents, ("case.points", "case.evidence", "assessment", "routing"))
    yield from _work(contents)


def _said(contents: Contents, names: Iterable[str]) -> Iterator[Cell]:
    """Cells of those contents that the case says something about."""
    for name in names:
        cell = cell_of(contents, name)
        if cell.text:
            yield cell


def _shows(field: Field, value: object) -> bool:
    """Whether a field of intake is worth a cell: filled in, or a question whose boxes show the answer."""
    return (not is_empty(value) and value is not False) or (value is not None and has_boxes(field))


def _work(contents: Contents) -> Iterator[Cell]:
    """What other work found, then everything the producing work asks, empty where it was not filled in."""
    case, regime = contents.case, contents.regime
    producing = regime.flow.get(contents.production.work) or regime.acts.get(contents.production.work)
    own = producing.fields if producing else {}
    seen = set(own)
    for work in (*regime.flow.values(), *regime.acts.values()):
        for name in work.fields:
            value = case.facts.get(name)
            if name not in seen and not is_empty(value) and value is not False:
                seen.add(name)
                yield cell_of(contents, f"facts.{name}")
    for name in own:
        yield cell_of(contents, f"facts.{name}")
    yield from _said(contents, ("work.outcome",))


def _letter(form: Form, contents: Contents) -> Iterator[Block]:
    """A letter to the complainant: salutation, what it is about, the contents, what else must be said."""
    yield TextBlock((*salutation(contents), Run("：")), flush=True)
    received, about = contents.text("case.received_at"), contents.text("case.number")
    yield TextBlock((Run("您于"), *received, Run("反映的事项（编号"), *about, Run("），现告知如下。")))
    told = [
        name for name in form.fields
        if contents.path(name) not in ("case.number", "complainant.name") and not contents.is_left_out(name)
    ]
    for name in told:
        text = contents.text(name)
        if text:
            yield TextBlock((Run(f"{contents.label(name)}：", ""), *text) if len(told) > 1 else text)
        else:
            yield TableBlock(((Cell(contents.label(name), (), ROOM_FOR_LONG),),))
    if not told:
        for title in form.says:
            yield TableBlock(((Cell(title, (), ROOM_FOR_PEN),),))


def salutation(contents: Contents) -> Text:
    """The complainant's name, or what everybody may be called."""
    name = contents.text("complainant.name")
    return words("投诉人") if not name or name[0].text == "匿名" else name
