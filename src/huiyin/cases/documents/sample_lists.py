"""Rows of a form about samples: the samples themselves, the chain of custody, the results.

What tells where a coded sample came from has the path `samples.<kind>`, so that readers who may not know do not see it.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from huiyin.cases.samples.sample import Passage, Sample
from huiyin.cases.values import is_empty
from huiyin.regime.vocabulary import SEAL_STATES

from .content import Run, Text
from .values import Contents, joined, words
from .wording import moment_words

Row = Mapping[str, Text]


def sample_rows(contents: Contents) -> Iterator[Row]:
    """Each sample."""
    for sample in contents.case.samples.values():
        path = _path(sample)
        kind = contents.regime.samples.get(sample.kind)
        yield {
            "number": words(sample.number, path),
            "kind": words(kind.title if kind else sample.kind, path),
            "name": words(sample.name),
            "quantity": words(sample.quantity),
            "place": words(sample.place, path),
            "taken_at": _moment(contents, sample.taken_at, path),
            "taken_by": _person(sample.taken_by, path),
            "present": joined([words(contents.regime.role_title(role), path) for role in sample.present]),
            "seal": words(sample.seal, path),
            "state": words("完好" if sample.intact else "封样破损或者交接有缺", path),
            "keeper": _keeper(sample, sample.keeper),
            "code": words(sample.code),
            "keep_until": _moment(contents, sample.keep_until, path),
        }


def custody_rows(contents: Contents) -> Iterator[Row]:
    """How each sample went from hand to hand: taken, handed over, opened to be coded, tested."""
    for sample in contents.case.samples.values():
        path = _path(sample)
        label = words(f"{sample.number} {sample.name}", path)
        yield {
            "sample": label,
            "at": _moment(contents, sample.taken_at, path),
            "what": words("采取", path),
            "giver": words(sample.place, path),
            "taker": _keeper(sample, sample.passages[0].giver if sample.passages else sample.keeper),
            "state": _state(sample.state, sample.seal, path),
            "by": _person(sample.taken_by, path),
        }
        yield from ({"sample": label, **_passage(contents, sample, each)} for each in sample.passages)
        for coding in sample.codings:
            yield {
                "sample": label,
                "at": _moment(contents, coding.at, path),
                "what": words(f"编为盲样{coding.code}", path),
                "state": _state(coding.state, "", path),
                "by": _person(coding.by, path),
            }


def result_rows(contents: Contents) -> Iterator[Row]:
    """Each result of the rounds in which all are in, with the names of the testers."""
    for sample in contents.case.samples.values():
        full = [each for each in sample.results if each.round < sample.round or sample.complete]
        for number, result in enumerate(full, start=1):
            row: dict[str, Text] = {
                "sample": words(sample.number, _path(sample)),
                "code": words(result.code),
                "number": words(str(number)),
                "tester": _person(result.tester, ""),
                "at": _moment(contents, result.at, ""),
            }
            for name, value in result.fields.items():
                field = contents.field(f"facts.{name}")
                row[name] = () if is_empty(value) else contents.value(value, field, f"facts.{name}")
            yield row


def _passage(contents: Contents, sample: Sample, passage: Passage) -> Row:
    path = _path(sample)
    return {
        "at": _moment(contents, passage.at, path),
        "what": words("交接", path),
        "giver": _keeper(sample, passage.giver),
        "taker": words(passage.taker, path),
        "state": _state(passage.state, "", path),
        "condition": words(passage.condition, path),
        "gap": words("与上一保管人不符，其间没有交接记录" if passage.gap else "", path),
        "by": _person(passage.by, path),
    }


def _path(sample: Sample) -> str:
    return f"samples.{sample.kind}"


def _keeper(sample: Sample, keeper: str) -> Text:
    """Who has it: whoever took it, by name, or what the record calls the taker."""
    return _person(keeper, _path(sample)) if keeper == sample.taken_by else words(keeper, _path(sample))


def _state(state: str, seal: str, path: str) -> Text:
    title = SEAL_STATES.get(state, "")
    return words("，".join(each for each in (title, f"封条{seal}" if seal else "") if each), path)


def _moment(contents: Contents, at: datetime | None, path: str) -> Text:
    return words(moment_words(at, contents.production.zone), path) if at else ()


def _person(person: str, path: str) -> Text:
    return (Run(person, path, "person"),) if person else ()
