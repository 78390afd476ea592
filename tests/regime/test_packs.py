"""The regimes that ship."""

import pytest

from huiyin.regime import check, packs
from huiyin.regime.packs import find_pack


def test_packs_are_named_as_their_regime():
    for name, file in packs().items():
        regime = check(file).regime
        assert regime is None or regime.id == name
        assert find_pack(name) == file


@pytest.mark.parametrize("name", ["no-such-pack", "../packs", ""])
def test_an_unknown_pack_is_a_lookup_error(name):
    with pytest.raises(LookupError):
        find_pack(name)
