"""A street that asks for more time: who is told, once a day, and where it is offered."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Message, User
from collection.models import Round
from communities.models import Community
from tests.collection.form_world import FORM, YEAR, make_street
from tests.conftest import Browse

ASK = f"/collect/extension/?year={YEAR}&division=371502001"
REASON = {"reason": "两个社区换届，台账还在交接"}


@pytest.fixture
def gucheng(db: None) -> Community:
    made = make_street()
    Round.objects.update(closes_on=timezone.localdate() - timedelta(days=1))
    return made


@pytest.fixture
def asked(gucheng: Community, clerk: User, browse: Browse) -> Client:
    return browse(clerk)


def test_extension_when_asked_for_then_the_office_is_told_with_the_reason(
    asked: Client, district_officer: User, clerk: User
) -> None:
    answer = asked.post(ASK, REASON)

    one = Round.objects.get()
    told = Message.objects.get()
    assert answer["Location"] == f"/collect/?year={YEAR}&division=371502001"
    assert told.to == district_officer
    assert told.url == f"/rounds/{one.pk}/streets/371502001/extend/"
    assert told.text == (
        f"古楼街道申请{one.title}延期（{clerk.display_name}）：两个社区换届，台账还在交接"
    )


def test_extension_of_a_citys_round_then_the_city_and_the_district_are_told(
    asked: Client, city_officer: User, district_officer: User
) -> None:
    Round.objects.update(code="3715")

    asked.post(ASK, REASON)

    pk = Round.objects.get().pk
    assert set(Message.objects.values_list("to", "url")) == {
        (city_officer.pk, f"/rounds/{pk}/streets/371502001/extend/"),
        (district_officer.pk, f"/rounds/{pk}/"),
    }


def test_extension_when_asked_for_twice_a_day_then_the_second_is_refused(
    asked: Client, district_officer: User
) -> None:
    asked.post(ASK, REASON)
    again = asked.post(ASK, {"reason": "还是来不及"})

    assert again.status_code == 422
    assert "24小时内申请过，对方已收到消息" in again.content.decode()
    assert Message.objects.count() == 1


def test_extension_when_nobody_could_grant_it_then_it_says_so(asked: Client) -> None:
    answer = asked.post(ASK, REASON)

    assert "下达任务的单位没有能延期的账号，打电话联系" in answer.content.decode()


def test_extension_when_the_round_is_over_then_it_is_refused(
    asked: Client, district_officer: User
) -> None:
    Round.objects.update(state="closed")

    assert "填报任务没有在进行，不能延期" in asked.post(ASK, REASON).content.decode()
    assert not Message.objects.exists()


def test_extension_without_a_reason_then_it_is_asked_for(asked: Client) -> None:
    answer = asked.post(ASK, {"reason": " "})

    assert answer.status_code == 422
    assert not Message.objects.exists()


def test_extension_of_another_street_then_404(asked: Client) -> None:
    assert asked.get(ASK.replace("371502001", "371502002")).status_code == 404


@pytest.mark.parametrize("page", [f"{FORM}edit/", f"/collect/?year={YEAR}"])
def test_extension_when_the_last_day_is_over_then_form_and_list_offer_it(
    asked: Client, page: str
) -> None:
    assert ASK.replace("&", "&amp;") in asked.get(page).content.decode()

    Round.objects.update(closes_on=timezone.localdate())
    assert "/collect/extension/" not in asked.get(page).content.decode()
