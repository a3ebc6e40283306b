"""What a reader asks of a list of facilities in the address; an unknown value is ignored."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from communities.forms.ledger import LONGEST_TEXT
from communities.typed import day


class DayFilter(forms.Form):
    """A day (?on=, today without one), a text (?q=), and choices of given values.

    choices: the values of each filter, labels: what it is called. What is wrong is said (ignored).
    """

    q = forms.CharField(required=False, max_length=LONGEST_TEXT)

    def __init__(
        self, data: Any, choices: Mapping[str, Container[str]], labels: Mapping[str, str]
    ) -> None:
        super().__init__(data)
        self.choices, self.labels = choices, labels
        self.ignored: list[str] = []
        for name in choices:
            self.fields[name] = forms.CharField(required=False)
        self.full_clean()
        if "q" in self.errors:
            wrong = (
                f"超过{LONGEST_TEXT}个字"
                if len(self.data["q"]) > LONGEST_TEXT
                else "里有不能查找的字符"
            )
            self.ignored.append(f"查找的文字{wrong}，已不按文字筛选")
        self.on = self._on()

    def _on(self):
        """The day that is asked for; what is no day is said and ignored."""
        today, text = timezone.localdate(), self.data.get("on", "")
        try:
            return day(text) if text.strip() else today
        except ValidationError as wrong:
            self.ignored.append(f"{wrong.messages[0]}，已按今天{today}")
            return today

    @property
    def text(self) -> str:
        return self.cleaned_data.get("q", "").strip()

    def chosen(self, name: str) -> str:
        """A filter's value if it is among its choices, else ''."""
        value: str = self.cleaned_data.get(name, "")
        if value and value not in self.choices[name]:
            said = f"没有“{value[:20]}”这个{self.labels[name]}，已不按它筛选"
            if said not in self.ignored:
                self.ignored.append(said)
            return ""
        return value

    @property
    def asked(self) -> dict[str, str]:
        """What the address holds of the form's own values, without those that were ignored."""
        found = {name: self.chosen(name) for name in self.choices} | {"q": self.text}
        if self.on != timezone.localdate():
            found["on"] = self.on.isoformat()
        return {name: value for name, value in found.items() if value}
