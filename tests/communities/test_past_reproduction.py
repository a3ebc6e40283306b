"""A past year's assessment stays what it was, to the fen, whatever happens to communities later."""

from datetime import date
from typing import Any

import pytest

from accounts.models import User
from communities.models import AnnualFacts, Community
from communities.selectors.assessment import Assessment
from communities.services.plans import DivisionChange
from tests import world
from tests.change_acts import applied, begins, goes_on, make_plan, merging

pytestmark = pytest.mark.django_db
YEARS = (2025, 2026)
EFFECTIVE = date(2027, 1, 1)


def community(code: str) -> Community:
    return Community.objects.get(code=code)


def make_years() -> None:
    """Three years of the world, each with other households, and next year's drafts."""
    world.make_world()
    for year, households in ((2025, 2700), (2027, 2900)):
        for code in world.FACTS:
            world.make_place(code, year)
        world.set_facts(world.GUCHENG, year, households=households)


def columns(assessment: Assessment) -> dict[str, Any]:
    """Everything that pages show of an assessment, as plain lists."""
    register = assessment.register
    found: dict[str, Any] = {
        "codes": register.codes,
        "names": list(register.names),
        "statuses": list(register.statuses),
        "extra": {name: list(column) for name, column in register.extra.items()},
        "facts": {
            name: (
                list(column.num),
                column.missing if column.missing is False else list(column.missing),
            )
            for name, column in register.facts.columns.items()
        },
        "subjects": assessment.subjects,
    }
    for subject in (*assessment.subjects,):
        figures = assessment.column(subject)
        found[subject] = [list(column) for column in vars(figures).values()]
        found[f"{subject} paid"] = {
            payer: list(fen) for payer, fen in assessment.payers(subject).items()
        }
    for key in ("premises", "funding", assessment.staff_subject):
        measure = assessment.measure(key)
        found[f"{key} measured"] = [
            list(getattr(measure, name))
            for name in ("required", "has_required", "low", "actual", "has_actual", "short", "gap")
        ]
    return found


def past(user: User) -> dict[int, dict[str, Any]]:
    return {year: columns(world.assessed(user, year=year, on=date(year, 12, 31))) for year in YEARS}


def merge() -> None:
    one, other = community(world.GUCHENG), community(world.HUNAN)
    plan = merging([one, other], begins("371502001009", "光岳社区居委会"), [2847, 4000])
    applied("merge", plan, EFFECTIVE)


def merge_under_the_old_code() -> None:
    one, other = community(world.GUCHENG), community(world.HUNAN)
    plan = merging([one, other], begins(world.GUCHENG, "光岳社区居委会"), [2847, 4000])
    applied("merge", plan, EFFECTIVE)


def split() -> None:
    one = community(world.GUCHENG)
    flows = {(one, "s1"): 1000, (one, f"c{one.pk}"): 1847}
    successors = [begins("371502001009", "东城社区居委会"), goes_on(one, name="西城社区居委会")]
    applied("split", make_plan([one], successors, flows), EFFECTIVE)


def rescale() -> None:
    one, other = community(world.GUCHENG), community(world.HUNAN)
    here, there = f"c{one.pk}", f"c{other.pk}"
    flows = {(one, here): 2000, (one, there): 847, (other, there): 4000}
    applied("rescale", make_plan([one, other], [goes_on(one), goes_on(other)], flows), EFFECTIVE)


def rename() -> None:
    one = community(world.GUCHENG)
    applied("rename", make_plan([one], [goes_on(one, name="古楼社区居委会")]), EFFECTIVE)


def recode_with_a_swap_and_a_street() -> None:
    one, other = community(world.GUCHENG), community(world.HUNAN)
    third = community(world.WENXUAN)
    successors = [
        goes_on(one, code="371502015002"),
        goes_on(other, code="371502015001"),
        goes_on(third, code="371502015003"),
    ]
    division = DivisionChange(world.STREET, "371502015", "光岳街道")
    plan = make_plan([one, other, third], successors, divisions=(division,))
    applied("recode", plan, EFFECTIVE)


def transfer_to_another_street() -> None:
    one = community(world.GUCHENG)
    applied("transfer", make_plan([one], [goes_on(one, code="371502002009")]), EFFECTIVE)


def transfer_to_another_district() -> None:
    one = community(world.GUCHENG)
    plan = make_plan([one], [goes_on(one, code="371521001009")])
    applied("transfer", plan, EFFECTIVE, code="3715")


def abolish() -> None:
    one, other = community(world.CHANGZHENG), community(world.LIUYUAN)
    key = f"c{other.pk}"
    plan = make_plan([one, other], [goes_on(other)], {(one, key): 601, (other, key): 1000})
    applied("abolish", plan, EFFECTIVE)


def one_after_the_other() -> None:
    merge()
    split_later = community("371502001009")
    flows = {(split_later, "s1"): 1000, (split_later, "s2"): 5847}
    successors = [
        begins(world.HUNAN, "湖南社区居委会"),
        begins("371502001011", "城西社区居委会", "s2"),
    ]
    applied("split", make_plan([split_later], successors, flows), date(2027, 5, 1))


@pytest.mark.parametrize(
    "change",
    [
        merge,
        merge_under_the_old_code,
        split,
        rescale,
        rename,
        recode_with_a_swap_and_a_street,
        transfer_to_another_street,
        transfer_to_another_district,
        abolish,
        one_after_the_other,
    ],
)
def test_past_years_are_the_same_in_every_column(change: Any, district_officer: User) -> None:
    make_years()
    before = past(district_officer)
    rows = list(AnnualFacts.objects.filter(year__in=YEARS).order_by("pk").values())

    assert before[2026]["funding measured"][0][0] == 26_000_000  # fen, of the first community

    change()

    assert past(district_officer) == before
    assert list(AnnualFacts.objects.filter(year__in=YEARS).order_by("pk").values()) == rows


def test_the_effective_year_has_every_household_once(district_officer: User) -> None:
    make_years()
    before = world.assessed(district_officer, year=2027, on=date(2027, 12, 31))
    households = before.register.facts.get("households").num.sum()

    one_after_the_other()

    after = world.assessed(district_officer, year=2027, on=date(2027, 12, 31))
    assert after.register.codes == [
        world.HUNAN,
        world.WENXUAN,
        "371502001011",
        world.LIUYUAN,
        world.CHANGZHENG,
    ]
    assert after.register.facts.get("households").num.sum() == households
