"""Asking for facts that were handed in: whoever holds them returns them or unlocks them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.messages import offices
from accounts.models import User
from collection.selectors.review_page import holders_of
from collection.selectors.reviews import names_of
from collection.services.asking import AskedError, ask
from collection.services.facts import StepError
from collection.services.reviewing import not_unlockable
from communities.choices import FactsStatus
from communities.models import AnnualFacts


@transaction.atomic
def ask_back(*, facts: AnnualFacts, by: User, reason: str, url: str, at: datetime) -> int:
    """Ask the office where facts are to unlock or to return them; how many people were told.

    `url` is the page where it does so. Raises StepError where nothing can be given back, nobody is
    there to be told, no reason is given, or somebody asked within 24 hours.
    """
    if not reason:
        raise StepError("没有写申请原因。写明要改什么、为什么")
    office, right = holders_of(facts)
    if not office:
        raise StepError(f"现在是“{facts.get_status_display()}”，直接修改数据")
    confirmed = facts.status == FactsStatus.CONFIRMED
    if confirmed and (why := not_unlockable(facts)):
        raise StepError(why)
    people = [one for one in offices([office], right)[office] if one != by]
    if not people:
        raise StepError("办理的单位没有能收消息的账号，打电话联系")
    name = names_of({facts.community_id}).get(facts.community_id, facts.code)
    what = "撤销确认" if confirmed else "退回修改"
    text = f"{by.office}申请{what}{name}{facts.year}年度数据：{reason}"
    try:
        # nothing but asking leads to this place of the page: only that counts as asked
        place = "unlock" if confirmed else "decide"
        return ask(url=f"{url}#{place}", to=people, text=text, at=at)
    except AskedError as asked:
        raise StepError(str(asked)) from asked
