"""Forms of rounds of elections, and of announcing a result."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms

from communities.forms.editing import EditForm, Versioned
from communities.forms.fields import TypedForm
from communities.typed import clean_doc_no
from staffing.models import ElectionRound


class ElectionRoundForm(EditForm):
    """换届: title, days, document, note."""

    readers = {"doc_no": clean_doc_no}

    class Meta:
        model = ElectionRound
        fields = ("title", "opens_on", "closes_on", "doc_no", "note")
        widgets = {"note": forms.Textarea}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closes_on"].help_text = "这一天以前公布结果，过后列为逾期"
        self.fields["note"].help_text = "街道看得到，可不填"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        opens, closes = cleaned.get("opens_on"), cleaned.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", f"完成期限{closes}早于开始日期{opens}。改其中一个日期")
        return cleaned


class ActForm(Versioned, TypedForm):
    """An act without fields: its key and the version that was seen."""


class ResultForm(Versioned, TypedForm):
    """公布结果: the days, the document; term_from and seen come from the check page."""

    readers = {"doc_no": clean_doc_no}
    happened = ("announced_on", "term_from")

    announced_on = forms.DateField(label="公布结果日期")
    term_from = forms.DateField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    doc_no = forms.CharField(label="结果报告文号", max_length=64, required=False)
    register_as = forms.CharField(label="登记居民委员会", max_length=64, required=False)
    roster_stays = forms.BooleanField(label="只记选举，花名册不变", required=False)
    note = forms.CharField(
        label="说明", max_length=200, required=False, widget=forms.Textarea,
        help_text="当选人少于应选人数的，写明原因",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        held_on: datetime.date,
        registered: bool,
        later: bool,
        name: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.held_on = held_on
        if registered or later:
            del self.fields["register_as"]
        else:
            self.fields["register_as"].initial = name
            self.fields["register_as"].help_text = "组织里还没有登记，公布时一并登记。空着不登记"
        if not later:
            del self.fields["roster_stays"]
        else:
            self.fields["roster_stays"].help_text = "花名册里已有更晚的任职，补记过去的选举时用"
            self.fields["note"].help_text = "写明为什么只记选举"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, label in (("announced_on", "公布结果日期"), ("term_from", "任期开始日期")):
            day = cleaned.get(name)
            if day and day < self.held_on:
                said = f"{label}{day}早于投票日期{self.held_on}。改成这一天或以后"
                self.add_error(name if name == "announced_on" else None, said)
        return cleaned


class TermForm(TypedForm):
    """From which day the term runs; the check page shows what follows from it."""

    happened = ("term_from",)

    term_from = forms.DateField(label="任期开始日期")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["term_from"].widget.attrs["class"] = "in"
