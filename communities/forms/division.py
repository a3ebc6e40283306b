"""Which division a sheet shows, as its address says it."""

from __future__ import annotations

from django import forms

from accounts.scope import COMMUNITY, SHAPE, contains

COMMUNITIES = "community"


class DivisionForm(forms.Form):
    """The division, and whether a district is shown by its communities."""

    division = forms.CharField(required=False, max_length=9)
    view = forms.CharField(required=False)

    def __init__(self, data, scope):
        super().__init__(data)
        self.scope = scope
        self.full_clean()

    @property
    def chosen(self) -> str | None:
        """The chosen division, the reader's own without a choice; None for one outside."""
        given = self.data.get("division", "")
        if not given:
            return self.scope
        known = SHAPE.fullmatch(given) and len(given) < COMMUNITY
        return given if known and contains(self.scope, given) else None

    @property
    def by_community(self) -> bool:
        """Whether a district is shown by its communities instead of its streets."""
        return bool(self.cleaned_data.get("view") == COMMUNITIES)
