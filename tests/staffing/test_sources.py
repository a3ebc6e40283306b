"""Rosters and approved increases answer the year's facts, so that nobody types them again."""

from datetime import date

import pytest

from accounts.models import User
from collection.models import Round
from collection.rules.findings import Elsewhere
from collection.selectors.sources import kept_elsewhere
from communities.models import Community
from tests.collection.form_world import FORM, YEAR, base_of, make_street, post
from tests.conftest import Browse
from tests.factories import make_community
from tests.queries import queries_of
from tests.staff_factories import AT, make_appointment, make_extra_workers
from tests.world import GUCHENG, make_place

pytestmark = pytest.mark.django_db
DAY = date(YEAR, 6, 30)
COMMUNITY = f"/communities/{GUCHENG}/"


def roster(number: int) -> Elsewhere:
    return Elsewhere(number, "花名册", "staffing:community_staff")


def test_sources_then_the_heads_of_the_reference_day_and_the_years_increase(
    clerk: User, district_officer: User
) -> None:
    gucheng = make_community(GUCHENG)
    director = make_appointment(gucheng, "director").person
    make_appointment(gucheng, "secretary", director)
    make_appointment(gucheng, "member", lives_here=False)
    make_appointment(gucheng, "worker", valid_from=date(YEAR, 7, 1))
    approved = {"state": "approved", "decided_by": district_officer, "decided_at": AT}
    make_extra_workers(gucheng, YEAR, number=2, made_by=clerk, **approved)
    make_extra_workers(gucheng, YEAR + 1, number=3, made_by=clerk)
    other = make_community("371502001002", "湖南社区居委会")

    held = kept_elsewhere([gucheng, other], DAY, YEAR)

    assert held == {
        gucheng.pk: {
            "committee_members_in_post": roster(2),
            "party_members_in_post": roster(1),
            "community_workers_in_post": roster(0),
            "resident_members": roster(1),
            "extra_workers": Elsewhere(2, "增配审批"),
        },
        other.pk: {},
    }
    # an increase that only waits is none
    assert "extra_workers" not in kept_elsewhere([gucheng], DAY, YEAR + 1)[gucheng.pk]


def test_sources_when_somebodys_residence_is_unknown_then_it_is_not_answered() -> None:
    gucheng = make_community(GUCHENG)
    make_appointment(gucheng, "director")
    make_appointment(gucheng, "member", lives_here=None)

    held = kept_elsewhere([gucheng], DAY, YEAR)[gucheng.pk]

    assert "resident_members" not in held
    assert held["committee_members_in_post"] == roster(2)


def test_form_then_the_roster_fills_in_and_another_figure_is_worth_a_look(
    browse: Browse, clerk: User
) -> None:
    gucheng: Community = make_street()
    Round.objects.update(asked=["committee_members_in_post"])
    for _ in range(6):
        make_appointment(gucheng, "member")
    client = browse(clerk)

    page = client.get(f"{FORM}edit/").content.decode()
    assert 'name="committee_members_in_post" value="6"' in page
    assert "花名册6" in page
    assert f"{COMMUNITY}staff/" in page

    post(client, base=base_of(client), committee_members_in_post="7")
    page = client.get(f"{FORM}edit/").content.decode()
    assert "居委会成员在岗与花名册的6不一致，核对哪一个对" in page


def test_community_page_then_the_roster_in_one_line_with_what_differs(
    browse: Browse, clerk: User, district_finance: User
) -> None:
    place = make_place(GUCHENG)
    client = browse(clerk)
    client.get(COMMUNITY)
    before = queries_of(client, COMMUNITY)
    director = make_appointment(place, "director").person
    make_appointment(place, "worker", director)
    make_appointment(place, "worker")

    page = client.get(COMMUNITY).content.decode()

    assert "居委会成员1人、专职2人（在岗2人，交叉任职1人）" in page
    assert "居委会成员年度数据7人，花名册1人，核对哪一个对" in page
    assert "专职工作人员年度数据2人" not in page
    assert f"{COMMUNITY}staff/" in page
    assert queries_of(client, COMMUNITY) == before
    assert "花名册1人" not in browse(district_finance).get(COMMUNITY).content.decode()
