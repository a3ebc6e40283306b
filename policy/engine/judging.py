"""Whom an attribute provision concerns, and whether what it asks is true of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from policy.engine.attributes import Attribute, compile_attributes
from policy.engine.conditions import Judged
from policy.engine.exact import Mask
from policy.engine.facts import Facts
from policy.engine.failing import failing
from policy.engine.series import Series
from policy.engine.situation import Situation
from policy.engine.stack import Stack
from policy.engine.texts import ADOPTABLE, Provision, Text
from policy.engine.wording import condition_text


@dataclass(frozen=True)
class Verdict:
    """What a provision says of one person.

    applies: whether it concerns the person, None where that is not known. holds: whether what it
    asks is true, None where it asks nothing, does not concern the person or cannot be known.
    reason: what fails, with the figure, or what is not known; asked: what must be true, in words.
    """

    text: Text
    provision: Provision
    applies: bool | None
    holds: bool | None
    unknown: bool
    asked: str
    reason: str

    @property
    def fails(self) -> bool:
        return self.applies is True and self.holds is False


@dataclass(frozen=True)
class Judgement:
    """A provision over all rows, as columns of truth values as long as the facts.

    applies: it concerns the row; fails: and what it asks is not true; unknown: one of the two
    cannot be known. `at` gives one row in words.
    """

    text: Text
    provision: Provision
    applies: Any
    fails: Any
    unknown: Any
    _facts: Facts
    _situation: Situation
    _attribute: Attribute
    _concerned: Judged
    _held: Judged

    def at(self, row: int) -> Verdict:
        """The verdict on one row."""
        applies = _known(self._concerned, row)
        holds = None
        if applies is not False and self._attribute.holds is not None:
            holds = _known(self._held, row)
        unknown, fails = bool(self.unknown[row]), bool(self.fails[row])
        reasons = self._reasons(row) if unknown else self._failures(row) if fails else []
        asked = self._attribute.holds
        return Verdict(
            self.text,
            self.provision,
            applies,
            holds,
            unknown,
            condition_text(asked) if asked is not None else "",
            "；".join(dict.fromkeys(reasons)),
        )

    def _reasons(self, row: int) -> list[str]:
        parts = [self._concerned]
        if _known(self._held, row) is None:
            parts.append(self._held)
        return [text for part in parts for mask, text in part.reasons if _at(mask, row)]

    def _failures(self, row: int) -> list[str]:
        facts = self._facts if self._facts.single else self._facts.one(row)
        sit = Situation(facts, self._situation.on, self._situation.series)
        # only a provision that asks something fails
        return [failing(self._attribute.holds, sit)] if self._attribute.holds else []


def judge(stack: Stack, facts: Facts) -> list[Judgement]:
    """What the attribute provisions of the stack say of persons, on the stack's day.

    facts: one row a person, whose code is that of the community (or its street or district, before
    the person has a community); a code may stand in several rows. A list in the order of the stack,
    nearest text first; provisions that concern no row are left out. A row whose code is exempt from
    a provision, or outside the text's jurisdiction, is not concerned.
    """
    found = [_judged(stack, one, facts) for one in attributes_of(stack)]
    return [one for one in found if one.applies.any() or one.unknown.any()]


def attributes_of(stack: Stack) -> list[Attribute]:
    """The provisions of the texts in force that say something of persons, nearest text first."""
    texts = [text for text in stack.texts if text.in_force(stack.on)]
    texts.sort(key=lambda text: (-_rank(text), text.id))
    return [one for text in texts for one in compile_attributes(text, stack.options)]


def _rank(text: Text) -> int:
    # an adoptable text that nobody has adopted ranks as what it is: a city's
    return 4 if text.jurisdiction == ADOPTABLE else len(text.jurisdiction)


def _judged(stack: Stack, one: Attribute, facts: Facts) -> Judgement:
    sit = Situation(facts, stack.on, Series({}))
    inside = _inside(stack, one, facts)
    concerned = _both(inside, one.concerns.judge(sit) if one.concerns else Judged(True, False))
    held = one.holds.judge(sit) if one.holds else Judged(True, False)
    if one.unset:
        reason = (True, f"还没有设定“{one.unset}”，采用本文件时填写")
        concerned = _both(inside, Judged(False, True, (reason,)))
    applies, doubtful = _column(concerned.true, facts), _column(concerned.unknown, facts)
    true, unsure = _column(held.true, facts), _column(held.unknown, facts)
    return Judgement(
        one.text,
        one.provision,
        applies,
        applies & ~true & ~unsure,
        (applies & unsure) | (doubtful & (~true if one.holds else True)),
        facts,
        sit,
        one,
        concerned,
        held,
    )


def _inside(stack: Stack, one: Attribute, facts: Facts) -> Any:
    """Rows of the text's jurisdiction that are not exempt from the provision."""
    prefix = one.text.jurisdiction
    lifted = {code for code, ids in stack.exemptions.items() if one.provision.id in ids}
    everywhere = prefix in ("", ADOPTABLE)
    known: dict[str, bool] = {}
    for code in set(facts.codes):
        known[code] = (everywhere or code.startswith(prefix)) and code not in lifted
    return np.array([known[code] for code in facts.codes], dtype=bool)


def _both(inside: Any, judged: Judged) -> Judged:
    return Judged(judged.true & inside, judged.unknown & inside, judged.reasons)


def _column(mask: Mask, facts: Facts) -> Any:
    return np.broadcast_to(np.asarray(mask, dtype=bool), len(facts))


def _at(mask: Mask, row: int) -> bool:
    return mask if isinstance(mask, bool) else bool(mask[row])


def _known(judged: Judged, row: int) -> bool | None:
    return None if _at(judged.unknown, row) else _at(judged.true, row)
