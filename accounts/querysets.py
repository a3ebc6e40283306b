"""Chainable filters of accounts."""

from django.db import models

from accounts.scope import WHOLE_COUNTRY, bounds


class UserQuerySet(models.QuerySet):
    def under(self, prefix):
        low, high = bounds(prefix)
        return self.filter(scope__gte=low, scope__lt=high) if low else self.none()

    def for_user(self, user):
        """Accounts whose scope lies inside the user's own."""
        if not user.is_authenticated:
            return self.none()
        return self.all() if user.scope == WHOLE_COUNTRY else self.under(user.scope)


class AccessLogQuerySet(models.QuerySet):
    def for_user(self, user):
        """Acts of accounts inside the user's scope; acts of no account only for the country."""
        if not user.is_authenticated:
            return self.none()
        if user.scope == WHOLE_COUNTRY:
            return self.all()
        low, high = bounds(user.scope)
        return self.filter(user__scope__gte=low, user__scope__lt=high)


class MessageQuerySet(models.QuerySet):
    def for_user(self, user):
        """A person's own messages, nobody else's."""
        return self.filter(to=user) if user.is_authenticated else self.none()

    def unread(self):
        return self.filter(read_at__isnull=True)
