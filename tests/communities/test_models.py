"""What the database refuses, what history keeps, and when stored figures are stale."""

from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.db import Error, IntegrityError, connection, transaction

from accounts.models import User
from accounts.scope import scope
from communities.models import AnnualFacts, Community, Division, FactsVersion
from tests.factories import as_owner, make_community, make_division, make_facts


def broken(error: pytest.ExceptionInfo[Any]) -> str:
    return str(error.value.__cause__.diag.constraint_name)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"code": "37150200100"}, "community_code_shape"),
        ({"code": "37150200100x"}, "community_code_shape"),
        ({"committee_kind": "both"}, "community_committee_kind"),
        (
            {"valid_from": date(2024, 1, 1), "valid_until": date(2024, 1, 1)},
            "community_days_ordered",
        ),
    ],
)
def test_wrong_community_is_refused(db: None, fields: dict[str, Any], constraint: str) -> None:
    community = make_community()
    for name, value in fields.items():
        setattr(community, name, value)

    with pytest.raises((IntegrityError, Error)) as error, transaction.atomic():
        community.save()

    assert broken(error) == constraint


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"households": -5}, "communities_annualfacts_households_check"),
        ({"work_area_m2": Decimal("-0.01")}, "facts_decimals_not_negative"),
        ({"rented_months": 13}, "facts_rented_months"),
        ({"year": 1948}, "facts_year_range"),
        ({"first_move_in_on": date(1949, 9, 30)}, "facts_first_move_in_range"),
        ({"first_move_in_on": date(2200, 1, 1)}, "facts_first_move_in_range"),
        ({"status": "paid"}, "facts_status"),
        ({"street_code": "371502002"}, "facts_codes_nested"),
        ({"district_code": "330206"}, "facts_codes_nested"),
        ({"city_code": "37"}, "facts_codes_nested"),
    ],
)
def test_wrong_facts_are_refused(db: None, fields: dict[str, Any], constraint: str) -> None:
    community = make_community()

    with pytest.raises(IntegrityError) as error, transaction.atomic():
        make_facts(community, **fields)

    assert broken(error) == constraint


@pytest.mark.parametrize(
    ("first", "second"),
    [("submitted", "reviewed"), ("submitted", "confirmed"), ("reviewed", "confirmed")],
)
def test_facts_checked_twice_by_one_person_are_refused(
    clerk: User, reviewer: User, first: str, second: str
) -> None:
    community = make_community()

    with pytest.raises(IntegrityError) as error, transaction.atomic():
        make_facts(community, **{f"{first}_by": clerk, f"{second}_by": clerk})

    assert broken(error) == f"facts_{first}_not_{second}_by_one"
    make_facts(community, **{f"{first}_by": clerk, f"{second}_by": reviewer})


@pytest.mark.parametrize("checker", ["reviewed", "confirmed"])
def test_facts_checked_by_one_of_their_makers_are_refused(
    clerk: User, reviewer: User, district_officer: User, checker: str
) -> None:
    community = make_community()
    makers = sorted([clerk.pk, reviewer.pk])

    with pytest.raises(IntegrityError) as error, transaction.atomic():
        make_facts(community, makers=makers, **{f"{checker}_by": reviewer})

    assert broken(error) == f"facts_makers_not_{checker}"
    made = make_facts(community, makers=makers, **{f"{checker}_by": district_officer})
    assert made.makers == makers


def test_second_row_of_one_year_is_refused(db: None) -> None:
    community = make_community()
    make_facts(community)

    with pytest.raises(IntegrityError) as error, transaction.atomic():
        make_facts(community)

    assert broken(error) == "facts_once_a_year"


@pytest.mark.parametrize(
    ("first", "second", "taken"),
    [
        ((None, None), (None, None), True),
        ((None, None), (date(2024, 1, 1), None), True),
        ((None, date(2024, 1, 1)), (date(2023, 12, 31), None), True),
        ((None, date(2024, 1, 1)), (date(2024, 1, 1), None), False),
    ],
)
def test_code_is_held_once_a_day(
    db: None,
    first: tuple[date | None, date | None],
    second: tuple[date | None, date | None],
    taken: bool,
) -> None:
    make_community(valid_from=first[0], valid_until=first[1])

    try:
        with transaction.atomic():
            make_community(valid_from=second[0], valid_until=second[1])
        refused = ""
    except IntegrityError as error:
        refused = error.__cause__.diag.constraint_name

    assert refused == ("community_code_once_a_day" if taken else "")


def test_code_held_twice_is_said_in_words(db: None) -> None:
    make_community()
    again = Community(code="371502001001", name="甲", short_name="甲", committee_kind="residents")

    with pytest.raises(ValidationError) as error:
        again.full_clean()

    assert error.value.messages == [
        "这个代码在这段时间已经有了。先给原来的填上“到何日止”",
    ]


@pytest.mark.parametrize(("code", "level"), [("3715", "district"), ("371502001", "city")])
def test_level_of_a_division_is_that_of_its_code(db: None, code: str, level: str) -> None:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        make_division(code, level=level)

    assert broken(error) == "division_level_of_code"


def test_key_of_a_row_is_fixed(db: None) -> None:
    make_community()

    with pytest.raises(Error, match="Cannot update rows"), transaction.atomic():
        Community.objects.update(id=999_999)


def labels(community_id: int) -> list[str]:
    events = Community.pgh_event_model.objects.filter(pgh_obj_id=community_id)
    return list(events.order_by("pgh_id").values_list("pgh_label", flat=True))


def test_history_keeps_bulk_changes_raw_changes_and_deletion(db: None) -> None:
    community = make_community()
    key = community.pk

    Community.objects.update(kind="mixed")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE communities_community SET area_kind = 'new'")
        cursor.execute("UPDATE communities_community SET area_kind = 'new'")
    with as_owner():
        community.delete()

    assert labels(key) == ["insert", "update", "update", "delete"]


def test_history_is_scoped_and_append_only(db: None) -> None:
    make_facts(make_community())
    events = AnnualFacts.pgh_event_model.objects

    with scope("371502002"):
        hidden = events.count()

    assert (hidden, events.count()) == (0, 1)
    for change in (lambda: events.update(households=1), lambda: events.all().delete()):
        with pytest.raises(Error, match=r"permission denied|Cannot"), transaction.atomic():
            change()


def test_history_of_the_owner_is_append_only_too(db: None) -> None:
    make_community()
    connection.cursor().execute("RESET ROLE")

    with pytest.raises(Error, match="Cannot update or delete rows"), transaction.atomic():
        Community.pgh_event_model.objects.update(name="甲")


def test_history_names_the_user_and_the_page(db: None) -> None:
    with scope("3715", user=7, url="/communities/", request="edge-7"):
        make_community()
        event = Community.pgh_event_model.objects.get()

    assert event.pgh_context.metadata == {}  # make_community has a scope of its own


def stamps() -> dict[int, UUID]:
    return dict(FactsVersion.objects.values_list("year", "stamp"))


def test_stamp_of_a_year_changes_with_each_statement_on_its_facts(db: None) -> None:
    community = make_community()
    make_facts(community, 2025)
    before = stamps()
    make_facts(community, 2026, status="draft")
    added = stamps()
    AnnualFacts.objects.filter(year=2026).update(households=1)
    changed = stamps()
    with as_owner():
        AnnualFacts.objects.filter(year=2025).delete()
    deleted = stamps()

    assert sorted(added) == [0, 2025, 2026]
    assert before[2025] == added[2025] == changed[2025] != deleted[2025]
    assert added[2026] != changed[2026] == deleted[2026]


def test_stamps_of_both_years_change_when_facts_go_from_one_to_the_other(db: None) -> None:
    make_facts(make_community(), 2025, status="draft")
    make_facts(make_community("371502001002", "湖南社区居委会"), 2024)
    before = stamps()

    AnnualFacts.objects.filter(year=2025).update(year=2026)

    after = stamps()
    assert sorted(after) == [0, 2024, 2025, 2026]
    assert after[2024] == before[2024]
    assert after[2025] != before[2025]


@pytest.mark.parametrize("day", [date(1949, 10, 1), date(2199, 12, 31)])
def test_first_move_in_on_the_first_and_the_last_day_is_kept(db: None, day: date) -> None:
    facts = make_facts(make_community(), first_move_in_on=day)

    facts.full_clean()
    facts.refresh_from_db()
    assert facts.first_move_in_on == day


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(1, 1, 1), "入住日0001-01-01早于1949-10-01。核对年份"),
        (date(1949, 9, 30), "入住日1949-09-30早于1949-10-01。核对年份"),
        (date(2200, 1, 1), "入住日2200-01-01晚于2199-12-31。核对年份"),
        (date(9999, 12, 31), "入住日9999-12-31晚于2199-12-31。核对年份"),
    ],
)
def test_first_move_in_of_another_age_is_refused_in_words(db: None, day: date, said: str) -> None:
    facts = make_facts(make_community())
    facts.first_move_in_on = day

    with pytest.raises(ValidationError) as error:
        facts.clean_fields()

    assert error.value.message_dict == {"first_move_in_on": [said]}


def test_stamp_zero_changes_with_places(db: None) -> None:
    make_community()
    before = stamps()[0]
    Community.objects.update(name="古城新社区居委会")
    renamed = stamps()[0]
    Division.objects.filter(code="371502").update(central_urban=True)

    assert len({before, renamed, stamps()[0]}) == 3


@pytest.mark.parametrize(
    ("fields", "another"),
    [
        ({"address": "光岳路1号", "remarks": "搬迁"}, False),
        ({"tags": ["示范社区"], "version": 2}, False),
        ({"short_name": "光岳社区"}, True),
        ({"code": "371502001009"}, True),
        ({"committee_kind": "villagers"}, True),
        ({"designated_from": date(2026, 1, 1)}, True),
        ({"valid_from": date(2020, 1, 1)}, True),
        ({"valid_until": date(2026, 1, 1)}, True),
    ],
)
def test_stamp_zero_changes_only_with_what_registers_read(
    db: None, fields: dict[str, Any], another: bool
) -> None:
    community = make_community()
    before = stamps()[0]

    Community.objects.filter(pk=community.pk).update(**fields)

    assert (stamps()[0] != before) is another


def test_stamp_after_a_rollback_does_not_come_again(db: None) -> None:
    make_community()
    with suppress(ZeroDivisionError), transaction.atomic():
        Community.objects.update(name="古城新社区居委会")
        rolled_back = stamps()[0]
        raise ZeroDivisionError
    Community.objects.update(name="古城老社区居委会")

    assert stamps()[0] != rolled_back


def test_versions_cannot_be_written_by_the_application(db: None) -> None:
    make_community()

    with pytest.raises(Error, match="permission denied"), transaction.atomic():
        FactsVersion.objects.update(year=1999)
    with pytest.raises(Error, match="permission denied"), transaction.atomic():
        connection.cursor().execute("SELECT bump_facts_version(ARRAY[2026::smallint])")
