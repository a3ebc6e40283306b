"""Chainable filters of staffing: scope and day."""

from communities.querysets import DatedQuerySet, ScopedQuerySet, not_ended


class PersonQuerySet(ScopedQuerySet):
    """Persons by the street that keeps their file."""


class AppointmentQuerySet(DatedQuerySet):
    def running(self, first, last):
        """Appointments that hold on some day from the first to the last."""
        return self.filter(not_ended(first), valid_from__lte=last)


class StaffActQuerySet(ScopedQuerySet):
    def unchecked_by_others(self, user):
        """Acts that nobody has looked over yet and that this person may look over.

        What follows from a change act was proposed and decided by two already.
        """
        return self.filter(checked_by=None).exclude(made_by=user).exclude(kind="follow")
