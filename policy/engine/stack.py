"""Which provisions apply to a code on a day, nearest first."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from policy.engine.compiling import Rule, compile_text
from policy.engine.errors import TextErrors, nearest
from policy.engine.texts import ADOPTABLE, Text

# an adoptable text that nobody has adopted ranks as what it is: a city's
_ADOPTABLE_RANK = 4
_FIRST_DAY = datetime.date(1, 1, 1)


class StackError(ValueError):
    """Options or exemptions that no text of the stack knows."""


@dataclass(frozen=True)
class Stack:
    """The texts in force on a day with the chosen options and approved exemptions.

    texts: in any order. options: {"PROVISION.option": value}. exemptions: {code: provision ids},
    lifted for that community alone.
    """

    texts: Sequence[Text]
    on: datetime.date
    options: Mapping[str, str]
    exemptions: Mapping[str, Collection[str]]
    rules: tuple[Rule, ...]

    @classmethod
    def of(
        cls,
        texts: Sequence[Text],
        on: datetime.date,
        options: Mapping[str, str] | None = None,
        exemptions: Mapping[str, Collection[str]] | None = None,
    ) -> Stack:
        """A stack; raises StackError for an option, value or exemption that no text knows."""
        options, exemptions = dict(options or {}), dict(exemptions or {})
        _check_options(texts, options)
        _check_exemptions(texts, exemptions)
        current = [text for text in texts if text.in_force(on)]
        _check_twice(current)
        try:
            rules = [rule for text in current for rule in compile_text(text, options)]
        except TextErrors as errors:
            raise StackError(str(errors)) from errors
        return cls(texts, on, options, exemptions, tuple(sorted(rules, key=_nearness)))

    def for_prefixes(self, applies: Sequence[bool]) -> dict[str, tuple[Rule, ...]]:
        """Rules by subject of the texts that apply (one flag for each of `jurisdictions`)."""
        prefixes = {
            prefix for prefix, holds in zip(self.jurisdictions, applies, strict=True) if holds
        }
        subjects: dict[str, list[Rule]] = {}
        for rule in self.rules:
            if rule.text.jurisdiction in prefixes:
                subjects.setdefault(rule.subject.key, []).append(rule)
        return {subject: _unsuperseded(rules) for subject, rules in subjects.items()}

    @property
    def jurisdictions(self) -> tuple[str, ...]:
        return tuple(sorted({rule.text.jurisdiction for rule in self.rules}))


def _nearness(rule: Rule) -> tuple[int, int, str]:
    prefix = rule.provision.superior or rule.text.jurisdiction
    rank = _ADOPTABLE_RANK if prefix == ADOPTABLE else len(prefix)
    begun = (rule.text.effective_from or _FIRST_DAY).toordinal()
    return (-rank, -begun, rule.text.id)


def _unsuperseded(rules: list[Rule]) -> tuple[Rule, ...]:
    """Rules of one subject without those of an authority's earlier texts."""
    latest: dict[str, datetime.date] = {}
    for rule in rules:
        if rule.provision.superior or rule.text.authority == ADOPTABLE:
            continue
        begun = rule.text.effective_from or _FIRST_DAY
        latest[rule.text.authority] = max(latest.get(rule.text.authority, begun), begun)
    return tuple(
        rule
        for rule in rules
        if rule.provision.superior
        or rule.text.authority == ADOPTABLE
        or (rule.text.effective_from or _FIRST_DAY) == latest[rule.text.authority]
    )


def _check_twice(texts: Sequence[Text]) -> None:
    seen: set[tuple[str, str]] = set()
    for text in texts:
        if (text.id, text.jurisdiction) in seen:
            raise StackError(f"文件“{text.id}”写了两次，去掉一个")
        seen.add((text.id, text.jurisdiction))


def _check_options(texts: Sequence[Text], options: Mapping[str, str]) -> None:
    known = {key: option for text in texts for key, option in text.options.items()}
    for key, value in options.items():
        if key not in known:
            raise StackError(f"没有名为“{key}”的选项；{nearest(key, known)}")
        option = known[key]
        if wrong := option.mistake(value):
            meant = nearest(value, option.values)
            raise StackError(f"选项“{key}”{wrong}" + (f"；{meant}" if meant else ""))


def _check_exemptions(texts: Sequence[Text], exemptions: Mapping[str, Collection[str]]) -> None:
    known = {one.id for text in texts for one in text.provisions}
    for code, lifted in exemptions.items():
        for provision in lifted:
            if provision not in known:
                raise StackError(
                    f"{code}的豁免：没有条款“{provision}”；{nearest(provision, known)}"
                )
