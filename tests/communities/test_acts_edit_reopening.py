"""Proposing by pages to set up, to rename or to reopen communities."""

import re
from datetime import date

import pytest

from accounts.models import User
from communities.models import ChangeAct, Community
from communities.services.plans import read_plan
from tests.act_steps import text
from tests.change_acts import applied, goes_on, make_plan
from tests.conftest import Browse
from tests.factories import make_community, make_facts

pytestmark = pytest.mark.django_db
REOPEN = "/communities/acts/new/reopen/"
RADIO = re.compile(r'type="radio" name="c" value="([0-9]+)"')
CHECKBOX = re.compile(r'type="checkbox" name="c" value="([0-9]+)"')


def abolished(receiver: Community) -> Community:
    """旧城社区 with 152 households, which the receiver got."""
    ended = make_community("371502001009", "旧城社区居委会", area_km2="0.5")
    make_facts(ended, 2026, households=152)
    key = f"c{receiver.pk}"
    flows = {(ended, key): 152, (receiver, key): 4000}
    applied("abolish", make_plan([ended, receiver], [goes_on(receiver)], flows), date(2026, 1, 1))
    return ended


def test_choose_to_split_then_one_only(browse: Browse, clerk: User, gucheng: Community) -> None:
    page = text(browse(clerk).get("/communities/acts/new/split/"))

    assert (RADIO.findall(page), CHECKBOX.findall(page)) == ([str(gucheng.pk)], [])


def test_choose_to_reopen_then_one_and_any_of_those_with_its_households(
    browse: Browse, clerk: User, gucheng: Community, hunan: Community
) -> None:
    ended = abolished(hunan)
    client = browse(clerk)

    page = text(client.get(REOPEN))
    searched = text(client.get(f"{REOPEN}?q=古城&c={ended.pk}"))

    assert (RADIO.findall(page), CHECKBOX.findall(page)) == ([str(ended.pk)], [str(hunan.pk)])
    assert (RADIO.findall(searched), CHECKBOX.findall(searched)) == (
        [str(ended.pk)],
        [str(gucheng.pk)],
    )
    assert "现在有它户数的社区" in page
    wrong = text(client.get(f"{REOPEN}?plan=1&c={hunan.pk}"))
    assert "恢复每次办一个已撤销的社区，现在选了0个。只选一个" in wrong


def test_reopen_then_its_households_come_back_from_the_receiver(
    browse: Browse, clerk: User, hunan: Community
) -> None:
    ended = abolished(hunan)
    client, chosen = browse(clerk), [str(ended.pk), str(hunan.pk)]

    page = text(client.get(f"{REOPEN}?plan=1&c={chosen[0]}&c={chosen[1]}"))
    assert f'name="flow-{hunan.pk}-s1"' in page
    assert f'name="flow-{ended.pk}-s1"' not in page
    assert 'name="s1-households"' in page

    form = {
        "c": chosen,
        "successors": "s1",
        "s1-code": ended.code,
        "s1-name": ended.name,
        f"flow-{hunan.pk}-s1": "152",
        "reason": "居民要求",
        "do": "preview",
    }
    shown = client.post(REOPEN, form)
    assert "方案没有问题" in text(shown)
    assert client.post(REOPEN, form | {"do": "save"}).status_code == 302
    plan = read_plan(ChangeAct.objects.exclude(kind="abolish").get().plan)
    assert [(one.source, one.to, one.households) for one in plan.flows] == [
        (hunan.pk, f"c{hunan.pk}", 4000),
        (hunan.pk, "s1", 152),
    ]


def test_establish_without_households_then_said_and_with_them_good(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    client, path = browse(clerk), "/communities/acts/new/establish/"
    form = {"successors": "s1", "s1-name": "新城社区居委会", "do": "preview"}

    empty = client.post(path, form)
    filled = client.post(path, form | {"s1-households": "800"})

    assert "没有写户数。从现有社区划出户数，或填新建住房户数，没有住户的填0" in text(empty, 422)
    assert "方案没有问题" in text(filled)
    assert 'name="s1-households" value="800"' in text(filled)


def test_renaming_without_a_new_name_then_nothing_is_kept(
    browse: Browse, clerk: User, gucheng: Community
) -> None:
    client, path = browse(clerk), "/communities/acts/new/rename/"
    form = {"c": [str(gucheng.pk)], f"c{gucheng.pk}-name": gucheng.name, "reason": "更好听"}

    page = client.post(path, form | {"do": "save"})

    assert "名称仍是“古城社区居委会”。填新的名称" in text(page, 422)
    assert "更好听" in text(page, 422)
    assert not ChangeAct.objects.exists()
