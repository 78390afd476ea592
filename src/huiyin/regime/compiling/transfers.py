"""Transfers to bodies outside: the package, the personal data that go along, what is awaited."""

from huiyin.regime.form_names import CASE_NAMES
from huiyin.regime.model import EVIDENCE, STATEMENT, Transfers
from huiyin.regime.source import Path

from .desk import Desk
from .resolving import item


def transfers(desk: Desk) -> Transfers | None:
    """The rules of transfers, where the regime has any; what they name is looked up (E27)."""
    part = desk.file.transfers
    if part is None:
        return None
    path: Path = ("transfers",)
    contents = (STATEMENT, EVIDENCE, *(form_id for form_id, form in desk.file.forms.items() if form.of == "case"))
    for number, name in enumerate(part.package):
        desk.reference(name, contents, item((*path, "package"), number, desk.source), "表单或材料", "form or content")
    for number, name in enumerate(part.reveal):
        desk.reference(name, _personal(desk), item((*path, "reveal"), number, desk.source), "个人信息", "personal data")
    return Transfers(
        receipt=part.receipt,
        clock=part.clock,
        again=part.again,
        package=part.package,
        reveal=part.reveal,
        cite=desk.cite(part.cite, path),
        note=part.note,
    )


def _personal(desk: Desk) -> list[str]:
    """Personal data that a package may carry: those of the complainant, and private fields."""
    file = desk.file
    own = [name for name in CASE_NAMES if name.startswith("complainant.") and name != "complainant.people"]
    matter = [f"matter.{name}" for name, field in file.intake.fields.items() if field.private]
    works = (*file.flow.values(), *file.acts.values())
    return [*own, *matter, *(f"facts.{name}" for work in works for name, field in work.fields.items() if field.private)]
