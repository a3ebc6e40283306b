"""Chainable filters of the policy texts, series and exemptions."""

from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.scope import WHOLE_COUNTRY, bounds

CODE_LENGTHS = (0, 2, 4, 6, 9, 12)


def touching(column: str, prefix: str) -> Q:
    """Return the condition that a code stands above, at or below a division; '' is the nation's."""
    if prefix == WHOLE_COUNTRY:
        return Q()
    low, high = bounds(prefix)
    above = [prefix[:length] for length in CODE_LENGTHS if length <= len(prefix)]
    below = {f"{column}__gte": low, f"{column}__lt": high}
    return Q(**{f"{column}__in": above}) | Q(**below)


def scope_of(user: User | AnonymousUser) -> str:
    return user.scope if isinstance(user, User) else ""


class TextQuerySet(models.QuerySet[Any]):
    def touching(self, prefix: str) -> Self:
        """Texts that hold for some code under a division: of the division, above it, below it."""
        return self.filter(touching("jurisdiction", prefix)) if prefix else self.none()

    def for_user(self, user: User | AnonymousUser) -> Self:
        """Texts that concern the user's scope, and those that any jurisdiction may adopt."""
        scope = scope_of(user)
        if not scope:
            return self.none()
        if scope == WHOLE_COUNTRY:
            return self.all()
        return self.filter(touching("jurisdiction", scope) | Q(jurisdiction="*"))

    def answering(self) -> Self:
        """Texts that have been published: they answer for the days of their subjects."""
        return self.exclude(status="draft")


class IndexValueQuerySet(models.QuerySet[Any]):
    def touching(self, prefix: str) -> Self:
        return self.filter(touching("division_code", prefix)) if prefix else self.none()

    def for_user(self, user: User | AnonymousUser) -> Self:
        return self.touching(scope_of(user))


class ExemptionQuerySet(models.QuerySet[Any]):
    def for_user(self, user: User | AnonymousUser) -> Self:
        scope = scope_of(user)
        if not scope:
            return self.none()
        low, high = bounds(scope)
        return self.filter(code__gte=low, code__lt=high)
