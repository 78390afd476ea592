"""Packs that vary another: everything is as there, except for what they state."""

from dataclasses import fields
from datetime import date

import pytest

from huiyin.regime import load, packs
from huiyin.regime.source import read

HEAD = {"id", "title", "version", "organisation", "purpose", "scope", "extends", "digest", "digests", "governance"}
VARIANTS = {
    name: str(data["extends"]) for name, file in packs().items() if "extends" in (data := read(file).data)
}


def as_things(value):
    """A table of rules as a mapping, whatever it is kept as."""
    return {each.id: each for each in value} if isinstance(value, tuple) else value


@pytest.mark.parametrize("name", sorted(VARIANTS))
def test_a_variant_changes_nothing_but_what_it_states(name):
    stated = set(read(packs()[name]).data)
    variant, base = load(packs()[name]), load(packs()[VARIANTS[name]])
    changed = {
        each.name for each in fields(base) if getattr(variant, each.name) != getattr(base, each.name)
    }
    assert sorted(changed - HEAD - stated - {"reactions", "answers"}) == []
    for section in sorted(changed & {"flow", "acts", "limits", "routing", "assessment"}):
        kept = as_things(getattr(base, section))
        assert set(kept) <= set(as_things(getattr(variant, section)))


def test_the_duty_desk_bears_the_date_of_its_foot():
    """The source shows the first of April of a year that cannot be read, and not whether it was issued then or took effect."""
    governance = load(packs()["duty-desk"]).governance
    assert (governance.issued_on, governance.effective_on) == (date(2026, 4, 1), date(2026, 4, 1))


def test_the_inpatient_department_keeps_its_document_head():
    """Number, version, day of issue, author and the interval of revision of a controlled document."""
    regime = load(packs()["inpatient-department"])
    governance = regime.governance
    assert (governance.document_number, regime.version, governance.revise_every) == ("NE-C-013", "1.0", "3 years")
    assert (governance.issued_on, governance.revised_on) == (date(2018, 6, 27), None)
    assert governance.author


def test_the_copy_of_the_inpatient_department_differs_in_nothing():
    """Also document number, version and day of issue: by these the duplicate can be told."""
    copy, original = (load(packs()[name]) for name in ("inpatient-department-copy", "inpatient-department"))
    different = {each.name for each in fields(original) if getattr(copy, each.name) != getattr(original, each.name)}
    assert different <= {"id", "title", "extends", "digest"}
