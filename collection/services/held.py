"""Forms locked for a write: what is typed and what is stored, always in the same order."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from collection.models import FactsDraft
from collection.selectors.entry import Entry
from communities.models import AnnualFacts


@dataclass(frozen=True)
class Held:
    """Locked rows of a year by key of the community."""

    drafts: dict[int, FactsDraft]
    facts: dict[int, AnnualFacts]

    def moved(self, entry: Entry) -> str:
        """Who typed into a form after it was read, or changed its stored facts; '' for nobody.

        Where it is not known who: 别人.
        """
        key = entry.community.pk
        draft, facts = self.drafts.get(key), self.facts.get(key)
        if _stamp(draft) != _stamp(entry.draft):
            return draft.changed_by.display_name if draft else "别人"
        return "" if _stamp(facts) == _stamp(entry.facts) else "别人"

    def anew(self, entry: Entry) -> Entry:
        """A form with the locked rows in place of those that were read."""
        key = entry.community.pk
        return replace(entry, draft=self.drafts.get(key), facts=self.facts.get(key))


def hold(communities: Collection[int], year: int) -> Held:
    """Lock the forms of communities (keys) until the transaction ends. Two queries.

    Everybody who locks both locks all drafts first and then all facts, each in the order of their
    keys: whoever comes second waits, and nobody waits for one another.
    """
    of_year = {"community__in": communities, "year": year}
    drafts = FactsDraft.objects.select_for_update(of=("self",)).filter(**of_year)
    held = {one.community_id: one for one in drafts.select_related("changed_by").order_by("pk")}
    facts = AnnualFacts.objects.select_for_update(of=("self",)).filter(**of_year).order_by("pk")
    return Held(held, {one.community_id: one for one in facts})


def _stamp(row: FactsDraft | AnnualFacts | None) -> tuple[int, int] | None:
    return None if row is None else (row.pk, row.version)
