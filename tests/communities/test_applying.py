"""What change acts do to the register when they take effect."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.scope import scope
from communities.models import (
    ActStep,
    AnnualFacts,
    Building,
    ChangeAct,
    Community,
    Contact,
    Estate,
    Grid,
    Lineage,
    Organisation,
    Paper,
)
from communities.services.applying import NotYetDueError, apply_act
from communities.services.plan_checks import MistakesError
from tests.change_acts import (
    AT,
    DOC_NO,
    EFFECTIVE,
    applied,
    begins,
    goes_on,
    make_act,
    make_plan,
    merging,
    now,
    pair,
    with_everything,
)
from tests.factories import (
    make_community,
    make_contact,
    make_facts,
)

pytestmark = pytest.mark.django_db

A, B, NEW = "371502001001", "371502001002", "371502001009"
BEFORE = EFFECTIVE - timedelta(days=1)


def test_merge_into_a_new_community_ends_both_and_links_them() -> None:
    one, other = pair()
    Community.objects.filter(pk__in=(one.pk, other.pk)).update(area_km2="1.25", kind="old")
    plan = merging([one, other], begins(NEW, "光岳社区居委会"), [2847, 1000])

    act = applied("merge", plan)

    new = Community.objects.get(code=NEW)
    assert (new.name, new.valid_from, new.valid_until) == ("光岳社区居委会", EFFECTIVE, None)
    assert (new.set_up_on, new.set_up_doc_no, new.area_km2, new.kind) == (
        EFFECTIVE,
        DOC_NO,
        Decimal("2.5"),
        "old",
    )
    assert [now(row).valid_until for row in (one, other)] == [EFFECTIVE, EFFECTIVE]
    rows = Lineage.objects.order_by("community__code", "other_code").values_list(
        "code", "relation", "other_code", "other_name", "households", "kind", "doc_no", "act"
    )
    assert list(rows) == [
        (A, "successor", NEW, "光岳社区居委会", 2847, "merge", DOC_NO, act.pk),
        (B, "successor", NEW, "光岳社区居委会", 1000, "merge", DOC_NO, act.pk),
        (NEW, "predecessor", A, "古城社区居委会", 2847, "merge", DOC_NO, act.pk),
        (NEW, "predecessor", B, "湖南社区居委会", 1000, "merge", DOC_NO, act.pk),
    ]


def test_merge_under_the_code_of_one_that_ends_re_issues_it() -> None:
    one, other = pair()

    applied("merge", merging([one, other], begins(A, "光岳社区居委会"), [10, 20]))

    held = Community.objects.filter(code=A).order_by("pk").values_list("valid_from", "valid_until")
    assert list(held) == [(None, EFFECTIVE), (EFFECTIVE, None)]


def test_merge_ends_the_duties_of_those_who_answered_for_what_ends() -> None:
    one, other = pair()
    for community in (one, other):
        make_contact(community)
    make_contact(one, valid_until=BEFORE)

    applied("merge", merging([one, other], goes_on(other, code=A), [10, 20]))

    rows = Contact.objects.order_by("pk").values_list("code", "valid_until")
    assert list(rows) == [(A, EFFECTIVE), (A, None), (A, BEFORE)]


def test_merge_takes_over_estates_grids_and_groups_and_ends_the_bodies() -> None:
    one, other = pair()
    for community in (one, other):
        code = community.code
        estate = Estate.objects.create(community=community, code=code, name="光岳小区")
        Building.objects.create(community=community, code=code, estate=estate, name="1号楼")
        Grid.objects.create(community=community, code=code, name="第一网格")
        for kind, name in (
            ("residents_committee", "居委会"),
            ("party", "党委"),
            ("mediation", "调解委员会"),
            ("residents_group", "第一居民小组"),
            ("social", "合唱团"),
        ):
            Organisation.objects.create(community=community, code=code, kind=kind, name=name)
    ended = Grid.objects.create(community=one, code=A, name="旧网格", valid_until=BEFORE)

    applied("merge", merging([one, other], goes_on(other), [10, 20]))

    assert list(Estate.objects.order_by("pk").values_list("name", "code", "community")) == [
        ("光岳小区（原古城社区）", B, other.pk),
        ("光岳小区", B, other.pk),
    ]
    assert set(Building.objects.values_list("code", "community")) == {(B, other.pk)}
    assert list(Grid.objects.exclude(pk=ended.pk).order_by("pk").values_list("name", "code")) == [
        ("第一网格（原古城社区）", B),
        ("第一网格", B),
    ]
    assert Grid.objects.get(pk=ended.pk).community_id == one.pk
    bodies = Organisation.objects.order_by("community", "pk")
    assert list(bodies.filter(community=one).values_list("name", "valid_until")) == [
        ("居委会", EFFECTIVE),
        ("党委", EFFECTIVE),
        ("调解委员会", EFFECTIVE),
    ]
    assert list(bodies.filter(community=other).values_list("name", "valid_until")) == [
        ("第一居民小组（原古城社区）", None),
        ("合唱团（原古城社区）", None),
        ("居委会", None),
        ("党委", None),
        ("调解委员会", None),
        ("第一居民小组", None),
        ("合唱团", None),
    ]


def test_merge_adds_the_facts_of_its_year_and_leaves_earlier_ones() -> None:
    one, other = pair()
    for year in (2026, 2027):
        make_facts(one, year, households=2847, population_resident=7000, received_yuan="0.05")
        make_facts(other, year, households=1000, received_yuan="10.10", status="draft")
    plan = merging([one, other], begins(NEW, "光岳社区居委会"), [2847, 1000])

    applied("merge", plan)

    rows = AnnualFacts.objects.order_by("year", "code").values_list(
        "year", "code", "households", "population_resident", "received_yuan", "status", "version"
    )
    both = [(A, 2847, 7000, Decimal("0.05"), "confirmed", 1)]
    both += [(B, 1000, None, Decimal("10.10"), "draft", 1)]
    assert list(rows) == [
        *((2026, *row) for row in both),
        *((2027, *row) for row in both),
        (2027, NEW, 3847, None, Decimal("10.15"), "draft", 1),
    ]


def test_split_divides_facts_and_gives_named_parts_to_their_successor() -> None:
    one = make_community(A, "古城社区居委会")
    estates = [Estate.objects.create(community=one, code=A, name=name) for name in ("东区", "西区")]
    grid = Grid.objects.create(community=one, code=A, name="第一网格")
    make_facts(one, 2027, households=2847, population_resident=7001, received_yuan="100.00")
    plan = make_plan(
        [one],
        [begins(NEW, "东城社区居委会", area_km2=Decimal("0.5")), goes_on(one)],
        {(one, "s1"): 1000, (one, f"c{one.pk}"): 1847},
        estates={estates[0].pk: "s1"},
        grids={grid.pk: "s1"},
    )

    applied("split", plan)

    new = Community.objects.get(code=NEW)
    assert list(Estate.objects.order_by("pk").values_list("name", "code", "community")) == [
        ("东区", NEW, new.pk),
        ("西区", A, one.pk),
    ]
    assert Grid.objects.get().community_id == new.pk
    rows = AnnualFacts.objects.order_by("code").values_list(
        "code", "households", "population_resident", "received_yuan"
    )
    # 7001 × 1000 ÷ 2847 = 2459.08, 100.00 × 1000 ÷ 2847 = 35.1247
    assert list(rows) == [
        (A, 1847, 4542, Decimal("64.88")),
        (NEW, 1000, 2459, Decimal("35.12")),
    ]
    assert now(one).valid_until is None
    assert set(Lineage.objects.values_list("code", "relation", "households")) == {
        (A, "successor", 1000),
        (NEW, "predecessor", 1000),
    }


def test_rescale_moves_households_boundaries_and_named_parts_only() -> None:
    one, other = pair()
    grids = [Grid.objects.create(community=one, code=A, name=f"第{n}网格") for n in "一二"]
    make_facts(one, 2027, households=3000)
    make_facts(other, 2027, households=1000)
    plan = make_plan(
        [one, other],
        [
            goes_on(one, area_km2=Decimal("0.8"), boundaries={"boundary_east": "兴华路"}),
            goes_on(other),
        ],
        {
            (one, f"c{one.pk}"): 2500,
            (one, f"c{other.pk}"): 500,
            (other, f"c{other.pk}"): 1000,
        },
        grids={grids[1].pk: f"c{other.pk}"},
    )

    applied("rescale", plan)

    assert set(AnnualFacts.objects.values_list("code", "households")) == {(A, 2500), (B, 1500)}
    assert (now(one).area_km2, now(one).boundary_east) == (Decimal("0.8"), "兴华路")
    assert (now(other).area_km2, now(other).version) == (None, 1)
    assert list(Grid.objects.order_by("pk").values_list("code", flat=True)) == [A, B]
    assert set(Lineage.objects.values_list("code", "relation", "other_code", "households")) == {
        (A, "successor", B, 500),
        (B, "predecessor", A, 500),
    }


def test_establish_begins_a_community_without_facts() -> None:
    make_community(A)

    applied("establish", make_plan([], [begins(NEW, "光岳社区居委会")]))

    new = Community.objects.get(code=NEW)
    assert (new.short_name, new.valid_from, new.set_up_doc_no) == ("光岳社区", EFFECTIVE, DOC_NO)
    assert AnnualFacts.objects.count() == Lineage.objects.count() == 0


def test_establish_out_of_another_takes_its_households() -> None:
    one = make_community(A)
    make_facts(one, 2027, households=3000)
    plan = make_plan(
        [one],
        [goes_on(one), begins(NEW, "光岳社区居委会")],
        {(one, f"c{one.pk}"): 2000, (one, "s1"): 1000},
    )

    applied("establish", plan)

    assert set(AnnualFacts.objects.values_list("code", "households")) == {(A, 2000), (NEW, 1000)}


def test_abolish_without_receivers_ends_the_community_with_its_parts() -> None:
    one = make_community(A)
    with_everything(one)

    applied("abolish", make_plan([one], []))

    assert now(one).valid_until == EFFECTIVE
    for model in (Estate, Grid, Organisation):
        assert list(model.objects.values_list("community", "valid_until")) == [(one.pk, EFFECTIVE)]
    assert Paper.objects.get().community_id == one.pk


def test_abolish_with_receivers_hands_over_households_and_parts() -> None:
    one, other = pair()
    with_everything(one)
    make_facts(one, 2027, households=300)
    make_facts(other, 2027, households=1000)
    key = f"c{other.pk}"
    plan = make_plan([one, other], [goes_on(other)], {(one, key): 300, (other, key): 1000})

    applied("abolish", plan)

    assert now(one).valid_until == EFFECTIVE
    assert set(AnnualFacts.objects.values_list("code", "households")) == {(A, 300), (B, 1300)}
    assert set(Estate.objects.values_list("code", flat=True)) == {B}
    assert Paper.objects.get().code == A


def test_reopen_begins_a_new_community_that_comes_from_the_ended_one() -> None:
    one = make_community(A, valid_until=date(2026, 6, 1), kind="old")
    make_facts(one, 2026)

    applied("reopen", make_plan([one], [begins(A, one.name)]))

    new = Community.objects.exclude(pk=one.pk).get()
    assert (new.code, new.valid_from, new.kind) == (A, EFFECTIVE, "old")
    assert now(one).valid_until == date(2026, 6, 1)
    assert AnnualFacts.objects.count() == 1
    rows = Lineage.objects.values_list("community", "relation", "other", "households")
    assert set(rows) == {
        (one.pk, "successor", new.pk, None),
        (new.pk, "predecessor", one.pk, None),
    }


def test_act_applied_again_does_nothing() -> None:
    one, other = pair()
    act = applied("merge", merging([one, other], begins(NEW, "光岳社区居委会"), [10, 20]))

    again = apply_act(act=act, on=EFFECTIVE, at=AT + timedelta(days=1))

    assert (again.applied_at, again.version) == (AT, act.version)
    assert (Community.objects.count(), ActStep.objects.count(), Lineage.objects.count()) == (
        3,
        1,
        4,
    )


def test_act_is_not_applied_before_its_day_nor_before_its_decision() -> None:
    one = make_community(A)
    plan = make_plan([one], [goes_on(one, name="古楼社区居委会")])
    decided, reviewed = make_act("rename", plan), make_act("rename", plan, "reviewed")

    with pytest.raises(NotYetDueError):
        apply_act(act=decided, on=BEFORE, at=AT)
    with pytest.raises(NotYetDueError):
        apply_act(act=reviewed, on=EFFECTIVE, at=AT)

    assert now(one).name == one.name


def test_act_entered_late_takes_effect_as_of_its_day() -> None:
    one = make_community(A)
    act = make_act("rename", make_plan([one], [goes_on(one, name="古楼社区居委会")]))

    apply_act(act=act, on=date(2027, 6, 1), at=AT)

    assert now(one).designated_from == EFFECTIVE


def test_act_whose_plan_no_longer_holds_writes_nothing() -> None:
    one, other = pair()
    act = make_act("merge", merging([one, other], begins(NEW, "光岳社区居委会"), [10, 20]))
    make_community(NEW, "后来的社区居委会")

    with pytest.raises(MistakesError) as raised:
        apply_act(act=act, on=EFFECTIVE, at=AT)

    assert [one.message for one in raised.value.mistakes] == [
        f"代码{NEW}已由后来的社区使用。换一个没有用过的代码"
    ]
    assert ChangeAct.objects.get().state == "decided"
    assert now(one).valid_until is None


def test_act_takes_effect_although_facts_were_reported_since() -> None:
    one, other = pair()
    make_facts(one, 2027, households=1000)
    make_facts(other, 2027, households=500)

    applied("merge", merging([one, other], begins(NEW, "光岳社区居委会"), [900, 450]))

    assert AnnualFacts.objects.get(code=NEW).households == 1500


def test_history_says_which_act_changed_a_community() -> None:
    one = make_community(A)

    with scope("371502", user=7):
        applied("rename", make_plan([one], [goes_on(one, name="古楼社区居委会")]))

    event = one.events.get(pgh_label="update")
    metadata = event.pgh_context.metadata
    assert (metadata["user"], metadata["reason"]) == (7, f"rename的请示（{DOC_NO}）")
