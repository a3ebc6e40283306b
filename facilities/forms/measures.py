"""Forms of measures: what is planned and who pays it, and how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from communities.choices import DecisionState
from communities.forms.fields import adopt
from facilities.choices import MeasureState
from facilities.forms.fields import SpaceForm, refuse_mobiles
from facilities.models import SpaceMeasure
from facilities.models.plans import PAYERS
from facilities.selectors.areas import square_metres
from facilities.selectors.plans_standing import Standing

PAID = tuple(f"{name}_yuan" for name in PAYERS)
ADJUSTING = "调整理由"


class MeasureForm(SpaceForm):
    """A measure; `standings` say by key of the community what it lacks."""

    blamed = "means"
    groups = (
        ("", ("community", "means", "year", "area_m2", "project")),
        ("费用", ("total_yuan", *PAID)),
        ("", ("remarks", "change_reason")),
    )

    total_yuan = forms.DecimalField(
        label="费用合计（元）", max_digits=14, decimal_places=2, min_value=0,
        help_text="各方承担的相加等于合计。无偿移交填0，租赁的填从年度起到计划截止年度的全部租金",
    )  # fmt: skip

    class Meta:
        model = SpaceMeasure
        fields = ("community", "year", "means", "area_m2", *PAID, "project", "remarks")

    def __init__(
        self,
        *args: Any,
        communities: Any,
        projects: Any,
        standings: Mapping[int, Standing],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        plan = self.instance.plan
        self._choose(communities, projects, standings)
        years = range(plan.first_year, plan.last_year + 1)
        self.fields["year"] = forms.TypedChoiceField(
            label="年度", choices=[(year, f"{year}年") for year in years], coerce=int
        )
        adopt(self.fields["year"])
        self.fields["year"].error_messages["invalid_choice"] = "没有这个年度，从列出的里面选"
        for name in PAID:
            self.fields[name].required = False
            # nobody pays yet: the default of the column is not what somebody said
            self.initial[name] = self.initial.get(name) or None
        if self.instance.pk:
            paid = (getattr(self.instance, name) for name in PAID)
            self.fields["total_yuan"].initial = sum(paid, Decimal(0))
        if plan.state == DecisionState.APPROVED:
            self._ask_reason()

    def _choose(self, communities: Any, projects: Any, standings: Mapping[int, Standing]) -> None:
        community: Any = self.fields["community"]
        community.queryset, community.empty_label = communities, "选择"
        community.label_from_instance = lambda one: named(one.short_name, standings.get(one.pk))
        project: Any = self.fields["project"]
        project.queryset, project.empty_label = projects, "没有"
        project.label_from_instance = lambda one: one.name
        self.fields["remarks"].help_text = "可不填"

    def _ask_reason(self) -> None:
        """In an approved plan what is saved is an adjustment."""
        reason = forms.CharField(
            label=ADJUSTING, max_length=200, help_text="计划已批准，记入调整记录"
        )
        adopt(reason)
        refuse_mobiles({"change_reason": reason})
        self.fields["change_reason"] = reason

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in PAID:
            if cleaned.get(name) is None and name not in self.errors:
                cleaned[name] = Decimal("0.00")
        if not {"total_yuan", *PAID} & {*self.errors}:
            self._check_sum(cleaned)
        return cleaned

    def _check_sum(self, cleaned: Mapping[str, Any]) -> None:
        total, parts = cleaned["total_yuan"], sum(cleaned[name] for name in PAID)
        if total != parts:
            off = total - parts
            word = f"少{off:,.2f}" if off > 0 else f"多{-off:,.2f}"
            said = f"各方承担相加{parts:,.2f}元，比费用合计{total:,.2f}元{word}元。改其中一个"
            self.add_error("total_yuan", said)


def named(name: str, standing: Standing | None) -> str:
    """A community with what helps to choose: what it lacks."""
    if standing is None or standing.gap is None:
        return f"{name}（不能测算）"
    if standing.gap > 0:
        return f"{name}（缺{square_metres(standing.gap):,}㎡）"
    return f"{name}（达标）"


class ProgressForm(SpaceForm):
    """How far a measure is; `wide`: the district's office, which also corrects and drops."""

    happened = ("done_on",)

    class Meta:
        model = SpaceMeasure
        fields = ("state", "done_on", "done_area_m2", "premises", "remarks")

    def __init__(self, *args: Any, premises: Any, wide: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state: Any = self.fields["state"]
        offered = MeasureState.values if wide else [MeasureState.UNDER_WAY, MeasureState.DONE]
        if self.instance.state not in offered:
            offered = [self.instance.state, *offered]
        state.choices = [(one, MeasureState(one).label) for one in offered]
        place: Any = self.fields["premises"]
        place.queryset, place.empty_label = premises, "还没有登记"
        self.fields["premises"].help_text = "用房台账里由这个项目形成的用房"
        self.fields["done_on"].help_text = "已完成的填写"
        self.fields["done_area_m2"].help_text = "已完成的填写"
        self.fields["remarks"].help_text = "可不填"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        done = cleaned.get("state") == MeasureState.DONE
        for name, label in (("done_on", "完成日期"), ("done_area_m2", "实际新增面积")):
            if name in self.errors:
                continue
            if done and not cleaned.get(name):
                self.add_error(name, f"已完成的填写{label}")
            if not done and cleaned.get(name) is not None:
                self.add_error(name, f"没有完成的不填{label}，删去或把进度改为已完成")
        if not done and cleaned.get("premises"):
            self.add_error("premises", "没有完成的不填对应用房，改选“还没有登记”")
        return cleaned
