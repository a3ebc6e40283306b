"""核对: acts are looked over by others; the list."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from communities.models import Community
from staffing.models import (
    Appointment,
    StaffAct,
)
from tests.conftest import Browse
from tests.factories import make_user
from tests.queries import queries_of
from tests.staff_factories import (
    make_act,
    make_appointment,
    make_person,
)
from tests.staffing.act_desk import ACTS, followed

pytestmark = pytest.mark.django_db


def test_check_by_another_then_kept(
    community: Community, clerk: User, reviewer: User, browse: Browse
) -> None:
    act = make_act(make_person(), community, made_by=clerk)
    client = browse(reviewer)
    path = f"{ACTS}{act.pk}/check/"
    page = client.get(f"{ACTS}?state=waiting").content.decode()
    assert ("王小红" in page, "由我核对（1件）" in page) == (True, True)

    answer = client.post(path, {"key": str(uuid4()), "version": "1", "next": f"{ACTS}?state=mine"})

    assert answer["Location"] == f"{ACTS}?state=mine"
    act.refresh_from_db()
    assert (act.checked_by_id, act.version) == (reviewer.pk, 2)


def test_check_of_the_own_act_then_refused_by_page_and_table(
    community: Community, browse: Browse
) -> None:
    officer = make_user("district_officer", "371502")
    act = make_act(make_person(), community, made_by=officer)
    client = browse(officer)
    assert "核对无误" not in client.get(f"{ACTS}{act.pk}/").content.decode()

    answer = client.post(f"{ACTS}{act.pk}/check/", {"key": str(uuid4()), "version": "1"})

    assert "登记的人不能核对自己的登记，由同事核对" in followed(client, answer)
    act.refresh_from_db()
    assert act.checked_by is None
    with pytest.raises(IntegrityError, match="staffact_maker_not_checker"), transaction.atomic():
        StaffAct.objects.filter(pk=act.pk).update(checked_by=officer, checked_at=act.made_at)


def test_check_of_another_version_then_not_done(
    community: Community, clerk: User, reviewer: User, browse: Browse
) -> None:
    act = make_act(make_person(), community, made_by=clerk, version=2)
    client = browse(reviewer)

    answer = client.post(f"{ACTS}{act.pk}/check/", {"key": str(uuid4()), "version": "1"})

    assert "有了改动" in followed(client, answer)
    act.refresh_from_db()
    assert act.checked_by is None


def test_check_leads_nowhere_else(
    community: Community, clerk: User, reviewer: User, browse: Browse
) -> None:
    act = make_act(make_person(), community, made_by=clerk)
    data = {"key": str(uuid4()), "version": "1", "next": "//evil.example/staff/acts/"}

    assert browse(reviewer).post(f"{ACTS}{act.pk}/check/", data)["Location"] == f"{ACTS}{act.pk}/"


def test_follow_acts_are_not_to_be_checked(
    community: Community, clerk: User, reviewer: User, browse: Browse
) -> None:
    make_act(make_person(), community, "follow", made_by=clerk)

    assert "没有待核对的变动" in browse(reviewer).get(f"{ACTS}?state=waiting").content.decode()


def test_list_with_1_and_30_rows_then_the_same_queries(
    community: Community, clerk: User, reviewer: User, browse: Browse
) -> None:
    client = browse(reviewer)
    client.get(ACTS)  # the session is stored
    counts = []
    for number in (1, 29):
        for _ in range(number):
            person = make_person()
            act = make_act(person, community, made_by=clerk)
            Appointment.objects.filter(pk=make_appointment(community, "worker", person).pk).update(
                begun_by=act
            )
        counts.append(queries_of(client, ACTS))

    assert counts[0] == counts[1]
