"""Chinese search from the list of cases: words that many cases hold, few, one, none."""

from .figures import Figure
from .filled import CENTRE, store_of
from .lists import CASES
from .pages import compared, page_time, signed_in
from .sizes import Sizes
from .timing import Taken

BUDGET_MILLISECONDS = 50
BUDGET_BEYOND_100_000 = 100
WORDS = {
    "two characters, common": "电梯",
    "two characters, in all": "居民",
    "two characters, none": "彗星",
    "four characters": "预付卡无",
    "two words": "海棠路 工资",
    "a name": "沈知夏",
    "a telephone number": "13900000011",
}


def measure(sizes: Sizes) -> list[Figure]:
    """The whole page of results, each on both stores."""
    budget = BUDGET_MILLISECONDS if sizes.large <= 100_000 else BUDGET_BEYOND_100_000
    small, large = (_all_words(cases, sizes) for cases in (sizes.small, sizes.large))
    return [
        figure
        for name, words in WORDS.items()
        for figure in compared("search", budget, sizes, f"{name}: {words}", small[name], large[name])
    ]


def _all_words(cases: int, sizes: Sizes) -> dict[str, Taken]:
    client = signed_in(store_of(cases, sizes), CENTRE)
    return {name: page_time(client, sizes, CASES, q=words) for name, words in WORDS.items()}
