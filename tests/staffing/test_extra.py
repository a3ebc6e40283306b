"""增配: a street asks, its district decides, the maker may take it back, one a year."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Message, User
from communities.models import Community
from staffing.models import ExtraWorkers
from tests.conftest import Browse
from tests.factories import make_user
from tests.staff_factories import make_extra_workers
from tests.world import GUCHENG, LIUYUAN, make_world

pytestmark = pytest.mark.django_db
EXTRA = "/staff/extra/"


@pytest.fixture
def gucheng() -> Community:
    make_world()
    return Community.objects.get(code=GUCHENG)


def asked(client: Client, community: Community, **more: Any) -> Any:
    values = {"community": community.pk, "year": 2026, "number": "1", "reason": "老旧小区多"}
    return client.post(f"{EXTRA}new/", values | more)


def test_new_then_the_district_is_told_and_decides(
    gucheng: Community, browse: Browse, clerk: User, district_officer: User, clerk_elsewhere: User
) -> None:
    street, district = browse(clerk), browse(district_officer)
    assert "古城社区（2,847户，建议1人）" in street.get(f"{EXTRA}new/?year=2026").content.decode()

    assert asked(street, gucheng).status_code == 302

    record = ExtraWorkers.objects.get()
    page = f"{EXTRA}{record.pk}/"
    assert (record.code, record.number, record.state) == (GUCHENG, 1, "proposed")
    assert Message.objects.get(to=district_officer).text == "古城社区申请2026年增配1人"
    assert "建议数1人" in district.get(page).content.decode()
    assert browse(clerk_elsewhere).get(page).status_code == 404
    refused = district.post(f"{page}decide/", {"approved": "no", "version": 1})
    assert refused.status_code == 409
    assert "写明不予批准的理由" in refused.content.decode()

    answer = district.post(f"{page}decide/", {"approved": "yes", "version": 1, "doc_no": "8号"})
    assert answer.status_code == 302
    record.refresh_from_db()
    assert (record.state, record.decided_by, record.doc_no) == ("approved", district_officer, "8号")
    assert Message.objects.get(to=clerk).text == "批准古城社区2026年增配1人"
    assert district.post(f"{page}decide/", {"approved": "yes", "version": 2}).status_code == 409


def test_new_when_there_is_one_of_the_year_then_it_is_said(
    gucheng: Community, browse: Browse, clerk: User
) -> None:
    make_extra_workers(gucheng, 2026)

    answer = asked(browse(clerk), gucheng)

    assert answer.status_code == 422
    assert "这个社区这一年已经有增配申请" in answer.content.decode()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"number": "0"}, "增配人数0不在1至99之间"),
        ({"reason": ""}, "填写理由"),
        ({"reason": "371502198506153823"}, "身份证号"),
        ({"year": "2019"}, "没有这个年度"),
    ],
)
def test_new_when_something_is_wrong_then_it_is_said(
    gucheng: Community, browse: Browse, clerk: User, more: dict[str, str], said: str
) -> None:
    answer = asked(browse(clerk), gucheng, **more)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not ExtraWorkers.objects.exists()


def test_new_for_another_streets_community_then_it_is_no_choice(
    gucheng: Community, browse: Browse, clerk: User
) -> None:
    assert asked(browse(clerk), Community.objects.get(code=LIUYUAN)).status_code == 422


def test_withdraw_then_only_by_the_maker_and_another_may_be_asked_for(
    gucheng: Community, browse: Browse, clerk: User
) -> None:
    colleague = make_user("street_reviewer", "371502001")
    record = make_extra_workers(gucheng, 2026, made_by=clerk)
    path = f"{EXTRA}{record.pk}/withdraw/"

    assert browse(colleague).post(path, {"version": 1}).status_code == 409
    assert browse(clerk).post(path, {"version": 1}).status_code == 302
    record.refresh_from_db()
    assert record.state == "revoked"
    assert asked(browse(clerk), gucheng).status_code == 302


def test_decide_by_the_street_then_refused(gucheng: Community, browse: Browse, clerk: User) -> None:
    record = make_extra_workers(gucheng, 2026)

    answer = browse(clerk).post(f"{EXTRA}{record.pk}/decide/", {"approved": "yes", "version": 1})

    assert answer.status_code == 403


def test_list_then_the_scope_by_year_and_state(
    gucheng: Community, browse: Browse, district_officer: User, clerk_elsewhere: User
) -> None:
    make_extra_workers(gucheng, 2026)
    client = browse(district_officer)

    assert "古城社区" in client.get(f"{EXTRA}?year=2026&state=proposed").content.decode()
    assert "没有符合条件" in client.get(f"{EXTRA}?year=2025").content.decode()
    assert "没有“x”这个状态" in client.get(f"{EXTRA}?state=x").content.decode()
    assert "古城社区" not in browse(clerk_elsewhere).get(EXTRA).content.decode()
