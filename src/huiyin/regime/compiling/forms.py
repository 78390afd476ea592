"""Forms: every content they name is looked up, every place in their texts is found."""

import re
from collections.abc import Iterable, Mapping

from huiyin.regime.form_names import CASE_NAMES, LIST_COLUMNS, NUMBER_PLACES, OF_A_DOCUMENT
from huiyin.regime.model import Form, FormLine, Piece
from huiyin.regime.problems import nearest
from huiyin.regime.schema.papers import FormLinePart, FormPart
from huiyin.regime.source import Path

from .desk import Desk
from .resolving import item

_PLACE = re.compile(r"\{([^{}]*)\}")
_NUMBER_PLACE = re.compile(r"([a-z]+)(:0?\d{1,2})?\Z")


def forms(desk: Desk) -> dict[str, Form]:
    """The forms of the regime, each in the layout it is given."""
    return {form_id: _form(desk, form_id, part) for form_id, part in desk.file.forms.items()}


def _form(desk: Desk, form_id: str, part: FormPart) -> Form:
    path: Path = ("forms", form_id)
    known = _known(desk, of_cases=part.of == "cases")
    if part.of == "cases":
        _refuse_on_a_register(desk, form_id, part, path)
    check_number(desk, part.number, (*path, "number"))
    return Form(
        id=form_id,
        title=part.title or form_id,
        of=part.of,
        fields=_named(desk, part.fields, known, (*path, "fields")),
        lines=tuple(_line(desk, line, known, (*path, "lines", number)) for number, line in enumerate(part.lines)),
        filled=desk.fields(part.filled, (), (*path, "filled")),
        blank=part.blank,
        required=_named(desk, part.required, known, (*path, "required")),
        signed_by={desk.role(role, (*path, "signed_by")): count for role, count in part.signed_by.items()},
        seal=part.seal,
        copies=part.copies,
        copies_to=desk.role_list(part.copies_to, (*path, "copies_to")),
        to=desk.role_list(part.to, (*path, "to")),
        number=part.number,
        replaces=_replaced(desk, part.replaces, known, (*path, "replaces")),
        says=part.says,
        header=_text(desk, part.header, known, (*path, "header")),
        footer=_text(desk, part.footer, known, (*path, "footer")),
        paper=part.paper or ("A4-landscape" if part.of == "cases" else "A4"),
        cite=desk.cite(part.cite, path, needed=False),
    )


def _known(desk: Desk, *, of_cases: bool) -> tuple[str, ...]:
    """Every name a form may show: paths of conditions, names of the language for forms, bare names of fields."""
    names = desk.names("flow")
    fixed = set(CASE_NAMES) - (OF_A_DOCUMENT if of_cases else set())
    not_shown = {"person.role", "person.is_head", "unit.id"}
    return tuple(sorted({*fixed, *(set(names.by_path) - not_shown), *names.matter, *names.facts, *names.answers}))


def _named(desk: Desk, names: Iterable[str], known: Iterable[str], path: Path) -> tuple[str, ...]:
    """Contents named one by one (E27)."""
    for number, name in enumerate(names):
        _content(desk, name, known, item(path, number, desk.source))
    return tuple(names)


def _content(desk: Desk, name: str, known: Iterable[str], path: Path) -> str:
    desk.reference(name, known, path, "字段", "field")
    desk.used.paths.add(name)
    return name


def _replaced(desk: Desk, name: str, known: Iterable[str], path: Path) -> str:
    """Where the number of the paper that the form replaces stands."""
    return _content(desk, name, known, path) if name else ""


def _line(desk: Desk, part: FormLinePart, known: tuple[str, ...], path: Path) -> FormLine:
    given = [key for key in ("text", "section", "row", "each", "blank") if getattr(part, key)]
    if len(given) != 1:
        zh = "一句话，或者 section、row、each、blank 之一"
        desk.found.add("wrong-form", path, expected_zh=zh, expected_en="a text, or one of section, row, each, blank")
    written_out = (*path, "text")
    return FormLine(
        text=_text(desk, part.text, known, written_out if written_out in desk.source.values else path),
        section=part.section,
        row=_labels(desk, part.row, known, (*path, "row")),
        each=part.each,
        blank=part.blank,
        show=_columns(desk, part, (*path, "show")),
        height=part.height or 0,
    )


def _labels(desk: Desk, row: Mapping[str, str], known: tuple[str, ...], path: Path) -> dict[str, str]:
    for number, name in enumerate(row):
        inner = (*path, name)
        _content(desk, name, known, inner if inner in desk.source.values else item(path, number, desk.source))
    return dict(row)


def _columns(desk: Desk, part: FormLinePart, path: Path) -> dict[str, str]:
    """The columns of a table; points and results may show every field of work."""
    if part.each is None:
        if part.show:
            desk.found.add("missing-key", path[:-1], key="each")
        return {}
    facts = desk.names("flow").facts if part.each in ("points", "results") else {}
    return _labels(desk, part.show, (*LIST_COLUMNS[part.each], *facts), path)


def _text(desk: Desk, text: str, known: tuple[str, ...], path: Path) -> tuple[Piece, ...]:
    """Words and places; a place that names nothing is reported where it stands (E27), a stray brace too (E25)."""
    pieces: list[Piece] = []
    end = 0
    for place in _PLACE.finditer(text):
        pieces.append(Piece(words=text[end : place.start()]))
        name = place[1].strip()
        if name in known:
            desk.used.paths.add(name)
        else:
            _unknown_place(desk, name, known, path, place.start() + 1)
        pieces.append(Piece(path=name))
        end = place.end()
    pieces.append(Piece(words=text[end:]))
    if any(brace in piece.words for piece in pieces for brace in "{}"):
        zh = "成对的 {字段}；花括号只用来放字段"
        desk.found.add("wrong-form", path, expected_zh=zh, expected_en="{field}; braces only hold fields")
    return tuple(piece for piece in pieces if piece.words or piece.path)


def _unknown_place(
    desk: Desk, name: str, known: Iterable[str], path: Path, column: int, kind: tuple[str, str] = ("字段", "field")
) -> None:
    like = nearest(name, list(known))
    desk.found.add(
        "unknown-reference", path, shift=column + (path in desk.source.quoted),
        kind_zh=kind[0], kind_en=kind[1], name=name,
        hint_zh=f"是否想写 {like}？" if like else "", hint_en=f"Did you mean {like}?" if like else "",
    )  # fmt: skip


def check_number(desk: Desk, pattern: str, path: Path) -> None:
    """Report the places of a number that are none (E27)."""
    for place in _PLACE.finditer(pattern):
        written = _NUMBER_PLACE.match(place[1])
        if written is None or written[1] not in NUMBER_PLACES:
            kind = ("编号中的", "place of a number")
            _unknown_place(desk, place[1], sorted(NUMBER_PLACES), path, place.start() + 1, kind)


_OF_A_CASE_ONLY = ("lines", "filled", "blank", "required", "signed_by", "says", "to", "number", "replaces")


def _refuse_on_a_register(desk: Desk, form_id: str, part: FormPart, path: Path) -> None:
    if form_id in desk.used.forms:
        zh, en = "case：登记簿按期间打印，不由环节出具", "case: a register is printed for a period, no work produces it"
        desk.found.add("wrong-form", (*path, "of"), expected_zh=zh, expected_en=en)
    for key in _OF_A_CASE_ONLY:
        if getattr(part, key):
            zh = f"登记簿（of: cases）只写 title、fields、header、footer、paper、cite；不能写 {key}"
            en = f"title, fields, header, footer, paper and cite for a register, not {key}"
            desk.found.add("wrong-form", (*path, key), at_key=True, expected_zh=zh, expected_en=en)
