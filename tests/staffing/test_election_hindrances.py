"""What hinders a result, and taking one back: checked acts, money, an earlier term."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from communities.services.editing import StaleError
from staffing.models import Appointment, QuotaPlan, StaffAct
from staffing.selectors.election_results import preview, undoing_of
from staffing.selectors.person_history import history_of
from staffing.services.quotas import _store
from tests.election_world import AT, HELD, announced, voted
from tests.factories import make_community, make_user
from tests.staff_factories import make_pay_record, make_person

pytestmark = pytest.mark.django_db


def test_result_with_a_checked_act_and_pay_then_not_taken_back(clerk: User) -> None:
    community, fresh = make_community(), make_person(name="孙涛")
    done = announced(voted(community, (fresh, "director")), clerk)
    assert undoing_of(done).hindrances == []
    other = make_user("district_officer", "371502")
    StaffAct.objects.filter(election=done).update(checked_by=other, checked_at=AT)
    make_pay_record(fresh, community, year=HELD.year, first_month=11, last_month=11)

    assert undoing_of(done).hindrances == ["孙涛的人员变动已核对", "孙涛已登记实发报酬"]


def test_by_election_before_the_present_term_then_refused(clerk: User) -> None:
    community, head, late = make_community(), make_person(), make_person(name="孙涛")
    announced(voted(community, (head, "director")), clerk)
    before = date(2020, 2, 1)
    by = voted(community, (late, "member"), kind="by", held_on=before, **EARLY)

    [said] = preview(clerk, by, before).plan.mistakes
    assert said.startswith("任期开始日期2020-02-01早于本届任期2026-11-10，往届的补选")
    with pytest.raises(ValidationError):
        announced(by, clerk, before)


EARLY = dict.fromkeys(("committee_on", "registered_on", "nominated_on"), date(2020, 1, 1))


def test_post_removed_then_the_history_says_so(clerk: User) -> None:
    person = make_person(name="孙涛")
    done = announced(voted(make_community(), (person, "director")), clerk)
    Appointment.objects.filter(election=done).delete()

    [gone] = [one for one in history_of(clerk, person) if one.act == "删除"]
    assert (gone.kind, gone.what) == ("appointment", "居委会主任")


def test_first_plan_of_a_year_made_twice_then_stale(clerk: User) -> None:
    values = {"code": "371502", "year": 2026, "total": 9, "made_by": clerk, "made_at": AT}
    QuotaPlan.objects.create(**values)

    with pytest.raises(StaleError):
        _store(QuotaPlan(**values))
