"""Forms of premises: registered with the area of every use, changed, ended."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.forms.models import fields_for_model
from django.utils import timezone

from communities.forms.fields import adopt
from communities.models import Estate
from communities.querysets import not_ended
from facilities.choices import RoomUse
from facilities.forms.fields import SpaceForm, refuse_mobiles
from facilities.models import Premises, Room

PLACE = ("name", "address", "estate")
HAD = ("acquisition", "acquired_on", "owner", "title_no", "titled_on")
FIELDS = (*PLACE, *HAD, "valid_from", "remarks")
GROUPS = (
    ("用房", (*PLACE, "valid_from")),
    ("取得和产权", HAD),
)
MEASURES = ("building_m2", "usable_m2", "above_ground_m2")
ROOM_FIELDS = (*MEASURES, "name")
USE_NOTES = {
    RoomUse.WORK: "居委会、党组织办公",
    RoomUse.HALL: "一站式服务大厅",
    RoomUse.ACTIVITY: "活动室、图书室、日间照料等",
    RoomUse.PROPERTY: "物业服务企业用，另计",
    RoomUse.OTHER: "不计入社区用房",
}


class PremisesFields(SpaceForm):
    """The columns of premises, with the checks across them."""

    blamed = "name"
    happened = ("acquired_on", "titled_on")

    class Meta:
        model = Premises
        fields = FIELDS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        estate: Any = self.fields["estate"]
        estates = Estate.objects.filter(community=self.instance.community)
        there = not_ended(timezone.localdate()) | Q(pk=self.instance.estate_id)
        estate.queryset = estates.filter(there).order_by("name")
        estate.empty_label = "不在小区内"
        since = self.fields["valid_from"]
        since.label = "启用日期"
        since.help_text = "从这一天起计入面积；一直在用、说不清的空着"
        self.fields["title_no"].help_text = "没有办证的空着"
        self.fields["titled_on"].label = "产权登记日期"

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("titled_on") and not cleaned.get("title_no"):
            self.add_error("title_no", f"填了产权登记日期{cleaned['titled_on']}，填写不动产权证号")
        until, since = self.instance.valid_until, cleaned.get("valid_from")
        if until and since and since >= until:
            self.add_error("valid_from", f"{since}不早于终止日期{until}。改早")
        return cleaned


class PremisesForm(PremisesFields):
    """修改用房: its own columns; rooms, shares and contracts have forms of their own."""

    groups = GROUPS


class NewPremisesForm(PremisesFields):
    """登记用房: premises with a room of each use that has an area."""

    groups = GROUPS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        made: dict[str, forms.Field] = {}
        for use in RoomUse:
            for name, field in fields_for_model(Room, ROOM_FIELDS).items():
                if field is None:
                    continue
                field.label = f"{use.label}{str(field.label).removesuffix('（㎡）')}"
                field.required = False
                field.help_text = ""
                adopt(field)
                field.widget.attrs["size"] = 14 if name == "name" else 8
                made[f"{use.value}_{name}"] = field
        refuse_mobiles(made)
        self.fields |= made

    def grouped(self):
        """The groups without the areas, which stand in a table of their own."""
        areas = {f"{use.value}_{name}" for use in RoomUse for name in ROOM_FIELDS}
        for legend, fields in super().grouped():
            rest = [field for field in fields if field.name not in areas]
            if rest:
                yield legend, rest

    def uses(self):
        """The rows of the table of areas: (use, what it is, its fields)."""
        for use in RoomUse:
            yield use.label, USE_NOTES[use], [self[f"{use.value}_{name}"] for name in ROOM_FIELDS]

    def clean(self):
        cleaned = super().clean()
        self.rooms: list[Room] = []
        for use in RoomUse:
            if room := self._room(use):
                self.rooms.append(room)
        wrong = any(name.split("_")[0] in RoomUse.values for name in self.errors)
        if not self.rooms and not wrong:
            self.add_error("work_building_m2", "没有填面积。至少填一种用途的建筑面积")
        return cleaned

    def _room(self, use):
        """The room of a use as typed, None where nothing was; says what is wrong with it."""
        given = {name: self.cleaned_data.get(f"{use.value}_{name}") for name in ROOM_FIELDS}
        if any(f"{use.value}_{name}" in self.errors for name in ROOM_FIELDS):
            return None
        if all(value in (None, "") for value in given.values()):
            return None
        building = given["building_m2"]
        if not building:
            self.add_error(f"{use.value}_building_m2", f"填写{use.label}的建筑面积，没有的整行空着")
            return None
        for name in ("usable_m2", "above_ground_m2"):
            if given[name] is not None and given[name] > building:
                label = self.fields[f"{use.value}_{name}"].label
                said = f"{label}{given[name]:,f}大于建筑面积{building:,f}。改其中一个"
                self.add_error(f"{use.value}_{name}", said)
                return None
        return Room(use=use.value, **(given | {"name": given["name"] or use.label}))


class EndPremisesForm(SpaceForm):
    """终止: from which day premises no longer count, and why; of ended ones also: still there."""

    blamed = "valid_until"

    class Meta:
        model = Premises
        fields = ("valid_until",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        day, reason = self.fields["valid_until"], self.fields["change_reason"]
        day.label = "终止日期"
        day.help_text = "从这一天起不再计入，房间和份额一并终止"
        reason.label, reason.help_text = "原因", "如：租约到期、拆除、交回产权单位。记入修改记录"
        reason.required = True
        if self.instance.valid_until is None:
            day.required = True
            self.initial["valid_until"] = timezone.localdate()
        else:
            day.help_text = "清空表示没有终止，房间和份额一并恢复"
        for field in (day, reason):
            field.error_messages["required"] = f"填写{field.label}"


class ChooseCommunityForm(forms.Form):
    """Which community keeps the record of new premises."""

    community: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None,
        to_field_name="code",
        empty_label="选择",
        label="社区",
        error_messages={
            "required": "选择社区",
            "invalid_choice": "没有这个社区，从列出的里面选",
        },
    )

    def __init__(self, data, *, communities):
        super().__init__(data)
        chosen: Any = self.fields["community"]
        chosen.queryset = communities
        chosen.label_from_instance = lambda one: f"{one.short_name}（{one.code}）"
