"""Forms of training: the course, who is put on its list, who came."""

from __future__ import annotations

from typing import Any

from django import forms

from communities.forms.editing import EditForm, Keyed
from communities.forms.fields import TypedForm
from staffing.choices import Audience
from staffing.models import Course
from staffing.selectors.training import Groups

CAME, AWAY, OPEN = "true", "false", "unknown"
MARKS = ((OPEN, "未登记"), (CAME, "参加"), (AWAY, "未参加"))


class CourseForm(EditForm):
    """A course of the office that registers it."""

    audience = forms.MultipleChoiceField(
        label="培训对象",
        choices=Audience.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "选择培训对象"},
    )
    groups = (
        ("培训班", ("title", "organiser")),
        ("谁来参加", ("audience",)),
        ("时间和地点", ("starts_on", "ends_on", "hours", "place")),
        ("费用和说明", ("cost_yuan", "note")),
    )

    class Meta:
        model = Course
        fields = (
            "title", "audience", "organiser", "starts_on", "ends_on", "hours", "place",
            "cost_yuan", "note",
        )  # fmt: skip
        widgets = {"note": forms.Textarea}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        level = self.instance.get_level_display()
        self.fields["cost_yuan"].help_text = f"由{level}财政承担的费用，没有定的空着"
        self.fields["ends_on"].help_text = "最后一天，当天还在培训"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", f"结束日期{last}早于开始日期{first}。改其中一个日期")
        return cleaned


class EnrolForm(Keyed, TypedForm):
    """Who is put on a list: a group of the roster, or persons that were ticked."""

    street = forms.ChoiceField(label="街道", required=False)
    group = forms.ChoiceField(label="人员", choices=Groups.choices, required=False)
    due_only = forms.BooleanField(label="只列逾期和90天内到期", required=False)
    persons = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(
        self, *args: Any, streets: list[tuple[str, str]], found: list[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.streets = streets
        for name in ("street", "group"):
            self.fields[name].widget.attrs["class"] = "in"
        self.fields["street"].choices = [("", "全部街道"), *streets]  # type: ignore[attr-defined]
        self.fields["persons"].choices = [  # type: ignore[attr-defined]
            (key, str(key)) for key in found
        ]


class MarkForm(TypedForm):
    """Whether a person came, and for how many hours."""

    attended = forms.ChoiceField(
        label="参训", choices=MARKS, widget=forms.Select(attrs={"class": "in"})
    )
    hours = forms.IntegerField(
        label="学时",
        required=False,
        min_value=1,
        widget=forms.NumberInput(attrs={"class": "in short"}),
    )
    certificate_no = forms.CharField(
        label="证书编号",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"class": "in"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = most

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        hours, number = cleaned.get("hours"), cleaned.get("certificate_no")
        if hours and hours > self.most:
            self.add_error("hours", f"{hours}多于培训的{self.most}学时")
        if cleaned.get("attended") == CAME:
            return cleaned
        if hours and "hours" in self.changed_data:
            self.add_error("attended", f"填了{hours}学时。选参加，或者清空学时")
        if number:
            self.add_error("certificate_no", "有证书编号。选参加，或者清空编号")
        return cleaned

    @property
    def came(self) -> bool | None:
        said = {CAME: True, AWAY: False}
        return said.get(self.cleaned_data["attended"])


class ActForm(Keyed, forms.Form):
    """A button without fields."""
