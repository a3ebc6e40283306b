"""The demo year under way: rounds, facts in every state, a slip, a correction, an import."""

import io
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Message, User
from accounts.scope import scope
from collection.models import Correction, FactsDraft, FactsStep, Round, Upload
from collection.selectors.entry import get_entry
from collection.selectors.known import known_for
from collection.selectors.reviews import checked
from collection.selectors.rounds import calls_for
from collection.services.demo import (
    BEGUN,
    CORRECTED,
    SENT_BACK,
    SLIP,
    load_demo_collection,
)
from communities.models import AnnualFacts, Community
from communities.services import load_demo
from tests.factories import as_owner, make_community, make_round

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
WAITING = "371502001008"
# the streets of the demo accounts, one without, and Beilun
CODES = (
    *("371502001001", CORRECTED, SLIP, WAITING, SENT_BACK),
    *("371502002004", "371502002005", BEGUN),
    *("371502003001", "371502003002", "371502003003"),
    *(f"330206002{number:03}" for number in range(1, 13)),
)


@pytest.fixture
def accounts(tmp_path: Path, db: None) -> None:
    with as_owner():
        call_command("load_demo_accounts", file=tmp_path / "accounts.txt", stdout=io.StringIO())


@pytest.fixture
def facts(accounts: None) -> None:
    for code in CODES:
        make_community(code, f"{code[6:]}社区居委会")
    with scope("0"):
        load_demo(years=[2024, 2025, 2026])


def load() -> int:
    with scope("0"):
        return load_demo_collection(
            year=2026, at=timezone.now(), on=TODAY, corrections_url="/corrections/"
        )


def row(code: str) -> AnnualFacts:
    return AnnualFacts.objects.get(code=code, year=2026)


def steps(code: str) -> list[tuple[str, str]]:
    rows = FactsStep.objects.filter(code=code).order_by("pk").values_list("kind", "by__username")
    return list(rows)


def test_rounds_then_open_for_nine_more_days(facts: None) -> None:
    assert load() == 2

    found = Round.objects.order_by("code")
    assert [(one.code, one.state, one.street_review, one.is_demo) for one in found] == [
        ("330206", "open", False, True),
        ("3715", "open", True, True),
    ]
    assert {(one.opens_on, one.closes_on) for one in found} == {
        (date(2026, 9, 23), date(2026, 12, 1))
    }
    assert Message.objects.filter(to__username="gulou").count() == 1


def test_loaded_again_then_nothing_more(facts: None) -> None:
    load()
    before = (FactsStep.objects.count(), Upload.objects.count(), Correction.objects.count())

    assert load() == 0
    assert (FactsStep.objects.count(), Upload.objects.count(), Correction.objects.count()) == before


def test_where_somebody_opened_a_round_then_only_the_other_unit_gets_one(facts: None) -> None:
    make_round("371502")

    assert load() == 1
    assert list(Round.objects.order_by("code").values_list("code", flat=True)) == [
        "330206",
        "371502",
    ]
    assert not FactsStep.objects.filter(code__startswith="3715").exists()


def test_without_facts_then_no_round(accounts: None) -> None:
    assert (load(), Round.objects.count()) == (0, 0)


def test_without_accounts_then_no_round(db: None) -> None:
    make_community()
    with scope("0"):
        load_demo(years=[2026])

    assert (load(), Round.objects.count()) == (0, 0)


def test_states_then_all_but_not_begun_and_confirmed_rows_stay(facts: None) -> None:
    before = Counter(AnnualFacts.objects.filter(year=2026).values_list("status", flat=True))

    load()

    after = Counter(AnnualFacts.objects.filter(year=2026).values_list("status", flat=True))
    assert (after["confirmed"], after["draft"]) == (before["confirmed"], before["draft"])
    assert after["returned"] == 1
    assert after["submitted"] >= 1
    assert after["reviewed"] >= 2
    assert sum(after.values()) == sum(before.values())


def test_steps_then_by_the_people_of_the_street(facts: None) -> None:
    load()

    assert (steps(WAITING), row(WAITING).status) == ([("submit", "gulou")], "submitted")
    assert steps(SENT_BACK) == [("submit", "gulou"), ("return", "gulou-shenhe")]
    assert steps("371502001001") == [
        ("submit", "gulou"),
        ("pass", "gulou-shenhe"),
        ("confirm", "dongchangfu"),
    ]
    assert row("371502001001").confirmed_by == User.objects.get(username="dongchangfu")
    assert steps("371502003001")[0] == ("import", "admin")


def test_facts_that_were_handed_in_then_all_that_is_unlikely_has_a_reason(facts: None) -> None:
    load()

    rows = list(AnnualFacts.objects.filter(year=2026).exclude(status__in=("draft", "returned")))
    found = checked(rows, 2026)
    assert [one.unexplained for one in found.values() if one.unexplained] == []
    assert any(one.unlikely for one in found.values())


def test_slip_then_the_form_asks_about_it(facts: None) -> None:
    load()

    clerk, community = User.objects.get(username="gulou"), Community.objects.get(code=SLIP)
    entry = get_entry(clerk, community, 2026, TODAY)
    said = [one.message for one in entry.examined.findings if one.name == "households_recorded"]
    assert any("核对是否多输一位" in one for one in said)
    assert FactsDraft.objects.count() == 2


def test_correction_then_waits_for_the_district(facts: None) -> None:
    load()

    one = Correction.objects.get()
    present = row(CORRECTED).committee_members_in_post
    assert (one.code, one.state, one.proposed_by.username) == (CORRECTED, "proposed", "gulou")
    assert one.changes == {"committee_members_in_post": [str(present), str(present + 1)]}


def test_import_then_its_record_is_of_the_street(facts: None) -> None:
    load()

    assert Upload.objects.values_list("code", "state", "made_by__username").get() == (
        "371502002",
        "done",
        "liuyuan",
    )


def test_asked_facts_then_the_demo_knows_all_but_what_it_leaves_out(facts: None) -> None:
    load()

    communities = list(Community.objects.filter(code="371502001001"))
    known = known_for(communities, 2026, calls_for(["371502001"], 2026))[communities[0].pk]
    given = row("371502001001")
    empty = {name for name in known.asked if getattr(given, name) in (None, "")}
    assert empty == {"contract_price_yuan", "contract_rent_yuan", "rented_months"}


def test_command_then_it_says_how_many(facts: None) -> None:
    out = io.StringIO()
    call_command("load_demo_collection", stdout=out)

    assert out.getvalue() == "2 demo rounds opened\n"
