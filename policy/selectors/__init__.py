"""What holds for a code on a day, and a text in words."""

from policy.selectors.in_force import (
    Policy,
    TextLine,
    policy_for,
    policy_stamps,
    series_for,
    stack_for,
    texts_in_force,
)
from policy.selectors.organisations import OrganisationAsked, organisations_asked
from policy.selectors.pages import (
    HistoryLine,
    OptionLine,
    ProvisionLine,
    history_of,
    provision_lines,
    versions_of,
)

__all__ = [
    "HistoryLine",
    "OptionLine",
    "OrganisationAsked",
    "Policy",
    "ProvisionLine",
    "TextLine",
    "history_of",
    "organisations_asked",
    "policy_for",
    "policy_stamps",
    "provision_lines",
    "series_for",
    "stack_for",
    "texts_in_force",
    "versions_of",
]
