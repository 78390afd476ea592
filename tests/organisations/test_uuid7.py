"""Ids as RFC 9562 describes version 7."""

import time
from concurrent.futures import ThreadPoolExecutor
from uuid import RFC_4122, UUID

import pytest

from huiyin.organisations.uuid7 import _Sequence, millisecond_of, uuid7


def test_an_id_is_of_version_7_and_carries_the_present_millisecond():
    before = time.time_ns() // 1_000_000
    id = uuid7()
    after = time.time_ns() // 1_000_000
    assert (id.version, id.variant) == (7, RFC_4122)
    assert before <= millisecond_of(id) <= after + 5   # the counter may have borrowed a few milliseconds


def test_the_example_of_the_standard_is_read_as_the_standard_says():
    assert millisecond_of(UUID("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")) == 1645557742000   # RFC 9562, appendix A.6


def test_ids_rise_strictly_also_within_a_millisecond():
    ids = [uuid7() for _ in range(20_000)]
    assert ids == sorted(set(ids))


def test_ids_of_several_threads_never_meet():
    with ThreadPoolExecutor(4) as threads:
        rounds = list(threads.map(lambda _: [uuid7() for _ in range(2_000)], range(4)))
    assert len({id for ids in rounds for id in ids}) == 8_000


def test_a_clock_that_jumps_back_does_not_bring_ids_back():
    sequence = _Sequence()
    assert sequence.next(1_000) < sequence.next(400) < sequence.next(1_000) < sequence.next(1_001)


def test_a_full_counter_borrows_the_next_millisecond():
    sequence = _Sequence()
    pairs = [sequence.next(7) for _ in range(5_000)]
    assert pairs == sorted(set(pairs))
    assert all(counter < 4096 for _, counter in pairs)


def test_an_id_of_another_version_carries_no_time():
    with pytest.raises(ValueError, match="第 7 版"):
        millisecond_of(UUID("00000000-0000-4000-8000-000000000000"))
