"""The collector of cycles waits for batches, and only for them."""

import gc

import pytest

from huiyin.application.pausing import collector_paused


def test_it_waits_until_the_last_of_several_batches_is_done():
    with collector_paused():
        with collector_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_after_a_batch_that_failed():
    with pytest.raises(ZeroDivisionError), collector_paused():
        1 / 0  # noqa: B018
    assert gc.isenabled()
