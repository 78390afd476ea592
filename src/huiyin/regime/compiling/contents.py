"""What there is to see of a case: for rules of confidentiality, which hide it, and for parties outside, who see what is listed."""

from huiyin.regime.model import RoleGroup
from huiyin.regime.schema.head import RolePart
from huiyin.regime.source import Path

from .desk import Desk
from .resolving import item


def contents(desk: Desk) -> list[str]:
    """Parties, sections and single fields; a slip of the pen in one of them would hide or show nothing."""
    names = desk.names("flow")
    sections = {"matter": names.matter, "facts": names.facts, "answers": names.answers}
    single = [f"{section}.{name}" for section, known in sections.items() for name in known]
    samples = ("samples", *(f"samples.{kind}" for kind in desk.file.samples)) if desk.file.samples else ()
    return sorted(("complainant", "respondent", "evidence", *sections, *single, *samples))


def seen_from_outside(desk: Desk, part: RolePart, group: RoleGroup, path: Path) -> tuple[str, ...]:
    """What a party outside may see besides its own tasks: contents, kinds of evidence, forms. Only such a party has a list."""
    if group is not RoleGroup.OUTSIDE:
        for key in ("sees", "link_for"):
            if getattr(part, key):
                desk.found.add("only-outside", (*path, key), at_key=True, key=key)
        return ()
    known = [
        *contents(desk),
        *(f"evidence.{kind}" for kind in desk.file.intake.evidence),
        *(f"forms.{form}" for form in desk.file.forms),
    ]
    for number, name in enumerate(part.sees):
        desk.reference(name, known, item((*path, "sees"), number, desk.source), "内容", "path")
    return part.sees
