"""The sample of a mapping can be read, for every pack, and names only what the regime has."""

from huiyin.importer.mapping import read_mapping
from huiyin.importer.sample import sample_mapping
from huiyin.regime import load, packs


def test_the_sample_of_every_pack_is_a_mapping_of_its_own_names(tmp_path):
    for name, file in packs().items():
        regime = load(file)
        (tmp_path / "mapping.yaml").write_text(sample_mapping(regime), encoding="utf-8")
        mapping = read_mapping(tmp_path / "mapping.yaml")
        assert mapping.regime == name
        assert set(mapping.kind.values.values()) <= set(regime.kinds)
        assert set(mapping.channel.values.values()) <= set(regime.intake.channels)
        assert set(mapping.category.values.values()) <= set(regime.categories)
        assert set(mapping.matter) <= set(regime.intake.fields)
