"""Papers that count no more, and those that may be fetched back."""

from collections.abc import Iterator, Mapping

from huiyin.regime.model import Regime

from .state import Case, Recall


def is_void(case: Case, paper: str) -> bool:
    """Whether the paper of this number was recalled and voided, or, for the id of a form, its latest document is void."""
    wanted = paper.strip()
    documents = [each for each in case.documents.values() if wanted in (each.key, each.number, each.form)]
    if documents:
        return documents[-1].is_void
    recall = case.recalls.get(wanted)
    return recall is not None and recall.is_void


def replaced_paper(case: Case, path: str) -> str:
    """The number that the case gives under `path` (`matter.report_number`) for a paper from elsewhere, or nothing."""
    section, _, name = path.rpartition(".")
    values = case.matter if section == "matter" or name in case.matter else case.facts
    return str(values.get(name) or "").strip()


def outside_papers(regime: Regime, case: Case) -> dict[str, str]:
    """Papers from elsewhere that a form of the regime may replace, and that are not void: number → what it is called."""
    found = {}
    for form in regime.forms.values():
        number = replaced_paper(case, form.replaces) if form.replaces else ""
        if number and not is_void(case, number):
            found[number] = number
    return found


def recallable(regime: Regime, case: Case) -> Mapping[str, str]:
    """Everything that may be fetched back now: the number or key by which a command names it → its title."""
    papers = outside_papers(regime, case)
    for document in case.documents.values():
        recall = case.recalls.get(document.key)
        if (document.replaced_by or document.voided_at is None) and (recall is None or not recall.is_void):
            papers[document.key] = f"《{document.title}》{document.number}"
    return papers


def recalls_in_sight(case: Case, hidden: frozenset[str]) -> Iterator[Recall]:
    """The recalls a reader knows of: not of a paper whose number is a content withheld from this reader."""
    return (each for each in case.recalls.values() if not is_number_hidden(case, each.number, hidden))


def is_number_hidden(case: Case, number: str, hidden: frozenset[str]) -> bool:
    """Whether the number stands in a field of the case that the reader may not see."""
    sections = {"matter": case.matter, "facts": case.facts}
    return any(
        str(value).strip() == number and (section in hidden or f"{section}.{name}" in hidden)
        for section, values in sections.items()
        for name, value in values.items()
    )
