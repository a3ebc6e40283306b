"""Which present place each row of a new code list stands for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communities.services.recode_match import match
from tests.world import LIUYUAN, STREET, STREET_ELSEWHERE

A, B, C = "371502001001", "371502001002", "371502001003"
NEW = "371502001009"


@pytest.mark.parametrize(
    ("present", "listed", "expected"),
    [
        pytest.param({A: "甲社区"}, {A: "甲社区"}, {A: A}, id="unchanged"),
        pytest.param({A: "甲社区"}, {NEW: "甲社区"}, {NEW: A}, id="another code"),
        pytest.param({A: "甲社区"}, {A: "乙社区"}, {A: A}, id="another name"),
        pytest.param(
            {A: "甲社区", B: "乙社区"}, {A: "乙社区", B: "甲社区"}, {A: B, B: A}, id="swapped"
        ),
        pytest.param(
            {A: "甲社区", B: "乙社区"}, {A: "乙社区", NEW: "甲社区"}, {A: B, NEW: A}, id="reissued"
        ),
        pytest.param(
            {A: "甲社区居委会"}, {NEW: "甲社区居民委员会"}, {NEW: A}, id="the name spelt in full"
        ),
        pytest.param(
            {A: "甲社区"}, {"371502002001": "甲社区"}, {"371502002001": A}, id="another street"
        ),
        pytest.param(
            {A: "甲社区", "371502002002": "甲社区"},
            {"371502003001": "甲社区"},
            {},
            id="a name that stands twice is not guessed at",
        ),
        pytest.param({A: "甲社区"}, {}, {}, id="missing"),
        pytest.param({}, {A: "甲社区"}, {}, id="new"),
        # 甲 was abolished: the row of 乙 moved up, 丙 stayed
        pytest.param(
            {A: "甲社区", B: "乙社区", C: "丙社区"},
            {A: "乙社区", C: "丙社区"},
            {A: B, C: C},
            id="moved up",
        ),
        pytest.param(
            {STREET: "古楼街道", A: "甲社区"},
            {"371502021": "古楼街道", "371502021001": "甲社区"},
            {"371502021": STREET, "371502021001": A},
            id="a street with another code",
        ),
        # two streets change places; both have a community of the same name
        pytest.param(
            {STREET: "甲街道", STREET_ELSEWHERE: "乙街道", A: "第一社区", LIUYUAN: "第一社区"},
            {STREET: "乙街道", STREET_ELSEWHERE: "甲街道", A: "第一社区", LIUYUAN: "第一社区"},
            {STREET: STREET_ELSEWHERE, STREET_ELSEWHERE: STREET, A: LIUYUAN, LIUYUAN: A},
            id="streets change places",
        ),
        pytest.param(
            {STREET: "古楼街道", A: "甲社区"},
            {STREET: "新楼街道", A: "甲社区"},
            {STREET: STREET, A: A},
            id="a street with another name",
        ),
    ],
)
def test_match_then_the_likeliest(
    present: dict[str, str], listed: dict[str, str], expected: dict[str, str]
) -> None:
    assert match(present, listed, {}) == expected


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({A: B}, {A: B}),
        ({A: ""}, {B: B}),
        ({A: "", B: ""}, {}),
        ({A: B, B: A}, {A: B, B: A}),
        ({A: B, B: B}, {A: B}),
        ({A: "371502009009"}, {A: A, B: B}),
        ({"371502009009": A}, {A: A, B: B}),
    ],
)
def test_match_when_somebody_chose_then_that(
    chosen: dict[str, str], expected: dict[str, str]
) -> None:
    present = {A: "甲社区", B: "乙社区"}

    assert match(present, present, chosen) == expected


codes = st.sampled_from([f"37150200{street}00{number}" for street in "123" for number in "1234"])
places = st.dictionaries(codes, st.sampled_from(["甲社区", "乙社区居委会", "丙村委会", "丁"]))


@given(places, places, st.dictionaries(codes, codes | st.just("")))
def test_match_then_each_place_at_most_once_and_only_known_ones(
    present: dict[str, str], listed: dict[str, str], chosen: dict[str, str]
) -> None:
    found = match(present, listed, chosen)

    assert found.keys() <= listed.keys()
    assert set(found.values()) <= present.keys()
    assert len(set(found.values())) == len(found)
    for new, old in chosen.items():
        if not old:
            assert new not in found


@given(places)
def test_match_when_the_list_is_the_register_then_nothing_differs(present: dict[str, str]) -> None:
    assert match(present, present, {}) == {code: code for code in present}
