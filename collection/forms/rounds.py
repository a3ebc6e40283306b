"""Forms of rounds: what is asked, of whom, until when; an extension; a reminder."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from collection.choices import HouseholdsMeasure, RoundState
from collection.models import Extension, Round
from collection.rules.fields import FIELDS, SECTIONS
from collection.selectors.asked import DETERMINED, Need
from communities.forms.editing import EditForm, Keyed, Versioned
from communities.forms.fields import HouseFields

ALL, CHOSEN = "all", "chosen"
# A street is given so many days to fill in, as a form suggests it.
USUAL_DAYS = 30
# from this month on the year that is planned is the next
PLANNING_FROM = 7
REFERENCE = (6, 30)
MEASURES = {
    HouseholdsMeasure.REGISTERED: "公安户籍登记的户，有名册，不含外来户",
    HouseholdsMeasure.RESIDENT: "居住半年以上的户，和常住人口的口径一致",
    HouseholdsMeasure.OCCUPIED: "统计时点有人居住的户，入户核对得到",
    HouseholdsMeasure.RECORDED: "含流动人口和空挂户，数最大",
    HouseholdsMeasure.DWELLINGS: "按不动产登记或竣工的住宅套数，和有没有人住无关",
}


def usual_year(today: datetime.date) -> int:
    """The year that a round made today is about: from July on the next one."""
    return today.year + (today.month >= PLANNING_FROM)


def suggested(year: int, today: datetime.date) -> dict[str, Any]:
    """What a new round says before anything is typed."""
    reference = datetime.date(min(year, today.year), *REFERENCE)
    if reference > today:
        reference = reference.replace(year=reference.year - 1)
    return {
        "title": f"{year}年度社区数据填报",
        "reference_on": reference,
        "opens_on": today,
        "closes_on": today + datetime.timedelta(days=USUAL_DAYS),
    }


class RoundForm(EditForm):
    """A round; while streets fill in, only what may still change.

    needs: by name of a field, the clauses that need it; streets: (code, name) pairs.
    """

    class Meta:
        model = Round
        fields = (
            "title",
            "reference_on",
            "households_measure",
            "asked",
            "street_codes",
            "opens_on",
            "closes_on",
            "street_review",
            "note",
        )
        widgets = {
            "note": forms.Textarea,
            "street_review": forms.CheckboxInput,
        }
        error_messages = {"opens_on": {"required": "填写开始日期"}}

    asked = forms.MultipleChoiceField(label="填报项目", required=False)
    address = forms.ChoiceField(
        label="填报街道",
        choices=[(ALL, "全部街道"), (CHOSEN, "选定的街道")],
        required=False,
    )
    street_codes = forms.MultipleChoiceField(label="选定的街道", required=False)

    def __init__(
        self,
        *args: Any,
        needs: dict[str, list[Need]],
        streets: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        instance = kwargs["instance"]
        self.needs, self.streets, self.stored = needs, streets, instance.state
        self.fixed_asked = list(instance.asked) if self.is_open else []
        self.fixed_streets = list(instance.street_codes) if self.is_open else []
        if not instance.pk:
            starting = suggested(instance.year, timezone.localdate())
            starting["asked"] = [name for name in needs if name in FIELDS]
            kwargs["initial"] = starting | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("asked", [(name, one.label) for name, one in FIELDS.items()]),
            ("street_codes", streets),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields["address"].initial = CHOSEN if instance.street_codes else ALL
        self.fields["street_review"].label = "街道审核人先审核，再报县（市、区）"
        self.fields["title"].error_messages["max_length"] = "任务名称最多60个字，缩短后再保存"
        self._say_hints()
        if self.is_open:
            for name in ("reference_on", "households_measure", "street_review"):
                del self.fields[name]
            self.fields["change_reason"].label = "改日期的原因"
            self.fields["change_reason"].help_text = "改了开始或截止日期要写，记入修改记录"

    def _say_hints(self) -> None:
        self.fields["reference_on"].help_text = "各项数据是这一天的数"
        self.fields["closes_on"].help_text = "当天还可以提交"
        self.fields["note"].help_text = "街道填报时看得到，最多500个字，可不填"

    @property
    def is_open(self) -> bool:
        return self.stored == RoundState.OPEN

    def clean_asked(self) -> list[str]:
        chosen = {*self.cleaned_data["asked"], *self.fixed_asked}
        if not chosen:
            raise ValidationError("选择填报项目")
        return [name for name in FIELDS if name in chosen]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self._clean_streets(cleaned)
        self._clean_days(cleaned)
        measure = cleaned.get("households_measure") or self.instance.households_measure
        if measure and "asked" in cleaned and measure not in cleaned["asked"]:
            asked = {*cleaned["asked"], measure}
            cleaned["asked"] = [name for name in FIELDS if name in asked]
        return cleaned

    def _clean_streets(self, cleaned: dict[str, Any]) -> None:
        if "street_codes" not in cleaned:
            return
        if cleaned.get("address") != CHOSEN:
            # of an open round that asks some, all is more
            cleaned["street_codes"] = []
            return
        chosen = {*cleaned["street_codes"], *self.fixed_streets}
        if self.is_open and not self.fixed_streets:
            self.add_error("street_codes", "街道已在填报，不能减少街道。选“全部街道”")
        elif not chosen:
            self.add_error("street_codes", "选择街道，或选“全部街道”")
        cleaned["street_codes"] = sorted(chosen)

    def _clean_days(self, cleaned: dict[str, Any]) -> None:
        opens_on, closes_on = cleaned.get("opens_on"), cleaned.get("closes_on")
        if opens_on and closes_on and closes_on < opens_on:
            self.add_error(
                "closes_on", f"截止日期{closes_on}早于开始日期{opens_on}。改其中一个日期"
            )
        year = self.instance.year
        for name in ("reference_on", "opens_on", "closes_on"):
            day = cleaned.get(name)
            if day and abs(day.year - year) > 1:
                label = self.fields[name].label
                self.add_error(name, f"{label}{day}和{year}年度相差一年以上。核对年份")

    # what the template draws

    def asked_groups(self) -> list[dict[str, Any]]:
        """The facts by section, each with the clauses that need it."""
        chosen = set(self["asked"].value() or ())
        groups = []
        for section, title in SECTIONS.items():
            items = [
                {
                    "name": one.name,
                    "label": one.heading,
                    "hint": one.hint,
                    "checked": one.name in chosen or one.name in self.fixed_asked,
                    "fixed": one.name in self.fixed_asked,
                    "needs": self.needs.get(one.name, []),
                }
                for one in FIELDS.values()
                if one.section == section
            ]
            groups.append({"title": title, "items": items})
        return groups

    def measures(self) -> list[dict[str, Any]]:
        """The counts that may be the determined one, each with what it is."""
        chosen = self["households_measure"].value()
        return [
            {
                "value": value,
                "label": label,
                "hint": MEASURES[HouseholdsMeasure(value)],
                "checked": value == chosen,
            }
            for value, label in HouseholdsMeasure.choices
        ]

    def addresses(self) -> list[dict[str, Any]]:
        chosen = self["address"].value()
        return [
            {"value": ALL, "label": "全部街道", "checked": chosen != CHOSEN},
            {"value": CHOSEN, "label": "选定的街道", "checked": chosen == CHOSEN},
        ]

    def determined(self) -> list[Need]:
        """The clauses that count with the determined households."""
        return self.needs.get(DETERMINED, [])

    def street_boxes(self) -> list[dict[str, Any]]:
        chosen = {*(self["street_codes"].value() or ()), *self.fixed_streets}
        return [
            {
                "code": code,
                "name": name,
                "checked": code in chosen,
                "fixed": code in self.fixed_streets,
            }
            for code, name in self.streets
        ]


class ActForm(Versioned, forms.Form):
    """What every act on a round carries: its key against double clicks, the version seen."""

    street = forms.CharField(widget=forms.HiddenInput, required=False, max_length=9)

    def __init__(self, *args: Any, one: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = one.version


class ExtendForm(Keyed, HouseFields, forms.ModelForm):
    """A later day for one street, and why."""

    class Meta:
        model = Extension
        fields = ("closes_on", "reason")
        labels = {"closes_on": "延期至", "reason": "延期原因"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closes_on"].help_text = "当天还可以提交"
        self.fields["reason"].help_text = "如：社区换届，经办人交接。街道看得到"
