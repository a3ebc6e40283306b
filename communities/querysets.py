"""Chainable filters of communities: scope, day, prefix, search."""

import re
import unicodedata

from django.db import models

from accounts.scope import WHOLE_COUNTRY, bounds

READS_DRAFTS = ("communities.propose_changeact", "accounts.view_accesslog")


def plain(text: str) -> str:
    """Return a search text in small letters, without blanks, full-width signs made plain."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


def grams(text: str) -> list[str]:
    """Return the distinct pairs of neighbouring characters of a text, or its one character.

    Communities keep the same pairs (services.search_grams), so part of a name is found by index.
    """
    text = plain(text)
    if len(text) < 2:
        return [text] if text else []
    return sorted({text[place : place + 2] for place in range(len(text) - 1)})


def not_ended(on):
    """The condition that a dated row has not ended by a day; it may begin later."""
    return models.Q(valid_until__isnull=True) | models.Q(valid_until__gt=on)


class ScopedQuerySet(models.QuerySet):
    """Rows with a division code in `code`."""

    def under(self, prefix):
        """Rows whose code is under a division, itself included; '' means none."""
        low, high = bounds(prefix)
        if not low:
            return self.none()
        return self.all() if low == WHOLE_COUNTRY else self.filter(code__gte=low, code__lt=high)

    def for_user(self, user):
        return self.under(user.scope) if user.is_authenticated else self.none()


class DatedQuerySet(ScopedQuerySet):
    """Rows valid from a day until before another day."""

    def as_of(self, date):
        started = models.Q(valid_from__isnull=True) | models.Q(valid_from__lte=date)
        return self.filter(started, not_ended(date))


class CommunityQuerySet(DatedQuerySet):
    def matching(self, text):
        """Communities by part of the name, of the pinyin initials, or of the code."""
        sought = plain(text)
        if not sought:
            return self
        if sought.isascii() and sought.isdigit():
            return self._by_code(sought)
        column = "initials" if sought.isascii() else "short_name"
        by_text = models.Q(**{f"{column}__icontains": sought})
        if len(sought) == 1:
            return self.filter(by_text)
        found = self.filter(search_grams__contains=grams(sought))
        # Pairs alone would also find them scattered over a longer name.
        return found if len(sought) == 2 else found.filter(by_text)

    def _by_code(self, digits):
        if len(digits) > 12:
            return self.none()
        if len(digits) < 6:
            return self.filter(code__contains=digits)
        return self.filter(code__gte=digits, code__lt=f"{digits}:")


class AnnualFactsQuerySet(ScopedQuerySet):
    def of_year(self, year):
        return self.filter(year=year)


class PublishedQuerySet(ScopedQuerySet):
    """Rows of an office that every office beneath it reads: courses, quotas, plans."""

    def for_user(self, user):
        """The rows of the own scope, and those of the divisions above it."""
        if not user.is_authenticated:
            return self.none()
        above = [user.scope[:length] for length in (2, 4, 6, 9) if length < len(user.scope)]
        return super().for_user(user) | self.filter(code__in=above)

    def of_office(self, user):
        """The rows that the office may change: those of its own scope."""
        return super().for_user(user)


class PartQuerySet(DatedQuerySet):
    """What belongs to a community, with its code in `code`; as_of for the dated ones."""


class ActQuerySet(ScopedQuerySet):
    def for_user(self, user):
        """The acts of the scope; drafts are for offices that propose, and for those that audit."""
        rows = super().for_user(user)
        reads_drafts = any(user.has_perm(right) for right in READS_DRAFTS)
        return rows if reads_drafts else rows.exclude(state="draft")

    def due(self, date):
        """Decided acts whose effective day has come, in the order in which they take effect."""
        return self.filter(state="decided", effective_on__lte=date).order_by("effective_on", "id")
