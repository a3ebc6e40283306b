"""The demo register: profiles and parts that follow from the codes and agree with the facts."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import Count, F, Sum

from communities.models import (
    AnnualFacts,
    ArchiveEntry,
    Building,
    Community,
    Contact,
    Estate,
    EstateMeeting,
    Grid,
    Organisation,
)
from communities.services.demo_parts import (
    GRID_SHORT,
    NEW_ESTATE,
    SHARED_ESTATE,
    WITHOUT,
    Host,
    chinese,
    divided,
    estates,
)
from communities.services.demo_profiles import credit_code, profile
from communities.services.demo_register import host_of, load_demo_register
from communities.typed import check_credit_code
from tests.communities.test_divisions import DATA
from tests.factories import make_community

PARTS = (Estate, Grid, Organisation, ArchiveEntry)


@pytest.fixture
def loaded(db: None) -> str:
    connection.cursor().execute("RESET ROLE")
    call_command("import_divisions", *DATA, stdout=io.StringIO())
    out = io.StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue()


def sums(model: type[Estate] | type[Grid]) -> dict[str, int]:
    rows = model.objects.values("code").annotate(sum=Sum("households"))
    return dict(rows.values_list("code", "sum"))


def test_demo_register_agrees_with_the_facts_and_holds_the_findings(loaded: str) -> None:
    assert loaded.splitlines()[1] == "323 demo communities registered with their parts"
    urban = Community.objects.filter(committee_kind="residents")
    assert urban.filter(is_demo=True).count() == urban.count() == 323

    reported = dict(
        AnnualFacts.objects.filter(year=2026, households__isnull=False).values_list(
            "code", "households"
        )
    )
    in_estates, in_grids = sums(Estate), sums(Grid)
    assert {code for code in reported if in_estates.get(code) != reported[code]} == (
        WITHOUT["estates"]
    )
    assert {code for code in reported if in_grids.get(code) != reported[code]} == (
        WITHOUT["grids"] | set(GRID_SHORT)
    )
    assert reported["371502001011"] - in_grids["371502001011"] == 26

    names = Estate.objects.values("name").annotate(held=Count("code", distinct=True))
    assert set(names.filter(held__gt=1).values_list("name", flat=True)) >= set(
        SHARED_ESTATE.values()
    )
    with_committee = Organisation.objects.filter(kind="residents_committee").values("code")
    assert (
        set(urban.exclude(code__in=with_committee).values_list("code", flat=True))
        == (WITHOUT["residents_committee"])
    )
    assert (
        set(urban.exclude(code__in=Contact.objects.values("code")).values_list("code", flat=True))
        == (WITHOUT["contacts"])
    )
    code, (name, households) = next(iter(NEW_ESTATE.items()))
    new = Estate.objects.get(code=code, name=name)
    assert (new.is_new, new.households) == (True, households)
    assert 2 * new.occupied_dwellings >= new.completed_dwellings
    assert urban.filter(credit_code="").values_list("code", flat=True).get() == "371502001019"
    assert not Estate.objects.filter(occupied_dwellings__gt=F("completed_dwellings")).exists()


def test_demo_register_has_buildings_and_meetings_in_two_streets_only(loaded: str) -> None:
    streets = {code[:9] for code in Building.objects.values_list("code", flat=True)}
    assert streets == {"371502001", "330206002"}
    for estate in Estate.objects.filter(code__startswith="371502001"):
        rows = estate.buildings.all()
        assert (len(rows), sum(row.households for row in rows)) == (
            estate.building_count,
            estate.households,
        )
    assert EstateMeeting.objects.filter(code="371502001001").count() == 1


def test_demo_register_loaded_again_changes_nothing(loaded: str) -> None:
    counts = [model.objects.count() for model in (*PARTS, Contact, Building)]
    Estate.objects.filter(name="古城花园").update(name="改过的小区")

    assert load_demo_register(year=2026) == 0
    assert [model.objects.count() for model in (*PARTS, Contact, Building)] == counts
    assert Community.objects.get(code="371502001001").version == 1


def test_demo_rows_say_that_they_are_demo_and_keep_a_history(loaded: str) -> None:
    for model in PARTS:
        assert model.objects.exists()
        assert not model.objects.filter(is_demo=False).exists()
    one = Estate.objects.filter(code="371502001001").first()
    assert one is not None
    assert [event.pgh_label for event in one.events.all()] == ["insert"]


def test_load_demo_when_codes_are_named_makes_no_parts(db: None, tmp_path: Path) -> None:
    connection.cursor().execute("RESET ROLE")
    make_community("371502001001", "古城社区居委会")
    file = tmp_path / "codes.csv"
    file.write_text("371502001001\n", encoding="utf-8")

    call_command("load_demo", codes=file, stdout=io.StringIO())

    assert not Estate.objects.exists()
    assert not Community.objects.get(code="371502001001").is_demo


def test_communities_with_something_registered_are_left_alone(db: None) -> None:
    connection.cursor().execute("RESET ROLE")
    make_community("371502001001", "古城社区居委会", kind="old")
    make_community("371502001002", "湖南社区居委会", version=2)
    make_community("371502001004", "铁塔社区居委会")

    out = io.StringIO()
    call_command("load_demo", stdout=out)

    assert out.getvalue().splitlines()[1].startswith("1 demo communities")
    assert set(Estate.objects.values_list("code", flat=True)) == {"371502001004"}
    assert Community.objects.get(code="371502001002").credit_code == ""


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (10, [1, 1, 1], [4, 3, 3]),
        (7, [3, 2], [4, 3]),
        (0, [5, 5], [0, 0]),
        (3, [1, 1, 1, 1, 1], [1, 1, 1, 0, 0]),
    ],
)
def test_divided_gives_the_rest_to_the_largest_remainders(
    total: int, weights: list[int], parts: list[int]
) -> None:
    assert divided(total, weights) == parts


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五")]
)
def test_chinese_writes_numbers_of_grids(number: int, text: str) -> None:
    assert chinese(number) == text


def test_profile_follows_from_the_code_alone() -> None:
    made = profile("371502001001", 2847, "built")

    assert made == profile("371502001001", 2847, "built")
    assert made["credit_code"] == "55371502DEM001001" + made["credit_code"][17]
    assert made["urban_rural_class"] in {"111", "112"}
    assert isinstance(made["set_up_on"], date)


def test_credit_codes_pass_the_check_and_one_is_used_twice() -> None:
    for code in ("371502001001", "330206002002", "371581004006"):
        check_credit_code(credit_code(code))
    assert credit_code("371502001021") == credit_code("371502001020")
    assert credit_code("371502001019") == ""


def test_estates_of_a_community_follow_from_its_code() -> None:
    host: Host = host_of(1, "371502001001", "古城社区", 2026)

    rows = estates(host)

    assert [row["name"] for row in rows] == [
        "古城花园",
        "古城花园东区",
        "古城花园西区",
        "古城花园南区",
    ]
    assert sum(row["households"] for row in rows) == 2847
    assert sum(row["dwellings"] for row in rows) == host.dwellings
    assert sum(row["gross_floor_area_m2"] for row in rows) == host.gross_floor_area_m2
