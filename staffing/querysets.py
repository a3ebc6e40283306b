"""Chainable filters of staffing: scope, day, public rows of wider offices."""

from communities.querysets import DatedQuerySet, ScopedQuerySet, not_ended


class PersonQuerySet(ScopedQuerySet):
    """Persons by the street that keeps their file."""


class AppointmentQuerySet(DatedQuerySet):
    def running(self, first, last):
        """Appointments that hold on some day from the first to the last."""
        return self.filter(not_ended(first), valid_from__lte=last)


class PublishedQuerySet(ScopedQuerySet):
    """Rows of an office that every office beneath it reads: rounds, courses, quotas."""

    def for_user(self, user):
        """The rows of the own scope, and those of the divisions above it."""
        if not user.is_authenticated:
            return self.none()
        above = [user.scope[:length] for length in (2, 4, 6, 9) if length < len(user.scope)]
        return super().for_user(user) | self.filter(code__in=above)

    def of_office(self, user):
        """The rows that the office may change: those of its own scope."""
        return super().for_user(user)


class StaffActQuerySet(ScopedQuerySet):
    def unchecked_by_others(self, user):
        """Acts that nobody has looked over yet and that this person may look over.

        What follows from a change act was proposed and decided by two already.
        """
        return self.filter(checked_by=None).exclude(made_by=user).exclude(kind="follow")
