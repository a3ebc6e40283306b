"""Forms of development projects: the record, the first move-in, cancelling, the board's filter."""

from __future__ import annotations

from typing import Any

from django import forms

from communities.forms.editing import Versioned
from communities.forms.fields import HouseFields
from facilities.choices import ProjectState, Stage
from facilities.forms.fields import SpaceForm, refuse_mobiles
from facilities.models import Project
from facilities.selectors.projects import Wanted

ALL = "all"
LONGEST_SEARCH = 40


class BoardFilter(forms.Form):
    """Which projects the board shows; an unknown value is ignored and said. divisions: by code."""

    state = forms.ChoiceField(choices=[(ALL, "全部"), *ProjectState.choices], required=False)
    stage = forms.ChoiceField(choices=[("", "全部"), *Stage.choices], required=False)
    division = forms.ChoiceField(required=False)
    overdue = forms.ChoiceField(choices=[("", "全部"), ("1", "逾期未移交")], required=False)
    q = forms.CharField(max_length=LONGEST_SEARCH, required=False)

    LABELS = {
        "state": "状态",
        "stage": "关口",
        "division": "地区",
        "overdue": "移交",
        "q": "查找内容",
    }

    def __init__(self, data, *, divisions):
        super().__init__(data)
        field: Any = self.fields["division"]
        field.choices = [("", "全部"), *divisions.items()]
        self.full_clean()

    @property
    def wanted(self) -> Wanted:
        """What is asked for: running projects unless another state is chosen."""
        chosen = self.cleaned_data
        state = chosen.get("state") or ProjectState.RUNNING.value
        return Wanted(
            state="" if state == ALL else state,
            stage=chosen.get("stage", ""),
            division=chosen.get("division", ""),
            overdue=chosen.get("overdue") == "1",
            sought=chosen.get("q", "").strip(),
        )

    @property
    def ignored(self) -> list[str]:
        return [
            f"没有“{self.data[name][:20]}”这个{self.LABELS[name]}，已不按它筛选"
            for name in self.errors
        ]

    def _offered(self, name: str) -> list[dict[str, object]]:
        """The choices of a field, as components/choice.html takes them."""
        field: Any = self.fields[name]
        chosen = self.cleaned_data.get(name)
        return [
            {"value": value, "label": label, "selected": value == chosen}
            for value, label in field.choices
            if value
        ]

    @property
    def states(self):
        # running ones are shown unless another state is chosen
        return [one for one in self._offered("state") if one["value"] != ProjectState.RUNNING]

    @property
    def stages(self):
        return self._offered("stage")

    @property
    def divisions(self):
        return self._offered("division")

    @property
    def overdues(self):
        return self._offered("overdue")


class ProjectForm(SpaceForm):
    """开发项目. streets: of the scope; communities and estates: of them, as of today."""

    blamed = "name"
    groups = (
        ("项目", ("street", "name", "developer", "location")),
        ("规模", ("area_kind", "planned_households", "gross_floor_area_m2")),
        ("建成以后", ("community", "estate")),
        ("", ("remarks", "change_reason")),
    )

    street = forms.ChoiceField(label="街道")

    class Meta:
        model = Project
        fields = (
            "name",
            "developer",
            "location",
            "area_kind",
            "planned_households",
            "gross_floor_area_m2",
            "community",
            "estate",
            "remarks",
        )
        widgets = {"remarks": forms.Textarea}

    def __init__(self, *args, streets, communities, estates, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk or len(streets) == 1:
            del self.fields["street"]
            self.instance.code = self.instance.code or streets[0].code
        else:
            listed = [("", "选择"), *((one.code, one.name) for one in streets)]
            street: Any = self.fields["street"]
            street.choices = listed
        names = {one.code: one.name for one in streets}
        self._offer("community", communities, names, lambda one: one.short_name)
        label = "{0.name}（{0.community.short_name}）"
        self._offer("estate", estates, names, label.format)
        hint = "用来测算物业服务用房，含地下面积的按规划文件填"
        self.fields["gross_floor_area_m2"].help_text = hint
        self.fields["planned_households"].help_text = "按它测算应有面积，在第一个关口以前就能看到"

    def _offer(self, name, rows, streets, label):
        """Offer rows, named with their street where there are several."""
        field: Any = self.fields[name]
        field.queryset = rows
        field.empty_label = "没有选"

        def named(one):
            street = streets.get(one.code[:9], "") if len(streets) > 1 else ""
            return f"{street} {label(one)}" if street else label(one)

        field.label_from_instance = named

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        self.instance.code = self.instance.code or cleaned.get("street", "")
        community, estate = cleaned.get("community"), cleaned.get("estate")
        for name, one in (("community", community), ("estate", estate)):
            if one is not None and self.instance.code and one.code[:9] != self.instance.code:
                self.add_error(name, f"{one}不在项目的街道，选这个街道的，或先不选")
        if community is not None and estate is not None and estate.community_id != community.pk:
            owner = estate.community.short_name
            self.add_error("estate", f"{estate}属于{owner}，改受益社区，或改小区")
        return cleaned


class MoveInForm(SpaceForm):
    """首批居民入住日."""

    happened = ("first_move_in_on",)

    class Meta:
        model = Project
        fields = ("first_move_in_on",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["first_move_in_on"]
        field.help_text = "第一户居民入住的日期，移交期限从它算起。填错的可以清空"
        reason = self.fields["change_reason"]
        reason.help_text = "早于竣工验收的、更正已登记的，写明依据。记入修改记录"


class CancelForm(Versioned, HouseFields, forms.Form):
    """取消项目, with its reason."""

    reason = forms.CharField(label="取消原因", max_length=200)

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = record.version
        refuse_mobiles(self.fields)
