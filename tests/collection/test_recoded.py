"""Rounds, steps and uploads follow their offices and communities to new codes."""

from datetime import UTC, date, datetime

import pytest

from accounts.models import User
from accounts.scope import scope
from collection.models import Extension, FactsStep, Round, Upload, UploadRow
from collection.selectors.rounds import call_for
from communities.models import Community
from communities.services.plans import DivisionChange
from tests.change_acts import EFFECTIVE, applied, goes_on, make_plan
from tests.factories import make_community, make_facts, make_round, make_upload

pytestmark = pytest.mark.django_db

A, LATER = "371502001001", "371502015001"
GULOU, GUANGYUE, LIUYUAN = "371502001", "371502015", "371502002"
AT = datetime(2026, 11, 20, tzinfo=UTC)
YEAR = EFFECTIVE.year


def recode() -> None:
    """The street gets another code, and its community with it."""
    one = Community.objects.filter(code=A).first() or make_community(A)
    change = DivisionChange(GULOU, GUANGYUE, "光岳街道")
    applied("recode", make_plan([one], [goes_on(one, code=LATER)], divisions=(change,)))


def test_open_round_then_asks_the_street_under_its_new_code(district_officer: User) -> None:
    asked = make_round(year=YEAR, street_codes=[GULOU, LIUYUAN])
    Extension.objects.create(
        round=asked, code=GULOU, closes_on=date(YEAR, 12, 9), reason="汛期",
        by=district_officer, at=AT,
    )  # fmt: skip

    recode()

    call = call_for(LATER, YEAR)
    assert call is not None
    assert (call.round, call.closes_on, call.extended_for) == (asked, date(YEAR, 12, 9), "汛期")
    assert call.round.street_codes == [GUANGYUE, LIUYUAN]
    assert call_for(A, YEAR) is None


@pytest.mark.parametrize("kept", [{"state": "closed"}, {"year": YEAR - 1}])
def test_round_that_is_over_then_keeps_the_codes_of_its_day(kept: dict[str, object]) -> None:
    asked = make_round(**({"year": YEAR, "street_codes": [GULOU]} | kept))

    recode()

    assert Round.objects.get(pk=asked.pk).street_codes == [GULOU]


def test_upload_then_belongs_to_the_office_under_its_new_code(clerk: User) -> None:
    make_community(A)
    make_round(year=YEAR)
    upload = make_upload(clerk, year=YEAR)

    recode()

    assert Upload.objects.get(pk=upload.pk).code == GUANGYUE
    assert {*UploadRow.objects.values_list("code", flat=True)} == {GUANGYUE}


@pytest.mark.parametrize(("year", "code"), [(YEAR, LATER), (YEAR - 1, A)])
def test_steps_then_stand_under_the_code_of_their_facts(clerk: User, year: int, code: str) -> None:
    with scope("0"):
        facts = make_facts(make_community(A), year)
        step = FactsStep.objects.create(facts=facts, code=A, kind="submit", by=clerk, at=AT)

    recode()

    facts.refresh_from_db()
    assert (FactsStep.objects.get(pk=step.pk).code, facts.code) == (code, code)
