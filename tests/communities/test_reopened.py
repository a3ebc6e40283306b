"""What pages say of a community that ended and was reopened."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from accounts.models import User
from communities.models import ChangeAct, Community
from tests.communities.test_profile import CODE, PROFILE, make_act, make_lineage
from tests.conftest import Browse
from tests.factories import make_community

pytestmark = pytest.mark.django_db


def test_pages_when_ended_and_reopened_on_one_day_then_the_reopened_is_no_receiver(
    browse: Browse, clerk: User
) -> None:
    community = make_community(CODE)
    day = date(2026, 3, 1)
    heir = make_community("371502001009", "柳园社区居委会")
    Community.objects.filter(pk=community.pk).update(valid_until=day)
    again = make_community(community.code, "古城社区居委会", valid_from=day)
    make_lineage(community, heir, make_act(kind="abolish"), "successor", kind="abolish")
    act = make_act(kind="reopen", by=ChangeAct.objects.get().proposed_by)
    make_lineage(community, again, act, "successor", kind="reopen", doc_no="13号")
    client = browse(clerk)

    with time_machine.travel(datetime(2026, 11, 21, 4, tzinfo=UTC)):
        answers = [
            client.get(f"{path}?holder={community.pk}").content.decode()
            for path in (PROFILE, f"/communities/{CODE}/")
        ]

    again = "，已于2026-03-01恢复（13号）"
    assert f"已于2026-03-01撤销（并入柳园社区，聊政字〔2026〕1号）{again}" in answers[0]
    assert f"已于2026-03-01撤销，划入柳园社区（聊政字〔2026〕1号）{again}" in answers[1]
