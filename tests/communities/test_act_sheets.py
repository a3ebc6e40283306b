"""The form of a change act as it is typed, and the plan that it means."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from communities.choices import ActKind
from communities.selectors.act_sources import Part, Source
from communities.services.act_sheets import Sheet, default_title, starting
from communities.services.plans import Flow, Successor

FREE = ("371502001005", "371502001006", "371502001007")


def source(pk: int = 1, name: str = "古城社区", households: int | None = 1000) -> Source:
    return Source(
        pk,
        f"37150200100{pk}",
        f"{name}居委会",
        name,
        households,
        2026,
        Decimal("1.2500"),
        {"east": "东昌路", "south": "", "west": "", "north": ""},
        (Part(10 * pk, f"{name}甲区", 300),),
        (Part(100 * pk, "第一网格", 450),),
    )


GUCHENG, HUNAN = source(), source(2, "湖南社区", 600)


def sheet(kind: ActKind, *sources: Source, free: tuple[str, ...] = FREE, **typed: str) -> Sheet:
    opened = starting(kind, sources, free)
    return Sheet(kind, sources, opened | {k.replace("_", "-"): v for k, v in typed.items()}, free)


def flows(found: Sheet) -> list[tuple[int, str, int]]:
    return [(one.source, one.to, one.households) for one in found.read()[0].flows]


def said(found: Sheet) -> list[tuple[str, str]]:
    return [(one.item, one.message) for one in found.read()[1]]


def test_merge_as_opened_then_the_largest_goes_on_with_everything() -> None:
    plan, mistakes = sheet(ActKind.MERGE, GUCHENG, HUNAN).read()

    assert mistakes == []
    assert plan.communities == (1, 2)
    assert plan.successors == (
        Successor("s1", 1, "371502001001", "古城社区居委会", Decimal("2.5000"), {}),
    )
    assert plan.flows == (Flow(1, "s1", 1000), Flow(2, "s1", 600))


def test_merge_into_a_new_one_then_the_next_free_code() -> None:
    found = sheet(ActKind.MERGE, GUCHENG, HUNAN, s1_community="", s1_name="新城社区居委会")

    [successor] = found.read()[0].successors

    assert (successor.community, successor.code, successor.name) == (
        None,
        "371502001005",
        "新城社区居委会",
    )


def test_split_then_one_empty_cell_is_the_rest() -> None:
    found = sheet(ActKind.SPLIT, GUCHENG, s2_name="古城东社区居委会", flow_1_s2="４００")

    assert flows(found) == [(1, "s1", 600), (1, "s2", 400)]
    assert [one.code for one in found.read()[0].successors] == ["371502001001", "371502001005"]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({}, "古城社区有2格没有填。最多空一格，空的一格得其余户数"),
        (
            {"flow_1_s1": "900", "flow_1_s2": "1,200"},
            "古城社区划出合计2,100户，多于核定的1,000户。减少1,100户",
        ),
        ({"flow_1_s2": "四百"}, "古城社区划转户数“四百”不是整数。写成800的样子"),
        ({"flow_1_s2": "-4"}, "古城社区划转户数“-4”不是整数。写成800的样子"),
    ],
)
def test_flows_that_cannot_be_read_then_said_with_the_remedy(
    typed: dict[str, str], message: str
) -> None:
    found = sheet(ActKind.SPLIT, GUCHENG, **typed)

    assert said(found) == [("flows:1", message)]
    assert flows(found) == []


def test_flows_that_come_to_all_then_the_empty_cells_are_nought() -> None:
    found = sheet(ActKind.SPLIT, GUCHENG, successors="s1 s2 s3", flow_1_s2="1000")

    assert flows(found) == [(1, "s1", 0), (1, "s2", 1000), (1, "s3", 0)]


def test_flows_of_unreported_households_then_every_cell_is_typed() -> None:
    unknown = source(households=None)

    assert said(sheet(ActKind.MERGE, unknown, HUNAN)) == [
        ("flows:1", "古城社区没有核定户数，划转户数每格都填，没有的填0")
    ]
    assert flows(sheet(ActKind.MERGE, unknown, HUNAN, flow_1_s1="0")) == [
        (1, "s1", 0),
        (2, "s1", 600),
    ]


def test_rescale_then_all_go_on_and_empty_areas_stay() -> None:
    found = sheet(ActKind.RESCALE, GUCHENG, HUNAN, flow_1_c2="200", c2_area="1.5")

    plan, mistakes = found.read()

    assert mistakes == []
    assert flows(found) == [(1, "c1", 800), (1, "c2", 200), (2, "c1", 0), (2, "c2", 600)]
    assert [(one.community, one.area_km2) for one in plan.successors] == [
        (1, None),
        (2, Decimal("1.5")),
    ]


def test_rescale_as_opened_then_everybody_stays() -> None:
    assert flows(sheet(ActKind.RESCALE, GUCHENG, HUNAN)) == [
        (1, "c1", 1000),
        (1, "c2", 0),
        (2, "c1", 0),
        (2, "c2", 600),
    ]


def test_establish_out_of_others_then_they_go_on_and_one_is_new() -> None:
    opened = starting(ActKind.ESTABLISH, (GUCHENG,), FREE, (10, "阳光花园", 300))
    found = Sheet(ActKind.ESTABLISH, (GUCHENG,), opened, FREE)

    plan, mistakes = found.read()

    assert mistakes == []
    assert [(one.key, one.code, one.name) for one in plan.successors] == [
        ("c1", "371502001001", "古城社区居委会"),
        ("s1", "371502001005", "阳光花园社区居委会"),
    ]
    assert flows(found) == [(1, "c1", 700), (1, "s1", 300)]
    assert plan.estates == {10: "s1"}


def test_establish_out_of_nothing_then_one_new() -> None:
    plan, mistakes = sheet(ActKind.ESTABLISH, s1_name="新城社区居委会").read()

    assert (plan.communities, plan.flows, mistakes) == ((), (), [])
    assert [one.code for one in plan.successors] == ["371502001005"]


def test_abolish_then_the_first_ends_and_the_others_receive() -> None:
    plan, mistakes = sheet(ActKind.ABOLISH, GUCHENG, HUNAN).read()

    assert mistakes == []
    assert plan.ending == (1,)
    assert plan.flows == (Flow(1, "c2", 1000), Flow(2, "c2", 600))


def test_abolish_without_receivers_then_no_flows() -> None:
    plan, mistakes = sheet(ActKind.ABOLISH, GUCHENG).read()

    assert (plan.ending, plan.successors, plan.flows, mistakes) == ((1,), (), (), [])


def test_transfer_then_the_next_free_codes_of_the_other_street() -> None:
    there = ("371502002007", "371502002008")
    plan, _ = sheet(ActKind.TRANSFER, GUCHENG, HUNAN, free=there, c1_code="").read()

    assert [(one.community, one.code) for one in plan.successors] == [
        (1, "371502002007"),
        (2, "371502002008"),
    ]


def test_reopen_then_the_former_code_and_name() -> None:
    plan, _ = sheet(ActKind.REOPEN, replace(GUCHENG, ended_on=date(2026, 1, 1))).read()

    assert plan.flows == ()
    assert plan.successors == (Successor("s1", None, "371502001001", "古城社区居委会"),)


def test_reopen_with_those_that_hold_its_households_then_they_go_on_and_give() -> None:
    ended = replace(HUNAN, ended_on=date(2026, 1, 1))
    found = sheet(ActKind.REOPEN, GUCHENG, ended, flow_1_s1="152", s1_households="")

    plan, mistakes = found.read()

    assert mistakes == []
    assert (plan.communities, plan.ending) == ((1, 2), (2,))
    assert [(one.key, one.community, one.name) for one in plan.successors] == [
        ("c1", 1, "古城社区居委会"),
        ("s1", None, "湖南社区居委会"),
    ]
    assert flows(found) == [(1, "c1", 848), (1, "s1", 152)]
    assert default_title(ActKind.REOPEN, found.sources, plan) == "恢复湖南社区"


@pytest.mark.parametrize("kind", [ActKind.ESTABLISH, ActKind.REOPEN])
def test_new_housing_then_read_as_a_whole_number(kind: ActKind) -> None:
    def households(typed: str) -> int | None:
        return sheet(kind, s1_households=typed).read()[0].successors[0].households

    assert [households(typed) for typed in ("", "0", "1,200", "８００")] == [None, 0, 1200, 800]
    assert said(sheet(kind, s1_households="300户")) == [
        ("successor:s1", "新建住房户数“300户”不是整数。只写数字，如：800")
    ]


def test_new_housing_of_other_kinds_then_not_read() -> None:
    found = sheet(ActKind.SPLIT, GUCHENG, flow_1_s2="1", s2_households="5")

    assert [one.households for one in found.read()[0].successors] == [None, None]


def test_name_with_blanks_then_without() -> None:
    found = sheet(ActKind.ESTABLISH, s1_name="新城 社区居委会")

    assert found.read()[0].successors[0].name == "新城社区居委会"


def test_renaming_without_a_new_name_then_none() -> None:
    nothing = sheet(ActKind.RENAME, GUCHENG, HUNAN, c1_name="", c2_name="湖南 社区居委会")
    one = sheet(ActKind.RENAME, GUCHENG, HUNAN, c1_name="东城社区居委会")

    assert [(found.item, found.message) for found in nothing.without_change()] == [
        ("successor:c1", "名称仍是“古城社区居委会”。填新的名称"),
        ("successor:c2", "名称仍是“湖南社区居委会”。填新的名称"),
    ]
    assert one.without_change() == []
    assert sheet(ActKind.RECODE, GUCHENG).without_change() == []


@pytest.mark.parametrize(
    ("typed", "area"), [("1.25", "1.25"), ("１．５", "1.5"), ("", None), ("0", "0")]
)
def test_area_then_read_as_square_kilometres(typed: str, area: str | None) -> None:
    [first, _] = sheet(ActKind.SPLIT, GUCHENG, s1_area=typed).read()[0].successors

    assert first.area_km2 == (None if area is None else Decimal(area))


@pytest.mark.parametrize("typed", ["一", "-1", "1.23456", "1e3", "123456"])
def test_area_that_cannot_be_read_then_said(typed: str) -> None:
    found = sheet(ActKind.SPLIT, GUCHENG, s1_area=typed, flow_1_s2="1")

    assert said(found) == [
        ("successor:s1", f"面积“{typed}”不是平方公里数。写成1.25的样子，最多四位小数")
    ]


def test_parts_for_communities_that_get_nothing_then_left_out() -> None:
    found = sheet(
        ActKind.SPLIT, GUCHENG, flow_1_s2="400", estate_10="s2", grid_100="s9", estate_99="s2"
    )

    assert found.read()[0].estates == {10: "s2"}
    assert found.read()[0].grids == {}


def test_boundaries_then_only_those_that_are_typed() -> None:
    found = sheet(ActKind.RENAME, GUCHENG, c1_east=" 东昌路 ", c1_west=" ")

    assert found.read()[0].successors[0].boundaries == {"boundary_east": "东昌路"}


@pytest.mark.parametrize(
    ("kind", "typed", "title"),
    [
        (ActKind.MERGE, {}, "古城社区、湖南社区合并为古城社区"),
        (ActKind.RESCALE, {}, "古城社区、湖南社区规模调整"),
        (ActKind.ABOLISH, {}, "撤销古城社区"),
        (
            ActKind.RENAME,
            {"c1_name": "东城社区居委会"},
            "古城社区、湖南社区更名为东城社区、湖南社区",
        ),
        (ActKind.ESTABLISH, {"s1_name": "新城社区居委会"}, "设立新城社区"),
    ],
)
def test_title_when_none_is_typed_then_from_the_plan(
    kind: ActKind, typed: dict[str, str], title: str
) -> None:
    found = sheet(kind, GUCHENG, HUNAN, **typed)

    assert default_title(kind, found.sources, found.read()[0]) == title


def test_title_of_many_communities_then_counted() -> None:
    many = tuple(source(pk, f"第{pk}社区") for pk in range(1, 6))
    found = sheet(ActKind.RECODE, *many)

    assert (
        default_title(ActKind.RECODE, many, found.read()[0])
        == "第1社区、第2社区、第3社区等5个社区代码变更"
    )
