"""A new year's code list beside the register: what differs, and the one act of it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from communities.models import ChangeAct, Community, Division
from communities.services.plan_checks import MistakesError
from communities.services.plans import DivisionChange, Successor, read_plan
from communities.services.recode import Comparison, compare, plan_of, propose_recode
from tests.factories import make_community, make_division
from tests.world import GUCHENG, HUNAN, LIUYUAN, STREET, STREET_ELSEWHERE, WENXUAN, YANGGU

ON = date(2027, 1, 1)
AT = datetime(2026, 12, 1, tzinfo=UTC)
NEW = "371502001009"


# ── comparison ──


def listed(*rows: str) -> str:
    return "\n".join(["代码,名称", *rows])


@pytest.fixture
def world(db: None) -> None:
    make_community(GUCHENG, "古城社区居委会")
    make_community(HUNAN, "湖南社区居委会")
    make_community(WENXUAN, "文轩社区居委会")
    make_community(LIUYUAN, "柳园社区居委会")
    make_community(YANGGU, "谷山社区居委会")


ALL = (
    f"{STREET},古楼街道",
    f"{GUCHENG},古城社区居委会",
    f"{HUNAN},湖南社区居委会",
    f"{WENXUAN},文轩社区居委会",
    f"{STREET_ELSEWHERE},柳园街道",
    f"{LIUYUAN},柳园社区居委会",
)


def seen(found: Comparison) -> list[tuple[str, str, str | None, tuple[str, ...]]]:
    return [
        (line.code, line.name, line.held.code if line.held else None, line.signs)
        for line in found.lines
    ]


def changed(*changes: tuple[str, str]) -> str:
    """The list of the world with rows replaced; '' takes one out."""
    text = listed(*ALL)
    for before, after in changes:
        assert before in text
        text = text.replace(f"\n{before}", f"\n{after}" if after else "")
    return text


def test_compare_when_all_is_as_it_was_then_only_counted(
    world: None, district_officer: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        found = compare(district_officer, listed(*ALL), on=ON)

    assert (found.unchanged, found.lines, found.divisions, found.missing) == (4, [], [], {})
    assert plan_of(found).communities == ()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            [(f"{GUCHENG},古城社区居委会", f"{NEW},古城社区居委会")],
            [(NEW, "古城社区居委会", GUCHENG, ("代码变更",))],
        ),
        (
            [(f"{GUCHENG},古城社区居委会", f"{GUCHENG},老城社区居委会")],
            [(GUCHENG, "老城社区居委会", GUCHENG, ("更名",))],
        ),
        (
            [
                (f"{GUCHENG},古城社区居委会", f"{GUCHENG},湖南社区居委会"),
                (f"{HUNAN},湖南社区居委会", f"{HUNAN},古城社区居委会"),
            ],
            [
                (GUCHENG, "湖南社区居委会", HUNAN, ("代码变更", "代码互换")),
                (HUNAN, "古城社区居委会", GUCHENG, ("代码变更", "代码互换")),
            ],
        ),
        (
            [
                (f"{GUCHENG},古城社区居委会", f"{NEW},古城社区居委会"),
                (f"{HUNAN},湖南社区居委会", f"{GUCHENG},湖南社区居委会"),
            ],
            [
                (GUCHENG, "湖南社区居委会", HUNAN, ("代码变更", "代码转用")),
                (NEW, "古城社区居委会", GUCHENG, ("代码变更",)),
            ],
        ),
        (
            [(f"{GUCHENG},古城社区居委会", "371502002009,古城社区居委会")],
            [("371502002009", "古城社区居委会", GUCHENG, ("换上级",))],
        ),
        (
            [(f"{GUCHENG},古城社区居委会", f"{GUCHENG},古城社区居委会\n{NEW},光明社区居委会")],
            [(NEW, "光明社区居委会", None, ("新增",))],
        ),
    ],
)
def test_compare_then_each_difference_by_its_words(
    world: None,
    district_officer: User,
    changes: list[tuple[str, str]],
    expected: list[tuple[Any, ...]],
) -> None:
    found = compare(district_officer, changed(*changes), on=ON)

    assert seen(found) == expected
    assert [line.trouble for line in found.lines] == [""] * len(expected)


def test_compare_when_a_place_is_not_listed_then_missing_under_its_street(
    world: None, district_officer: User
) -> None:
    found = compare(district_officer, changed((f"{HUNAN},湖南社区居委会", "")), on=ON)

    assert {street: [one.code for one in held] for street, held in found.missing.items()} == {
        STREET: [HUNAN]
    }
    assert [(one.name, one.unchanged, one.missing) for one in found.streets] == [
        ("古楼街道", 2, 1),
        ("柳园街道", 1, 0),
    ]


def test_compare_when_the_file_has_one_street_only_then_others_are_not_missing(
    world: None, district_officer: User
) -> None:
    found = compare(district_officer, listed(*ALL[1:4]), on=ON)

    assert (found.missing, found.missing_divisions) == ({}, [])
    assert [one.name for one in found.uncovered] == ["柳园街道"]


def test_compare_when_a_street_has_another_code_then_its_communities_follow(
    world: None, district_officer: User
) -> None:
    found = compare(district_officer, listed(*ALL).replace(STREET, "371502021"), on=ON)

    assert [
        (line.code, line.held.code if line.held else None, line.signs) for line in found.divisions
    ] == [("371502021", STREET, ("代码变更",))]
    assert seen(found)[0] == ("371502021001", "古城社区居委会", GUCHENG, ("代码变更",))
    assert plan_of(found).divisions == (DivisionChange(STREET, "371502021", "古楼街道"),)
    assert len(plan_of(found).communities) == 3


def test_compare_without_names_then_codes_only(world: None, district_officer: User) -> None:
    text = changed(
        (f"{GUCHENG},古城社区居委会", f"{NEW},古城社区居民委员会"),
        (f"{HUNAN},湖南社区居委会", f"{HUNAN},湖南社区居民委员会"),
    )

    with_names = compare(district_officer, text, on=ON)
    without = compare(district_officer, text, on=ON, with_names=False)

    assert [line.signs for line in with_names.lines] == [("更名",), ("代码变更", "更名")]
    assert seen(without) == [(NEW, "古城社区居委会", GUCHENG, ("代码变更",))]


def test_compare_when_a_match_is_changed_then_that_one(world: None, district_officer: User) -> None:
    text = changed((f"{GUCHENG},古城社区居委会", f"{NEW},新城社区居委会"))

    free = compare(district_officer, text, on=ON)
    chosen = compare(district_officer, text, on=ON, chosen={NEW: GUCHENG})
    left = compare(district_officer, text, on=ON, chosen={NEW: ""})

    assert seen(free) == [(NEW, "新城社区居委会", None, ("新增",))]
    assert seen(chosen) == [(NEW, "新城社区居委会", GUCHENG, ("代码变更", "更名"))]
    assert seen(left) == [(NEW, "新城社区居委会", None, ("不处理",))]


def test_compare_when_a_code_is_still_held_then_says_by_whom(
    world: None, district_officer: User
) -> None:
    text = changed(
        (f"{GUCHENG},古城社区居委会", f"{GUCHENG},湖南社区居委会"),
        (f"{HUNAN},湖南社区居委会", ""),
    )

    (line,) = compare(district_officer, text, on=ON).lines

    assert line.trouble == (f"代码{GUCHENG}仍由古城社区居委会使用。给它也选一行，或这一行不处理")


@pytest.mark.parametrize(
    ("rows", "trouble"),
    [
        (("371502077001,光明社区居委会",), "街道371502077不在库里，文件里也没有它的名称。"),
        (
            ("371502077,新设街道", "371502077001,光明社区居委会"),
            "街道371502077是新增的。先登记这个街道",
        ),
    ],
)
def test_compare_when_the_street_is_unknown_then_says_so(
    world: None, district_officer: User, rows: tuple[str, ...], trouble: str
) -> None:
    (line,) = compare(district_officer, listed(*ALL, *rows), on=ON).lines

    assert line.trouble.startswith(trouble)


def test_compare_then_rows_beyond_the_scope_are_counted_and_never_read(
    world: None, district_officer: User
) -> None:
    above = ("37,山东省", "3715,聊城市", "371502,东昌府区")
    text = listed(*above, *ALL, f"{YANGGU},改了名的社区居委会")

    found = compare(district_officer, text, on=ON)

    assert (found.outside, found.lines, found.divisions) == (1, [], [])
    assert YANGGU not in found.present


def test_compare_when_the_file_is_wrong_then_only_the_mistakes(
    world: None, district_officer: User
) -> None:
    found = compare(district_officer, listed(f"{GUCHENG},", "12345,某社区"), on=ON)

    assert [error.number for error in found.wrong] == [2, 3]
    assert found.present == {}


def test_compare_when_a_community_has_ended_by_the_day_then_it_is_not_there(
    world: None, district_officer: User
) -> None:
    Community.objects.filter(code=HUNAN).update(valid_until=ON)

    found = compare(district_officer, changed((f"{HUNAN},湖南社区居委会", "")), on=ON)

    assert found.missing == {}


# ── the act ──


def proposed(by: User, text: str) -> ChangeAct:
    plan = plan_of(compare(by, text, on=ON))
    return propose_recode(
        by=by, at=AT, on=ON, title="2027年代码", reason="依据鲁统字1号", plan=plan
    )


def test_propose_then_one_act_that_waits_for_review_and_nothing_else_is_written(
    world: None, district_officer: User
) -> None:
    before = list(Community.objects.order_by("pk").values())
    text = changed(
        (f"{GUCHENG},古城社区居委会", f"{NEW},古城社区居委会"),
        (f"{STREET},古楼街道", f"{STREET},新楼街道"),
    )

    act = proposed(district_officer, text)

    key = Community.objects.get(code=GUCHENG).pk
    plan = read_plan(act.plan)
    assert (act.kind, act.state, act.code) == ("recode", "submitted", "371502")
    assert plan.communities == (key,)
    assert plan.successors == (Successor(f"c{key}", key, NEW, "古城社区居委会"),)
    assert plan.divisions == (DivisionChange(STREET, STREET, "新楼街道"),)
    assert list(Community.objects.order_by("pk").values()) == before
    assert Division.objects.get(code=STREET).name == "古楼街道"


def test_propose_when_codes_change_places_then_both_in_one_plan(
    world: None, district_officer: User
) -> None:
    text = changed(
        (f"{GUCHENG},古城社区居委会", f"{GUCHENG},湖南社区居委会"),
        (f"{HUNAN},湖南社区居委会", f"{HUNAN},古城社区居委会"),
    )

    plan = read_plan(proposed(district_officer, text).plan)

    keys = dict(Community.objects.values_list("code", "pk"))
    assert plan.successors == (
        Successor(f"c{keys[HUNAN]}", keys[HUNAN], GUCHENG, "湖南社区居委会"),
        Successor(f"c{keys[GUCHENG]}", keys[GUCHENG], HUNAN, "古城社区居委会"),
    )


def test_propose_when_it_cannot_be_carried_out_then_refused_and_nothing_is_kept(
    world: None, district_officer: User
) -> None:
    text = changed(
        (f"{GUCHENG},古城社区居委会", f"{GUCHENG},湖南社区居委会"),
        (f"{HUNAN},湖南社区居委会", ""),
    )

    with pytest.raises(MistakesError, match=f"代码{GUCHENG}已由古城社区使用"):
        proposed(district_officer, text)

    assert ChangeAct.objects.count() == 0


def test_compare_of_many_then_the_same_queries(
    city_officer: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_division("371502001")
    rows: Callable[[int], str] = lambda last: listed(  # noqa: E731
        *(f"3715020010{number:02d},第{number}社区" for number in range(1, last))
    )
    for number in range(1, 31):
        make_community(f"3715020011{number:02d}", f"第{number}社区")

    for last in (2, 30):
        with django_assert_num_queries(2):
            compare(city_officer, rows(last), on=ON)
