"""Events as text: what pydantic dumps and reads, in the normal form of JSON, byte for byte."""

import json
import random
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from tests.cases.play import Play, command_for, file_something, pack

from huiyin.cases import events as ev
from huiyin.cases.codec import event_from_text, event_to_text
from huiyin.cases.documents.content import digest_of
from huiyin.cases.events import Event
from huiyin.cases.normal_json import normal_json
from huiyin.cases.refusals import Refused

NORMAL = {"ensure_ascii": False, "sort_keys": True, "separators": (",", ":"), "allow_nan": False}


def as_pydantic_writes(event: Event) -> str:
    body = TypeAdapter(type(event)).dump_python(event, mode="json", exclude_defaults=True)
    return json.dumps(body, **NORMAL)


def same_everywhere(event: Event) -> None:
    text = event_to_text(event)
    assert text == as_pydantic_writes(event)
    assert event_from_text(type(event).__name__, text) == event


def test_the_events_of_a_case_are_written_as_pydantic_would():
    seen = set()
    for name in ("patient-relations", "efficiency-network", "law-enforcement", "evidence-archives"):
        play, chance = Play(pack(name)), random.Random(7)
        file_something(play, chance)
        for _ in range(40):
            play.later(hours=chance.choice([0.1, 5, 30, 200]))
            actor = chance.choice(play.everybody())
            offers = [offer for offer in play.possible(actor) if offer.blocked is None]
            command = command_for(chance.choice(offers), play, chance) if offers else None
            try:
                if command is not None:
                    play.do(actor, command)
            except Refused:
                continue
        for event in play.events:
            seen.add(type(event))
            same_everywhere(event)
    assert len(seen) >= 20


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 9, 28, 1, tzinfo=UTC),
        datetime(2026, 9, 28, 9, 0, 0, 500, tzinfo=ZoneInfo("Asia/Shanghai")),
        datetime(2026, 9, 28, 9, tzinfo=timezone(timedelta(hours=8))),
    ],
)
def test_one_instant_is_written_in_the_zone_it_was_given_in(at):
    same_everywhere(ev.Marked(at=at, by="system", milestone="registered"))


@given(st.dictionaries(st.text(), st.recursive(st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(
    allow_nan=False, allow_infinity=False) | st.text(), lambda part: st.lists(part) | st.dictionaries(st.text(), part))))
def test_whatever_was_filled_in_is_written_so(given_fields):
    event = ev.WorkDone(
        at=datetime(2026, 9, 28, tzinfo=UTC), by="梅", work="handle", member="", outcome="", fields=given_fields,
        is_step=True, complete=True
    )
    assert event_to_text(event) == as_pydantic_writes(event)
    assert normal_json(given_fields) == json.dumps(given_fields, **NORMAL)


def test_what_is_not_finite_or_no_json_is_refused():
    with pytest.raises(ValueError, match="not JSON compliant"):
        normal_json([float("nan")])
    with pytest.raises(TypeError):
        normal_json({"at": datetime(2026, 9, 28, tzinfo=UTC)})


# -- sheets --------------------------------------------------------------------------------------------------------------

_RUNS = st.lists(st.text() | st.tuples(st.text(), st.text(), st.sampled_from(["text", "person"]), st.booleans()).map(list))


@given(_RUNS, _RUNS, st.text(), st.integers(1, 99))
def test_the_digest_of_a_sheet_is_that_of_its_json_in_the_normal_form(header, said, title, version):
    content = {
        "version": version,
        "title": title,
        "blocks": [{"text": said, "flush": False}, {"table": [[["", said, 1]]]}, {"rows": [[said]], "columns": [title]}],
        "header": header,
    }
    assert digest_of(content) == sha256(json.dumps(content, **NORMAL).encode()).hexdigest()
