"""Acts on facts: which time they are under way, and what was said when they were sent back."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count

from collection.choices import SENT_BACK
from collection.models import FactsStep


def rounds_of_many(keys: Collection[int]) -> dict[int, int]:
    """Which time facts are under way, by key: 1, and one more for every time they came back.

    For keys of facts that the reader may see. One query.
    """
    returns = dict(
        FactsStep.objects.filter(facts__in=keys, kind__in=SENT_BACK)
        .order_by()
        .values_list("facts")
        .annotate(Count("pk"))
    )
    return {key: 1 + returns.get(key, 0) for key in keys}


def last_comments(keys: Collection[int]) -> dict[int, dict[str, str]]:
    """What was said when facts were sent back last, by key: by field, "" for the whole.

    For keys of facts that the reader may see; those never sent back have none. One query, none
    without keys.
    """
    if not keys:
        return {}
    steps = FactsStep.objects.filter(facts__in=keys, kind__in=SENT_BACK).order_by("facts_id", "-pk")
    return {one.facts_id: dict(one.comments) for one in steps.distinct("facts_id")}
