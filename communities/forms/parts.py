"""Forms of a community's parts, with the checks across their fields."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils import timezone

from communities.choices import ArchiveKind, Management, OrganisationKind
from communities.forms.editing import EditForm
from communities.models import (
    ArchiveEntry,
    Building,
    Estate,
    EstateMeeting,
    Grid,
    Organisation,
)
from communities.selectors.estates import namesakes
from communities.typed import clean_doc_no

LONGEST_TEXT = 40


class PartForm(EditForm):
    """A form of one part. `blamed` is the field at which constraints are said."""

    blamed = "name"

    def __init__(self, *args, user=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self):
        return super().clean() or self.cleaned_data

    def _post_clean(self):
        super()._post_clean()
        said = self.errors.pop(NON_FIELD_ERRORS, None)
        if said:
            name = self.blamed if self.blamed in self.fields else None
            self.add_error(name, list(said))

    def _at_most(self, less: str, more: str) -> None:
        """Say at a field that its figure is above that of another."""
        first, second = self.cleaned_data.get(less), self.cleaned_data.get(more)
        if first is None or second is None or first <= second:
            return
        labels = [self.fields[name].label for name in (less, more)]
        self.add_error(
            less, f"{labels[0]}{first:,}多于{labels[1]}{second:,}。改小{labels[0]}，或改{labels[1]}"
        )


class EstateForm(PartForm):
    """小区 with its four bodies."""

    groups = (
        ("基本情况", ("name", "kind", "is_new", "address", "built_year")),
        (
            "规模和入住",
            (
                "building_count",
                "gross_floor_area_m2",
                "dwellings",
                "completed_dwellings",
                "occupied_dwellings",
                "households",
            ),
        ),
        (
            "四位一体",
            (
                "has_party_branch",
                "has_residents_group",
                "has_owners_committee",
                "management",
                "management_name",
            ),
        ),
    )
    another = forms.BooleanField(label="确为另一小区", required=False)

    class Meta:
        model = Estate
        fields = (
            "name",
            "kind",
            "is_new",
            "address",
            "built_year",
            "building_count",
            "gross_floor_area_m2",
            "dwellings",
            "completed_dwellings",
            "occupied_dwellings",
            "households",
            "has_party_branch",
            "has_residents_group",
            "has_owners_committee",
            "management",
            "management_name",
            "remarks",
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._question = self.fields["another"]
        if "another" not in self.data:
            del self.fields["another"]

    def clean(self):
        cleaned = super().clean()
        self._at_most("completed_dwellings", "dwellings")
        self._at_most("occupied_dwellings", "completed_dwellings")
        if cleaned.get("completed_dwellings") is None:
            self._at_most("occupied_dwellings", "dwellings")
        self._check_year()
        self._check_management()
        self._check_namesakes()
        return cleaned

    @property
    def reason(self) -> str:
        if self.cleaned_data.get("another"):
            return super().reason or "与其他社区的小区同名，经核对确为另一小区"
        return super().reason

    def _check_year(self):
        built, today = self.cleaned_data.get("built_year"), timezone.localdate()
        if built is not None and built > today.year:
            self.add_error("built_year", f"{built}年还没有到。还没有建成的空着")

    def _check_management(self):
        kind, name = self.cleaned_data.get("management"), self.cleaned_data.get("management_name")
        if not name or kind == Management.COMPANY or "management" in self.errors:
            return
        chosen = f"物业选的是“{Management(kind).label}”" if kind else "物业还没有选"
        self.add_error(
            "management_name",
            f"{chosen}，却填了物业服务企业名称“{name}”。物业改选“物业服务企业”，或清空名称",
        )

    def _check_namesakes(self):
        """The same estate may not stand in two communities, unless it is another one."""
        name = self.cleaned_data.get("name")
        asked = not self.instance.pk or "name" in self.changed_data
        if not name or not asked or self.cleaned_data.get("another"):
            return
        others = namesakes(self.user, self.instance.community, name) if self.user else []
        if others:
            where = "、".join(f"{one.short_name}（{one.code}）" for one in others)
            self.fields["another"] = self._question
            self.add_error(
                "another",
                f"{where}已经登记了同名的小区“{name}”。同一个小区只登记在一个社区；"
                "确为另一小区的，勾选后再保存",
            )


class BuildingForm(PartForm):
    class Meta:
        model = Building
        fields = ("name", "units", "floors", "households", "remarks")


class MeetingForm(PartForm):
    happened = ("held_on",)

    class Meta:
        model = EstateMeeting
        fields = ("held_on", "subject", "attended_by", "decided", "remarks")
        widgets = {"decided": forms.Textarea}


class GridForm(PartForm):
    class Meta:
        model = Grid
        fields = ("name", "number", "extent", "households", "worker", "remarks")


class OrganisationForm(PartForm):
    happened = ("set_up_on",)
    readers = {"set_up_doc_no": clean_doc_no}

    class Meta:
        model = Organisation
        fields = (
            "kind",
            "name",
            "leader",
            "members",
            "term_ends_on",
            "set_up_on",
            "set_up_doc_no",
            "registration_no",
            "remarks",
        )

    @property
    def blamed(self):
        committee = self.cleaned_data.get("kind") == OrganisationKind.RESIDENTS_COMMITTEE
        return "kind" if committee else "name"

    def clean(self):
        cleaned = super().clean()
        begun, ends = cleaned.get("set_up_on"), cleaned.get("term_ends_on")
        if begun and ends and ends <= begun:
            self.add_error(
                "term_ends_on", f"本届任期到{ends}，不晚于成立日期{begun}。改其中一个日期"
            )
        return cleaned


class ArchiveEntryForm(PartForm):
    happened = ("happened_on",)
    blamed = "title"

    class Meta:
        model = ArchiveEntry
        fields = ("kind", "title", "happened_on", "organiser", "attendance", "text", "remarks")
        widgets = {"text": forms.Textarea}


class EndForm(PartForm):
    """From which day a part no longer counts, and why; of an ended one also: no longer ended."""

    blamed = "valid_until"
    happened = ("valid_until",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        day, reason = self.fields["valid_until"], self.fields["change_reason"]
        day.label, day.help_text = "注销日期", "从这一天起不再计入"
        reason.label, reason.help_text = "原因", "记入修改记录"
        reason.required = True
        if self.instance.valid_until is None:
            day.required = True
            self.initial["valid_until"] = timezone.localdate()
        else:
            day.help_text = "从这一天起不再计入；清空表示没有注销，恢复登记"
        for field in (day, reason):
            field.error_messages["required"] = f"填写{field.label}"


def end_form(model):
    """The form that ends a part of a model."""
    return forms.modelform_factory(model, form=EndForm, fields=["valid_until"])


class ArchiveFilter(forms.Form):
    """Filters of the archive; an unknown value is ignored and said."""

    kind = forms.ChoiceField(required=False, choices=ArchiveKind.choices)
    year = forms.IntegerField(required=False, min_value=1949, max_value=2199)
    q = forms.CharField(required=False, max_length=LONGEST_TEXT)

    def __init__(self, data):
        super().__init__(data)
        self.full_clean()

    @property
    def ignored(self) -> list[str]:
        """Sentences about values in the address that could not be used."""
        said = []
        for name, what in (("kind", "类别"), ("year", "年份")):
            if name in self.errors:
                said.append(f"没有“{self.data[name][:20]}”这个{what}，已不按它筛选")
        if "q" in self.errors:
            said.append("查找的文字超过40个字，或有不能查找的字符，已不按文字筛选")
        return said
