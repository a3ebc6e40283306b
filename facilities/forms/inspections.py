"""Forms of inspections and of the steps of a correction order."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from communities.choices import FileType
from communities.forms.editing import Versioned
from communities.forms.fields import HouseFields
from communities.forms.papers import document_number
from communities.services.papers import checked
from facilities.choices import STOPPING
from facilities.forms.fields import SpaceForm, refuse_mobiles
from facilities.models import CorrectionOrder, Inspection
from facilities.services.inspections import check_days, check_stopped_once

PICTURES = (FileType.JPG, FileType.PNG)
MOST_PHOTOS = 12
PHOTOS_HINT = f"JPG、PNG，可以选几张，最多{MOST_PHOTOS}张，合计不超过20MB，不拍居民面部和证件"


class PhotosInput(forms.FileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several photos at once, each checked; the value is a list of CheckedFile."""

    widget = PhotosInput

    def __init__(self, *, most=MOST_PHOTOS, **kwargs):
        self.most = most
        attrs = {"multiple": True, "accept": ".jpg,.jpeg,.png"}
        kwargs.setdefault("help_text", PHOTOS_HINT)
        super().__init__(required=False, allow_empty_file=True, widget=PhotosInput(attrs), **kwargs)

    def clean(self, data, initial=None):
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if len(files) > self.most:
            raise ValidationError(f"选了{len(files)}张照片，一次最多{self.most}张。分次上传")
        found = [checked(super(PhotosField, self).clean(one)) for one in files]
        for one in found:
            if one.content_type not in PICTURES:
                raise ValidationError(f"“{one.name}”不是照片。用JPG或PNG，其他材料另外上传")
        same = {one.sha256: one.name for one in found}
        if len(same) < len(found):
            raise ValidationError("选的照片里有相同的。去掉重复的")
        return found


def ask_again(form, name):
    """Say at a field of files that they are gone where something else of a form is wrong."""
    files = form.cleaned_data.get(name)
    if files and form.errors:
        names = "、".join(one.name for one in files)
        form.add_error(name, f"“{names}”没有问题。改好别处，再选择一次")


class InspectionForm(SpaceForm):
    """An inspection of the premises of its instance; `countables` are what may be chosen."""

    happened = ("inspected_on",)
    blamed = "stops_from"

    photos = PhotosField(label="照片")

    class Meta:
        model = Inspection
        fields = ("room", "inspected_on", "finding", "stops_from", "note")
        widgets = {"note": forms.Textarea}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        room: Any = self.fields["room"]
        room.queryset = self.instance.premises.rooms.order_by("valid_from", "name", "pk")
        room.empty_label = "全部房间"
        room.label_from_instance = named
        room.help_text = ""
        self.fields[
            "stops_from"
        ].help_text = "占用、挪用、损坏开始的日期。占用、改作他用、损坏的填，其他不填"
        self.initial["inspected_on"] = timezone.localdate()

    def clean(self):
        super().clean()
        given, premises = self.cleaned_data, self.instance.premises
        stops = given.get("finding") in STOPPING and given.get("stops_from")
        if self.errors:
            return given
        trial = Inspection(
            premises=premises,
            room=given.get("room"),
            inspected_on=given["inspected_on"],
            stops_from=stops or None,
        )
        try:
            check_days(trial, premises, timezone.localdate())
            if stops:
                check_stopped_once(trial)
        except ValidationError as wrong:
            self.add_error(None, wrong)
        return given

    def _post_clean(self):
        super()._post_clean()
        ask_again(self, "photos")


def named(room):
    """A room with its use and area; one that has ended with its last day."""
    said = f"{room.name}（{room.get_use_display()}，{room.building_m2:,}㎡"
    return f"{said}，至{room.valid_until}）" if room.valid_until else f"{said}）"


class OrderForm(SpaceForm):
    """A correction order on the inspection of its instance."""

    happened = ("issued_on",)
    blamed = "deadline"
    readers = {"doc_no": document_number}

    class Meta:
        model = CorrectionOrder
        fields = ("addressed_to", "demand", "issued_on", "deadline", "doc_no")
        widgets = {"demand": forms.Textarea}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["issued_on"] = timezone.localdate()
        self.fields["doc_no"].help_text = "如：东昌民函〔2026〕8号，没有不填"

    def clean_issued_on(self):
        issued, seen = self.cleaned_data["issued_on"], self.instance.inspection.inspected_on
        if issued < seen:
            raise ValidationError(f"下达日期{issued}早于巡查日期{seen}。改下达日期")
        return issued

    def clean_deadline(self):
        deadline, issued = self.cleaned_data["deadline"], self.cleaned_data.get("issued_on")
        if issued and deadline < issued:
            raise ValidationError(f"整改期限{deadline}早于下达日期{issued}。改其中一个")
        return deadline


class StepForm(Versioned, HouseFields, forms.Form):
    """A step on a record with words of its own; `version` is that of the record."""

    outcome = forms.CharField(label="意见", max_length=300, required=False)

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = record.version
        refuse_mobiles(self.fields)

    @property
    def said(self) -> str:
        """What is wrong, in one sentence."""
        return "；".join(str(error) for errors in self.errors.values() for error in errors)


class ReportForm(StepForm):
    """What was done on an order, and from which day the rooms are used again."""

    happened = ("put_right_on",)
    field_order = ["put_right_on", "report", "photos"]

    put_right_on = forms.DateField(label="自何日起恢复使用")
    report = forms.CharField(
        label="整改情况", max_length=500, widget=forms.Textarea, help_text="写明怎样整改的"
    )
    photos = PhotosField(label="整改后的照片")

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        del self.fields["outcome"]
        self.fields["report"].initial = record.report

    def _post_clean(self):
        super()._post_clean()
        ask_again(self, "photos")


class WithdrawStepForm(StepForm):
    """Why a record that was typed by mistake is taken back."""

    outcome = forms.CharField(
        label="撤回原因", max_length=200, help_text="如：登记错了房间；不是这处用房"
    )


class InspectionFilter(forms.Form):
    """What of a list is shown; an unknown value is ignored and said."""

    def __init__(self, data, choices):
        super().__init__(data)
        self.offered = choices
        self.ignored: list[str] = []

    def chosen(self, name: str) -> str:
        """The value of a filter if it is offered, else ''."""
        value = self.data.get(name, "").strip()
        if value and value not in self.offered[name][1]:
            label = self.offered[name][0]
            self.ignored.append(f"没有“{value[:20]}”这个{label}，已不按它筛选")
            return ""
        return value

    def selects(self):
        """The filters as components/choice.html takes them; those without choices are left out."""
        return [
            {
                "name": name,
                "label": label,
                "all_label": "全部",
                "choices": [
                    {"value": value, "label": text, "selected": value == self.data.get(name)}
                    for value, text in choices.items()
                ],
            }
            for name, (label, choices) in self.offered.items()
            if choices
        ]
