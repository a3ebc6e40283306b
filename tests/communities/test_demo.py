"""Demo facts: the same on every machine, marked, plausible, and with gaps."""

import io
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from communities.models import AnnualFacts, Division
from communities.services import load_demo
from communities.services.demo import facts, households, size
from communities.services.locks import unlocked
from tests.communities.test_divisions import DATA
from tests.factories import make_community


@pytest.fixture
def loaded(db: None) -> None:
    connection.cursor().execute("RESET ROLE")
    call_command("import_divisions", *DATA, stdout=io.StringIO())
    call_command("load_demo", stdout=io.StringIO())


def test_demo_facts_cover_three_years_of_the_urban_communities(loaded: None) -> None:
    assert AnnualFacts.objects.count() == 969
    assert AnnualFacts.objects.filter(is_demo=False).count() == 0
    assert set(AnnualFacts.objects.values_list("year", flat=True)) == {2024, 2025, 2026}
    assert set(AnnualFacts.objects.values_list("community__committee_kind", flat=True)) == {
        "residents"
    }


def test_demo_facts_loaded_again_add_nothing(loaded: None) -> None:
    with unlocked():
        AnnualFacts.objects.filter(code="371502001001", year=2026).update(households=3000)

    assert load_demo(years=[2024, 2025, 2026]) == 0
    assert AnnualFacts.objects.get(code="371502001001", year=2026).households == 3000


def test_demo_facts_have_every_state_and_gaps(loaded: None) -> None:
    latest = AnnualFacts.objects.of_year(2026)

    assert set(latest.values_list("status", flat=True)) == {"confirmed", "submitted", "draft"}
    assert latest.filter(households=None).exists()
    assert latest.filter(area_kind="").exists()
    assert latest.filter(premises_area_m2=None, premises_tenure="").exists()
    assert set(AnnualFacts.objects.of_year(2025).values_list("status", flat=True)) == {"confirmed"}


def test_demo_facts_of_the_shown_community(loaded: None) -> None:
    shown = AnnualFacts.objects.get(code="371502001001", year=2026)

    assert (shown.households, shown.area_kind, shown.status) == (2847, "built", "confirmed")
    assert shown.work_area_m2 + shown.service_area_m2 == 128
    assert (shown.street_code, shown.district_code, shown.city_code) == (
        "371502001",
        "371502",
        "3715",
    )
    assert (shown.central_urban, shown.street_tier) == (True, "")


def test_demo_divisions_carry_what_the_texts_ask_for(loaded: None) -> None:
    districts = Division.objects.under("3715").filter(level="district")
    streets = Division.objects.under("330206").filter(level="street")

    assert set(districts.values_list("code", "central_urban")) == {
        (code, code == "371502") for code in districts.values_list("code", flat=True)
    }
    assert set(streets.values_list("street_tier", flat=True)) == {"better", "weaker"}


def test_demo_facts_follow_from_code_and_year_alone() -> None:
    row = facts("371502001002", 2025, latest=2026)

    assert (row["households"], row["work_area_m2"], row["population_registered"]) == FIXED
    assert facts("371502001002", 2025, latest=2026) == row


FIXED = (4103, Decimal("120.87"), 9829)


def test_households_stay_in_their_range_with_the_mode_in_the_middle() -> None:
    drawn = [size(place / 1000) for place in range(1000)]

    assert (min(drawn), max(drawn)) == (300, 5860)
    assert 2500 < sorted(drawn)[500] < 3100


def test_households_change_by_a_few_percent_a_year() -> None:
    changes = [
        households(f"3715020010{number:02}", 2025) / households(f"3715020010{number:02}", 2024)
        for number in range(100)
    ]

    assert min(changes) > 0.985
    assert max(changes) < 1.045
    assert len(set(changes)) > 90


def test_command_takes_codes_and_years(db: None, tmp_path: Path) -> None:
    connection.cursor().execute("RESET ROLE")
    make_community("371502001001", "古城社区居委会")
    make_community("371502001200", "大路村委会")
    file = tmp_path / "codes.csv"
    file.write_text('code,name\n371502001200,"大路"\n', encoding="utf-8")

    out = io.StringIO()
    call_command("load_demo", codes=file, years=[2026], stdout=out)

    assert out.getvalue() == "1 rows of demo facts added\n"
    assert AnnualFacts.objects.get().code == "371502001200"


def test_command_with_a_year_before_the_first_is_refused(db: None) -> None:
    with pytest.raises(CommandError, match="begin with 2024"):
        call_command("load_demo", years=[2023])
