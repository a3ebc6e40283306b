"""The demo of premises: areas of the demo facts, two shared buildings, projects at their gates."""

import io
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from accounts.scope import scope
from communities.models import AnnualFacts, Community
from communities.services import load_demo
from communities.services.demo_register import load_demo_register
from facilities.models import (
    BuilderDefault,
    Contract,
    CorrectionOrder,
    DefaultNotice,
    Gate,
    HallCheck,
    HandoverItem,
    Inspection,
    Premises,
    Project,
    Room,
    Share,
    SpaceMeasure,
    SpacePlan,
    SpacePool,
)
from facilities.selectors.project_clock import clocks_of
from facilities.selectors.sources import from_premises
from facilities.services.demo import Addresses, load_demo_space
from facilities.services.demo_projects import SERVED
from tests.factories import make_community
from tests.world import load_texts

pytestmark = pytest.mark.django_db
ON, AT = date(2026, 11, 22), datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
REFERENCE_DAY = date(2026, 6, 30)
CODES = sorted(
    {f"371502001{number:03}" for number in range(1, 22)}
    | {f"371502002{number:03}" for number in range(4, 16)}
    | {f"371526001{number:03}" for number in range(1, 4)}
    | {f"330206002{number:03}" for number in range(1, 5)}
)
EQUAL = (
    "work_area_m2", "service_area_m2", "premises_area_m2", "premises_usable_area_m2",
    "premises_above_ground_area_m2", "property_area_m2", "service_halls", "premises_tenure",
)  # fmt: skip


def load() -> int:
    with scope("0"):
        return load_demo_space(
            year=2026, on=ON, at=AT, addresses=Addresses("/i/", "/o/", "/plans/", "/pools/")
        )


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The demo of some communities, made once for all tests of the module, which only look."""
    file = tmp_path_factory.mktemp("demo") / "accounts.txt"
    with django_db_blocker.unblock(), transaction.atomic():
        load_texts()
        for code in CODES:
            make_community(code, f"{code[6:]}社区居委会")
        with scope("0"):
            load_demo(years=[2026])
            load_demo_register(year=2026)
        call_command("load_demo_accounts", file=file, stdout=io.StringIO())
        assert load() > 0
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def loaded(world: None, db: None) -> None:
    """The same, inside the transaction of one test."""


def test_register_then_on_the_reference_day_the_year_s_facts() -> None:
    facts = {one.community_id: one for one in AnnualFacts.objects.filter(year=2026)}
    communities = list(Community.objects.filter(pk__in=facts).order_by("code"))
    found = from_premises(communities, REFERENCE_DAY, 2026)

    different = Counter()
    for one in communities:
        told = facts[one.pk]
        if told.work_area_m2 is None:
            assert one.code == SERVED or one.pk not in found
            continue
        for name in EQUAL:
            said = found[one.pk].get(name)
            if said is None or said.value != getattr(told, name):
                different[one.code, name] += 1
    # a usable area that is five too small, and rooms that were stopped or changed hands
    stopped = set(
        Inspection.objects.filter(stops_from__lte=REFERENCE_DAY).values_list("code", flat=True)
    )
    assert {code for code, _ in different} - stopped == {"371502001007"}
    assert [name for code, name in different if code == "371502001007"] == [
        "premises_usable_area_m2"
    ]


def test_shared_buildings_then_their_parts_add_up() -> None:
    shared = [one for one in Premises.objects.all() if one.shares.count() > 1]

    assert {one.code[:9] for one in shared} == {"371502001", "371502002"}
    for one in shared:
        parts = [share.parts for share in one.shares.all()]
        assert (len(parts), sum(parts)) == (2, one.total_parts)


def test_demo_loaded_again_then_nothing_is_added() -> None:
    models = (Premises, Room, Share, Contract, Inspection, HallCheck, Project, Gate, SpacePlan)
    before = [model.objects.count() for model in models]

    assert load() == 0

    assert [model.objects.count() for model in models] == before


def test_demo_then_every_row_says_so() -> None:
    for model in (Premises, Room, Share, Contract, Inspection, CorrectionOrder, HallCheck, Project,
                  Gate, HandoverItem, BuilderDefault, DefaultNotice, SpacePlan,
                  SpaceMeasure, SpacePool):  # fmt: skip
        assert set(model.objects.values_list("is_demo", flat=True)) == {True}, model


def test_leases_and_purchases_then_one_ends_soon_and_one_is_of_this_year() -> None:
    leases = Contract.objects.filter(kind="rent", valid_until__gt=ON)
    assert leases.filter(valid_until__lte=date(2027, 2, 20)).count() == 1
    assert Contract.objects.filter(kind="rent", valid_until__lte=ON).count() == 1
    assert Contract.objects.filter(kind="purchase", signed_on__year=2026).count() == 1


def test_orders_then_one_is_overdue_and_one_waits_to_be_looked_over() -> None:
    states = CorrectionOrder.objects.order_by("issued_on").values_list("state", flat=True)
    assert Counter(states) == {"closed": 1, "open": 2, "reported": 1}
    assert CorrectionOrder.objects.filter(state="open", deadline__lt=ON).count() == 1
    assert Inspection.objects.filter(orders=None, stops_from__isnull=False).count() == 1


def test_projects_then_at_different_gates_and_one_is_late() -> None:
    states = {
        one.name: [(gate.stage, gate.state) for gate in one.gates.order_by("pk")][-1]
        for one in Project.objects.all()
    }
    assert states == {
        "演示湖畔花园": ("planning_condition", "passed"),
        "演示云景府": ("planning_approval", "refused"),
        "演示金水湾": ("planning_approval", "waiting"),
        "演示望岳城": ("building", "passed"),
        "演示学府里": ("acceptance", "signing"),
        "演示东湖壹号": ("acceptance", "passed"),
        "演示江北新苑": ("acceptance", "passed"),
        "演示水城佳园": ("in_use", "passed"),
    }
    excepted = Gate.objects.filter(state="passed").exclude(objections=[])
    assert [(one.project.name, one.stage) for one in excepted] == [
        ("演示望岳城", "planning_condition")
    ]
    running = list(Project.objects.filter(state="running"))
    clocks = clocks_of(running, ON)
    late = [one.name for one in running if (clocks[one.pk].due or ON) < ON]
    assert late == ["演示东湖壹号"]
    assert DefaultNotice.objects.get().default.project.name == "演示东湖壹号"
    assert Premises.objects.get(project__isnull=False).community.code == SERVED


def test_pool_then_waits_and_its_lines_add_up() -> None:
    pool = SpacePool.objects.get()

    assert (pool.code, pool.state) == ("3715", "proposed")
    assert sum(one.amount_yuan for one in pool.lines.all()) == pool.amount_yuan
    assert {one.code for one in pool.lines.all()} == {"371526"}


def test_plan_then_approved_and_behind_with_one_measure() -> None:
    plan = SpacePlan.objects.get()

    assert (plan.code, plan.first_year, plan.last_year, plan.state) == (
        "371502", 2025, 2027, "approved",
    )  # fmt: skip
    measures = SpaceMeasure.objects.filter(plan=plan)
    assert measures.filter(year=2025).exclude(state="done").count() == 1
    assert measures.filter(state="done").exists()
