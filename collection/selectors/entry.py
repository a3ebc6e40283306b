"""The form of one community and year: what is asked, what is filled in, what is found of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from accounts.models import User
from collection.models import FactsDraft
from collection.rules.checks import UNLIKELY, WRONG, Examined, Finding, Known, examine, needed
from collection.rules.fields import FIELDS, NONE_SAYS, Field
from collection.rules.fields import typed as typed_fields
from collection.rules.merging import NONE, REASON, TICKED, UNCHANGED, meant_by, with_nones
from collection.rules.reading import written
from collection.selectors.known import known_for
from collection.selectors.reviews import open_comments
from collection.selectors.rounds import Call, barrier, call_for
from communities.choices import FactsStatus
from communities.models import AnnualFacts, Community
from communities.models.facts import OPEN_STATES

NOT_BEGUN = "none"


@dataclass(frozen=True)
class Entry:
    """A community's form of a year. Texts by name of a field; reasons and ticks under their keys.

    `stored`: what it would show without a draft: the stored facts, else what is kept elsewhere.
    Figures that a tick stands for (零报告) are in neither: they are shown while it is set.
    """

    community: Community
    year: int
    call: Call | None
    facts: AnnualFacts | None
    draft: FactsDraft | None
    known: Known
    comments: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def fields(self) -> list[Field]:
        """The fields that a person fills in, in the order of the form."""
        return typed_fields(self.call.asked) if self.call else []

    @cached_property
    def stored(self) -> dict[str, str]:
        texts = {one.name: self._stored_text(one) for one in self.fields}
        if self.facts is not None:
            reasons = self.facts.reasons or {}
            texts |= {REASON + name: str(text) for name, text in reasons.items()}
            said = self.facts.declared or {}
            texts |= {NONE + key: TICKED for key in said.get("none", ())}
            texts |= {UNCHANGED: TICKED} if said.get(UNCHANGED) else {}
        return texts

    def _stored_text(self, one: Field) -> str:
        text = written(one, getattr(self.facts, one.name)) if self.facts is not None else ""
        if text and self.ticked.get(one.name) == text:
            return ""
        if not text and one.name in self.known.elsewhere and self.is_open:
            return written(one, self.known.elsewhere[one.name][0])
        return text

    @cached_property
    def ticked(self) -> dict[str, str]:
        """What the ticks of the stored facts stand for, by name of a field."""
        said = (self.facts.declared if self.facts is not None else None) or {}
        found: dict[str, str] = {}
        for key in said.get("none", ()):
            found |= meant_by(key) if key in NONE_SAYS else {}
        return found

    @cached_property
    def texts(self) -> dict[str, str]:
        """What the form shows: the draft's texts over the stored ones."""
        return self.texts_with(self.draft)

    def texts_with(self, draft: FactsDraft | None) -> dict[str, str]:
        """What the form would show with a draft: ticks stand for what they mean."""
        texts = {**self.stored, **drafted(draft)}
        asked = {one.name for one in self.fields}
        meant = with_nones(texts)
        return {**texts, **{name: text for name, text in meant.items() if name in asked}}

    @cached_property
    def is_prefilled(self) -> frozenset[str]:
        """Names of fields whose text is what is kept elsewhere."""
        return frozenset(
            name
            for name, kept in self.known.elsewhere.items()
            if name in self.texts and self.texts[name] == written(FIELDS[name], kept[0])
        )

    @cached_property
    def examined(self) -> Examined:
        """The texts as values, and what is found of them."""
        return examine_texts(self, self.texts)

    @property
    def status(self) -> str:
        """The state of the facts; a draft without facts counts as under way."""
        if self.facts is not None:
            return self.facts.status
        return FactsStatus.DRAFT.value if self.draft is not None else NOT_BEGUN

    @property
    def is_open(self) -> bool:
        """Whether the facts may still be changed by who fills them in."""
        return self.facts is None or self.facts.status in OPEN_STATES

    def barrier(self, on: date) -> str:
        """Why the facts may not be handed in on a day, as a sentence; '' where they may."""
        return barrier(self.call, self.year, on, self.status)

    @property
    def street_review(self) -> bool:
        """Whether the street's reviewer looks at the facts before the district does."""
        return self.call.round.street_review if self.call else True

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing, impossible or unlikely without a reason."""
        return not problems(self.examined, self.reasons(self.texts))

    @property
    def version(self) -> str:
        """Which form a page showed: key and version of the draft and of the facts."""
        rows = (self.draft, self.facts)
        return "-".join(f"{row.pk}.{row.version}" if row else "0" for row in rows)

    @property
    def is_behind(self) -> bool:
        """Whether the facts were changed since the draft was begun (an import, an act)."""
        return (
            self.draft is not None
            and self.facts is not None
            and self.draft.facts_version != self.facts.version
        )

    @staticmethod
    def reasons(texts: Mapping[str, str]) -> dict[str, str]:
        """The reasons among texts, by name of a field."""
        return {
            key.removeprefix(REASON): text.strip()
            for key, text in texts.items()
            if key.startswith(REASON) and text.strip()
        }

    def asked_of(self, values: Mapping[str, Any]) -> list[str]:
        """Names of the fields that count for what is complete, given the values of others."""
        return [one.name for one in self.fields if needed(values, one.name)]


def drafted(draft: FactsDraft | None) -> dict[str, str]:
    """The texts of a draft, its reasons under their keys."""
    if draft is None:
        return {}
    reasons = {REASON + name: str(text) for name, text in draft.reasons.items()}
    return {**{name: str(text) for name, text in draft.cells.items()}, **reasons}


def with_typed(entry: Entry, typed: Mapping[str, str]) -> Entry:
    """The form as it would be with what is typed at the moment; nothing is stored."""
    texts = {**drafted(entry.draft), **typed}
    draft = FactsDraft(
        cells={key: text for key, text in texts.items() if not key.startswith(REASON)},
        reasons={
            key.removeprefix(REASON): text for key, text in texts.items() if key.startswith(REASON)
        },
    )
    return replace(entry, draft=draft)


def examine_texts(entry: Entry, texts: Mapping[str, str]) -> Examined:
    """Texts of a form read and checked, together with the stored facts that are not asked."""
    asked = [one.name for one in entry.fields]
    base = (
        {name: getattr(entry.facts, name) for name in FIELDS if name not in asked}
        if entry.facts is not None
        else {}
    )
    found = examine({name: texts.get(name, "") for name in asked}, entry.known, base)
    said = list(_said_none(texts, found))
    if not said:
        return found
    wrong = {one.name for one in said}
    findings = [one for one in found.findings if one.name not in wrong] + said
    place = {name: number for number, name in enumerate(FIELDS)}
    findings.sort(key=lambda one: place[one.name])
    return Examined(found.values, findings, found.unreadable)


def _said_none(texts: Mapping[str, str], found: Examined) -> Iterable[Finding]:
    """Figures where it was said that there is none of it."""
    for key, (label, names) in NONE_SAYS.items():
        if texts.get(NONE + key) != TICKED:
            continue
        for name in names:
            if found.values.get(name):
                message = f"勾了“{label}”，这里填了{texts.get(name, '')}。改填0，或去掉勾选"
                yield Finding(name, WRONG, message)
        if key == "premises" and found.values.get("premises_tenure") not in (None, "", "none"):
            yield Finding("premises_tenure", WRONG, f"勾了“{label}”。改选没有用房，或去掉勾选")


def problems(examined: Examined, reasons: Mapping[str, str]) -> list[Finding]:
    """What keeps a form from being handed in: the wrong, and the unlikely without a reason."""
    return [
        one
        for one in examined.findings
        if one.grade == WRONG or (one.grade == UNLIKELY and not reasons.get(one.name))
    ]


def get_entry(
    user: User,
    community: Community,
    year: int,
    on: date,
    known: Known | None = None,
    texts: UUID | None = None,
) -> Entry:
    """The form of a community inside the user's scope. Ten queries at most.

    `known` (selectors.known) spares five of them; `texts`, the stamp of the policies' texts, one.
    """
    call = call_for(community.code, year)
    if known is None:
        calls = {call.street: call} if call else {}
        known = known_for([community], year, calls, texts)[community.pk]
    own = AnnualFacts.objects.for_user(user).filter(community=community, year=year)
    facts = own.select_related("submitted_by", "confirmed_by", "reviewed_by").first()
    drafts = FactsDraft.objects.for_user(user).filter(community=community, year=year)
    return Entry(
        community,
        year,
        call,
        facts,
        drafts.select_related("changed_by").first(),
        known,
        open_comments(facts),
    )


def last_texts(entry: Entry) -> dict[str, str]:
    """Last year's figures of the asked fields as texts; those that are not known are left out."""
    last = entry.known.last or {}
    return {
        one.name: text
        for one in entry.fields
        if (text := written(one, last.get(one.name))) and one.kind != "text"
    }
