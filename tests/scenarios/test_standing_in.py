"""Deputies and rosters in a story: who may act on which day, and from which hour."""

from datetime import date, datetime

import pytest

from huiyin.scenarios.script import ScriptError
from huiyin.scenarios.standing_in import StandingIn

AWAY = {"deputies": [{"deputy": "黎副主任", "of": "戚主任", "since": date(2026, 3, 2), "until": date(2026, 3, 6)}]}
NIGHT = {"on_duty": [{"role": "duty-officer", "who": "夏总值", "from": "2026-03-02 18:00", "until": "2026-03-03 08:00"}]}


def test_a_deputy_acts_on_the_first_and_on_the_last_day_and_not_beside_them() -> None:
    given = StandingIn.given(AWAY)
    days = [datetime.fromisoformat(f"2026-03-{day:02} 09:00") for day in (1, 2, 6, 7)]
    assert [given.represented_by("黎副主任", day) for day in days] == [(), ("戚主任",), ("戚主任",), ()]
    assert given.deputies_of(["戚主任"], days[1]) == ("黎副主任",)
    assert given.deputies_of(["成院长"], days[1]) == ()


def test_a_turn_runs_from_its_first_minute_to_before_its_end() -> None:
    given = StandingIn.given(NIGHT)
    times = ["2026-03-02 17:59", "2026-03-02 18:00", "2026-03-03 07:59", "2026-03-03 08:00"]
    on_duty = [given.on_duty("duty-officer", datetime.fromisoformat(time)) for time in times]
    assert on_duty == [(), ("夏总值",), ("夏总值",), ()]


def test_before_the_story_has_a_time_nobody_stands_in() -> None:
    given = StandingIn.given(AWAY | NIGHT)
    assert (given.represented_by("黎副主任", None), given.on_duty("duty-officer", None)) == ((), ())


@pytest.mark.parametrize("given", [{"deputies": [{"deputy": "黎副主任"}]}, {"on_duty": ["夏总值"]}])
def test_an_entry_that_lacks_something_is_refused(given) -> None:
    with pytest.raises(ScriptError, match="每行应写"):
        StandingIn.given(given)
