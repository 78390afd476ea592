"""Normalising, masking, sealing, blind indexes."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.store.personal.blind import digest, digests_of
from huiyin.store.personal.data import (
    PersonalData,
    mask_address,
    mask_email,
    mask_id_number,
    mask_name,
    mask_phone,
    normal_id_number,
    normal_name,
    normal_phone,
)
from huiyin.store.personal.sealing import SealBroken, seal, unseal

ORGANISATION, OTHER, RECORD = (uuid.UUID(int=number) for number in (1, 2, 3))


@pytest.mark.parametrize(
    "written", ["13800005521", "138 0000 5521", "+86 138-0000-5521", "0086138 00005521", "１３８００００５５２１"]
)
def test_a_number_is_the_same_however_it_is_written(written):
    assert normal_phone(written) == "13800005521"


def test_other_values_are_brought_into_one_form():
    assert normal_phone("0532-8581 2345") == "053285812345"
    assert normal_name(" 阿依·古丽 ") == normal_name("阿依古丽")
    assert normal_id_number("11010519491231002x") == "11010519491231002X"


@pytest.mark.parametrize(
    ("mask", "value", "shown"),
    [
        (mask_name, "林晓雨", "林**"),
        (mask_name, "林", "*"),
        (mask_name, "禾丰商行股份有限公司", "禾丰****"),
        (mask_phone, "138 0000 5521", "138****5521"),
        (mask_phone, "85812345", "******45"),
        (mask_phone, "110", "***"),
        (mask_id_number, "11010519491231002X", "110*************2X"),
        (mask_address, "青屿市明珠区海棠路12号", "青屿市明珠区****"),
        (mask_email, "lin@example.com", "l***@example.com"),
        (mask_name, "", ""),
        (mask_phone, "", ""),
    ],
)
def test_little_is_shown(mask, value, shown):
    assert mask(value) == shown


personal = st.builds(
    PersonalData, name=st.text(), phone=st.text(), address=st.text(), id_number=st.text(), email=st.text(),
    other=st.dictionaries(st.text(min_size=1), st.text(min_size=1)),
)


@given(personal)
def test_what_is_sealed_opens_as_it_was(data):
    key_id, wrapped, sealed = seal(RECORD, ORGANISATION, data)
    assert unseal(RECORD, ORGANISATION, key_id, wrapped, sealed) == data


@given(st.integers(min_value=0, max_value=200), st.sampled_from(["wrapped", "sealed"]))
def test_a_changed_byte_does_not_open(place, which):
    key_id, wrapped, sealed = seal(RECORD, ORGANISATION, PersonalData(name="林晓雨"))
    parts = {"wrapped": bytearray(wrapped), "sealed": bytearray(sealed)}
    parts[which][place % len(parts[which])] ^= 1
    with pytest.raises(SealBroken):
        unseal(RECORD, ORGANISATION, key_id, bytes(parts["wrapped"]), bytes(parts["sealed"]))


def test_a_record_opens_only_where_it_belongs():
    key_id, wrapped, sealed = seal(RECORD, ORGANISATION, PersonalData(name="林晓雨"))
    with pytest.raises(SealBroken):
        unseal(RECORD, OTHER, key_id, wrapped, sealed)
    with pytest.raises(SealBroken):
        unseal(OTHER, ORGANISATION, key_id, wrapped, sealed)


def test_equal_values_have_equal_digests_within_one_organisation_only():
    one, other = PersonalData(phone="138 0000 5521"), PersonalData(phone="+8613800005521")
    assert digests_of(ORGANISATION, one) == digests_of(ORGANISATION, other)
    assert digests_of(ORGANISATION, one)["phone"] != digests_of(OTHER, one)["phone"]
    assert digest(ORGANISATION, "name", "5521") != digest(ORGANISATION, "phone-tail", "5521")


def test_a_printed_record_shows_no_value_by_accident():
    assert not PersonalData()
    assert PersonalData(other={"bed": "12"})
    assert PersonalData(other={"bed": "12"}).masked().other == {"bed": "⟨保密⟩"}
