"""A policy text: its head, its provisions and the options that it leaves open."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from policy.engine.catalogue import Subject
from policy.engine.numbers import exact_number
from policy.engine.shapes import DECLARED, OF_PERSONS

ADOPTABLE = "*"
FIRST_YEAR, LAST_YEAR = 1949, 2199
_YEAR = re.compile(r"[12][0-9]{3}")


@dataclass(frozen=True)
class Option:
    """口径: a reading that the text leaves open; its key is provision.option."""

    key: str
    label: str
    default: str | None
    values: dict[str, str]
    source: str
    kind: str

    def value_label(self, value: str) -> str:
        return self.values.get(value, value)

    def mistake(self, value: str) -> str:
        """What is wrong with a value that somebody chose; empty if it may be used."""
        if self.kind == "choice":
            return "" if value in self.values else f"没有值“{value}”"
        if self.kind == "year":
            if not _YEAR.fullmatch(value):
                return f"应为四位年份，现在是“{value}”"
            known = FIRST_YEAR <= int(value) <= LAST_YEAR
            return "" if known else f"应在{FIRST_YEAR}到{LAST_YEAR}之间，现在是“{value}”"
        try:
            exact_number(value)
        except ValueError:
            return f"应为确切的数字，现在是“{value}”"
        return ""


@dataclass(frozen=True)
class Provision:
    """条款: one rule of a text. `raw` is its table as written; None subject: declared only."""

    id: str
    article: str
    summary: str
    binding: str
    level: str
    subject: Subject | None
    superior: str
    covers: tuple[str, ...]
    organisations: tuple[str, ...]
    distribute: str
    note: str
    options: tuple[Option, ...]
    raw: Mapping[str, Any]
    # of an attribute of persons: who pays them instead of the community's funds, and whether
    # they take up one of its posts
    paid_by: str = ""
    counted: bool = True
    # how many months a monthly sum is paid for
    lasts_months: int | None = None

    @property
    def computable(self) -> bool:
        return self.binding not in DECLARED

    @property
    def judged(self) -> bool:
        """Whether the provision says something of persons that a machine can check."""
        return self.binding == "attribute" and any(key in self.raw for key in OF_PERSONS)


@dataclass(frozen=True)
class Text:
    """政策文件: what it is, whom it binds, and its provisions in the order of the file."""

    id: str
    title: str
    doc_no: str
    issuer: str
    jurisdiction: str
    authority: str
    issued_on: datetime.date | None
    published_on: datetime.date | None
    effective_from: datetime.date | None
    effective_until: datetime.date | None
    source_grade: str
    trial: bool
    note: str
    provisions: tuple[Provision, ...]
    source: str = field(repr=False, default="")

    @cached_property
    def options(self) -> dict[str, Option]:
        return {option.key: option for one in self.provisions for option in one.options}

    @property
    def subjects(self) -> set[str]:
        return {one.subject.key for one in self.provisions if one.subject and one.computable}

    def provision(self, provision_id: str) -> Provision:
        """The provision of an id; raises KeyError."""
        for one in self.provisions:
            if one.id == provision_id:
                return one
        raise KeyError(provision_id)

    def in_force(self, on: datetime.date) -> bool:
        """Whether the day lies in [effective_from, effective_until)."""
        begun = self.effective_from is None or self.effective_from <= on
        return begun and (self.effective_until is None or on < self.effective_until)

    def adopted(
        self,
        jurisdiction: str,
        *,
        effective_from: datetime.date | None = None,
        effective_until: datetime.date | None = None,
    ) -> Text:
        """The text as adopted by a jurisdiction, from and until days if given."""
        return replace(
            self,
            jurisdiction=jurisdiction,
            authority=jurisdiction,
            effective_from=effective_from or self.effective_from,
            effective_until=effective_until or self.effective_until,
        )
