"""What a reader asks of a roster in the address; an unknown value is ignored and said."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from communities.typed import day, line
from staffing.choices import CertificateLevel, Education, Identity, PayChannel, Sex
from staffing.rules.groups import GROUPS
from staffing.rules.spans import AGES
from staffing.selectors.roster import (
    LEFT,
    NO_CERTIFICATE,
    NO_PARTY_MEMBER,
    PARTY_MEMBER,
    SORTS,
)

LONGEST_NAME = 32
LABELS = {
    "street": "辖区",
    "community": "社区",
    "group": "职务",
    "identity": "身份",
    "education": "最高学历",
    "certificate": "证书",
    "pay": "报酬渠道",
    "party": "党员",
    "sex": "性别",
    "age": "年龄",
    "state": "状态",
    "sort": "排序",
}
CHOICES = {
    "group": {group.key: group.label for group in GROUPS},
    "identity": dict(Identity.choices),
    "education": dict(Education.choices),
    "certificate": {**dict(CertificateLevel.choices), NO_CERTIFICATE: "没有证书"},
    "pay": dict(PayChannel.choices),
    "party": {PARTY_MEMBER: "中共党员", NO_PARTY_MEMBER: "不是中共党员"},
    "sex": dict(Sex.choices),
    "age": {band.key: band.label for band in AGES},
    "state": {LEFT: "已离任"},
    "sort": {sign + key: key for key in SORTS for sign in ("", "-")},
}


class DayForm(forms.Form):
    """A day in the address (?on=), today without one, and choices of given values."""

    def __init__(self, data, choices):
        super().__init__(data)
        self.choices = choices
        self.ignored: list[str] = []
        for name in choices:
            self.fields[name] = forms.CharField(required=False)
        self.full_clean()
        self.on = self._on()

    def _on(self):
        """The day that is asked for; what is no day is said and ignored."""
        today, text = timezone.localdate(), self.data.get("on", "")
        try:
            return day(text) if text.strip() else today
        except ValidationError as wrong:
            self.ignored.append(f"{wrong.messages[0]}，已按今天{today}")
            return today

    def chosen(self, name: str) -> str:
        """A filter's value if it is among its choices, else ''."""
        value = self.cleaned_data.get(name, "")
        if value and value not in self.choices[name]:
            sentence = f"没有“{value[:20]}”这个{LABELS[name]}，已不按它筛选"
            if sentence not in self.ignored:
                self.ignored.append(sentence)
            return ""
        return value

    @property
    def asked(self) -> dict[str, str]:
        """What the address holds of the form's own values, without those that were ignored."""
        found = {name: self.chosen(name) for name in self.choices}
        if self.on != timezone.localdate():
            found["on"] = self.on.isoformat()
        return {name: value for name, value in found.items() if value}


class NameForm(forms.Form):
    """The search for a person by a part of the name, or by a whole identity number."""

    name = forms.CharField(required=False, strip=True)

    def clean_name(self):
        text = line(self.cleaned_data["name"])
        if len(text) > LONGEST_NAME:
            raise ValidationError(f"姓名最多{LONGEST_NAME}个字，缩短后再查找")
        return text
