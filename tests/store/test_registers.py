"""Register numbers: patterns, years, series."""

from datetime import date
from uuid import UUID

import pytest
from django.db import transaction

from huiyin.cases.numbering import write_number
from huiyin.store.registers import Numbers, next_number

HERE, ELSEWHERE = UUID(int=1), UUID(int=2)
PATTERN = "{year}-{serial:04}"
DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("{year}-{serial:04}", "2026-0007"),
        ("投诉字〔{year}〕{serial}号", "投诉字〔2026〕7号"),
        ("TS{year}{month:02}{day:02}{serial:03}", "TS20260302007"),
        ("{year}年", "2026年-0007"),                     # without a serial it would not be unique
        ("{serial:04}{year.__class__}", "0007{year.__class__}"),   # a pattern is no program
    ],
)
def test_a_number_is_written_in_its_pattern(pattern, number):
    assert write_number(pattern, DAY, 7) == number


def test_each_organisation_year_and_pattern_counts_for_itself(db):
    drawn = [
        next_number(HERE, PATTERN, DAY),
        next_number(HERE, PATTERN, DAY),
        next_number(HERE, PATTERN, date(2027, 1, 1)),
        next_number(ELSEWHERE, PATTERN, DAY),
        next_number(HERE, "B{serial}", DAY),
    ]
    assert drawn == ["2026-0001", "2026-0002", "2027-0001", "2026-0001", "B1"]


def test_a_number_drawn_in_vain_is_drawn_again(db):
    class Failed(Exception):
        pass

    next_number(HERE, PATTERN, DAY)
    with pytest.raises(Failed), transaction.atomic():  # noqa: PT012
        assert next_number(HERE, PATTERN, DAY) == "2026-0002"
        raise Failed
    assert next_number(HERE, PATTERN, DAY) == "2026-0002"


def test_a_batch_uses_up_only_what_it_took(db):
    numbers = Numbers(HERE)
    assert numbers.next(PATTERN, DAY) == numbers.next(PATTERN, DAY) == "2026-0001"
    numbers.take(PATTERN, DAY)
    assert numbers.next(PATTERN, DAY) == "2026-0002"
    numbers.write()
    assert next_number(HERE, PATTERN, DAY) == "2026-0002"
