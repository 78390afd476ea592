from datetime import time

import pytest

from huiyin.calendars import Calendar, china


@pytest.fixture(scope="session")
def cn() -> Calendar:
    return china()


@pytest.fixture(scope="session")
def hospital(cn) -> Calendar:
    """Open 8:00-12:00 and 14:00-17:30 from Monday to Friday."""
    day = ((time(8), time(12)), (time(14), time(17, 30)))
    return cn.with_organisation(hours=dict.fromkeys(range(5), day))
