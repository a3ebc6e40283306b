"""Forms handed in while others write: nothing that anybody typed is lost, nobody gets an error."""

import threading
import time
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from accounts.models import User
from accounts.scope import scope
from collection.models import FactsDraft
from collection.selectors.collect import entries_of
from collection.selectors.entry import Entry, get_entry
from collection.services.drafts import save
from collection.services.entering import HandedIn, hand_in_all, store_entry
from collection.services.facts import StepError
from communities.models import AnnualFacts, Community
from tests.collection.form_world import GOOD, YEAR, make_street
from tests.factories import make_user

STREET = "371502001"
TYPED = {name: text for name, text in GOOD.items() if text}


@pytest.fixture
def gucheng(db: None) -> Community:
    return make_street()


@pytest.fixture
def today() -> date:
    return timezone.localdate()


def type_in(
    user: User, community: Community, on: date, base: dict[str, str], **texts: str
) -> Entry:
    """Save some texts as the form does, and read it anew."""
    entry = get_entry(user, community, YEAR, on)
    save(entry=entry, typed=texts, base=base, by=user, at=timezone.now())
    return get_entry(user, community, YEAR, on)


def colleague() -> User:
    return make_user("street_clerk", STREET, username="zhao", display_name="赵静")


def test_hand_in_all_when_a_colleague_typed_after_it_was_read_then_that_form_stays(
    gucheng: Community, clerk: User, today: date
) -> None:
    type_in(clerk, gucheng, today, {}, **TYPED)
    with scope(STREET):
        entries = entries_of(clerk, STREET, YEAR, today)
        type_in(colleague(), gucheng, today, TYPED, committee_members_in_post="6")

        result = hand_in_all(entries=entries, by=clerk, at=timezone.now(), on=today)

    assert result == HandedIn(0, ("古城社区：刚由赵静改过，还没有提交。核对后再提交",))
    assert FactsDraft.objects.get().cells["committee_members_in_post"] == "6"
    assert not AnnualFacts.objects.filter(year=YEAR).exists()


def test_store_entry_when_the_facts_were_changed_after_it_was_read_then_they_are_not_overwritten(
    gucheng: Community, clerk: User, today: date
) -> None:
    type_in(clerk, gucheng, today, {}, **TYPED)
    store_entry(entry=get_entry(clerk, gucheng, YEAR, today), by=clerk, on=today)
    stale = type_in(clerk, gucheng, today, TYPED, new_households="67")
    AnnualFacts.objects.filter(year=YEAR).update(social_organisations=4, version=9)

    with pytest.raises(StepError, match=r"^刚由别人改过，还没有提交。核对后再提交$"):
        store_entry(entry=stale, by=clerk, on=today)

    assert AnnualFacts.objects.get(year=YEAR).social_organisations == 4
    assert FactsDraft.objects.get().cells == {"new_households": "67"}


def test_store_entry_when_several_typed_then_all_of_them_are_its_makers(
    gucheng: Community, clerk: User, today: date
) -> None:
    other = colleague()
    type_in(other, gucheng, today, {}, households_resident="2900")
    entry = type_in(clerk, gucheng, today, {"households_resident": "2900"}, **TYPED)

    facts = store_entry(entry=entry, by=clerk, on=today)

    assert facts.makers == sorted([clerk.pk, other.pk])


@pytest.mark.django_db(transaction=True)
def test_two_buttons_at_once_then_one_waits_and_nobody_is_stopped(clerk: User, today: date) -> None:
    """核对并提交 (typed, then stored) beside 提交全部: both lock drafts before facts."""
    gucheng = make_street()
    with scope(STREET):
        entry = type_in(clerk, gucheng, today, {}, **TYPED)
        store_entry(entry=entry, by=clerk, on=today)
        type_in(clerk, gucheng, today, TYPED, remarks="一")
    came: dict[str, Any] = {}
    both = threading.Barrier(2)

    def one_form() -> None:
        with scope(STREET):
            type_in(clerk, gucheng, today, {"remarks": "一"}, remarks="二")
            both.wait()
            time.sleep(0.5)
            entry = get_entry(clerk, gucheng, YEAR, today)
            came["form"] = store_entry(entry=entry, by=clerk, on=today).remarks

    def all_forms() -> None:
        with scope(STREET):
            entries = entries_of(clerk, STREET, YEAR, today)
            both.wait()
            at: datetime = timezone.now()
            came["all"] = hand_in_all(entries=entries, by=clerk, at=at, on=today)

    run_together(one_form, all_forms)

    assert came == {
        "form": "二",
        "all": HandedIn(0, ("古城社区：刚由别人改过，还没有提交。核对后再提交",)),
    }


def run_together(*acts: Any) -> None:
    def closing(act: Any) -> None:
        try:
            act()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=closing, args=(act,)) for act in acts]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)
