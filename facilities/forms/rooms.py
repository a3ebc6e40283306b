"""Forms of rooms: added, corrected, ended on a day or given another use from then on."""

from __future__ import annotations

from django import forms
from django.utils import timezone

from facilities.choices import RoomUse
from facilities.forms.fields import SpaceForm
from facilities.models import Room


class RoomForm(SpaceForm):
    """房间 with its use, areas and first day."""

    blamed = "building_m2"

    class Meta:
        model = Room
        fields = (
            "name", "use", "valid_from", "building_m2", "usable_m2", "above_ground_m2", "remarks",
        )  # fmt: skip

    groups = (
        ("房间", ("name", "use", "valid_from")),
        ("面积", ("building_m2", "usable_m2", "above_ground_m2")),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        since = self.fields["valid_from"]
        since.label, since.help_text = "启用日期", "从这一天起计入；空着按用房的启用日期"
        self.fields["usable_m2"].help_text = "没有测量的空着"
        self.fields["above_ground_m2"].help_text = "全部在地下的填0；说不清的空着"
        if self.instance.pk:
            self.fields["use"].help_text = "用途从某一天起改变的，不在这里改，用“改用途或终止”"

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("valid_from"), self.instance.valid_until
        if since and until and since >= until:
            self.add_error("valid_from", f"{since}不早于终止日期{until}。改早")
        return cleaned


class EndRoomForm(SpaceForm):
    """从何日起不再这样用: the room ends, or another use follows with the same areas."""

    blamed = "valid_until"

    new_use = forms.ChoiceField(
        label="这一天起改作",
        choices=[("", "不再使用"), *RoomUse.choices],
        required=False,
        help_text="面积不变，用途改为所选的一种；面积也变的，先终止，再登记新房间",
    )
    new_name = forms.CharField(
        label="新的部位名称", max_length=64, required=False, help_text="空着用原来的名称"
    )
    field_order = ["valid_until", "new_use", "new_name", "change_reason"]

    class Meta:
        model = Room
        fields = ("valid_until",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        day, reason = self.fields["valid_until"], self.fields["change_reason"]
        day.label, day.help_text = "自何日起", "从这一天起不再按原来的用途计入"
        reason.label, reason.required = "原因", True
        reason.help_text = "如：改作活动室、已交回。记入修改记录"
        reason.error_messages["required"] = "填写原因"
        if self.instance.valid_until is None:
            day.required = True
            day.error_messages["required"] = "填写日期"
            self.initial["valid_until"] = timezone.localdate()
        else:
            day.help_text = "清空表示没有终止，照常计入"
            del self.fields["new_use"], self.fields["new_name"]

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        until, since = cleaned.get("valid_until"), self.instance.valid_from
        if until and since and until <= since:
            self.add_error("valid_until", f"{until}不晚于启用日期{since}。改晚")
        if cleaned.get("new_use") == self.instance.use:
            label = self.instance.get_use_display()
            self.add_error("new_use", f"现在就是{label}。选别的用途，或选“不再使用”")
        return cleaned


class RemoveRoomForm(SpaceForm):
    """Why a room that was typed by mistake is removed."""

    class Meta:
        model = Room
        fields = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reason = self.fields["change_reason"]
        reason.label, reason.required = "删除原因", True
        reason.help_text = "只删登记错的房间；不再使用的，用“改用途或终止”。记入修改记录"
        reason.error_messages["required"] = "填写删除原因"
