"""Chainable filters of the collection: scope, day."""

from django.db.models import F, Q, Value

from accounts.scope import STREET
from communities.querysets import ScopedQuerySet


class RoundQuerySet(ScopedQuerySet):
    def for_user(self, user):
        """Rounds of the scope, and those of the units above that address it.

        A round is no secret: its rows are readable by all, so that a street sees its city's.
        """
        if not user.is_authenticated:
            return self.none()
        above = [user.scope[:length] for length in (2, 4, 6, 9) if length <= len(user.scope)]
        return self.filter(Q(code__in=above) | Q(pk__in=super().for_user(user).values("pk")))

    def addressing(self, code):
        """Rounds that ask a street (9 digits), or the street of a community (12)."""
        street = code[:STREET]
        return self.alias(street=Value(street)).filter(
            Q(street__startswith=F("code")),
            Q(street_codes=[]) | Q(street_codes__contains=[street]),
        )

    def of_year(self, year):
        return self.filter(year=year)


class UploadQuerySet(ScopedQuerySet):
    """Uploads and their rows: `code` is the scope of whoever uploaded."""
