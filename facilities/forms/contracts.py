"""The form of a contract of premises: a purchase, a lease or a loan."""

from __future__ import annotations

from django import forms

from communities.choices import Tenure
from facilities.choices import ContractKind
from facilities.forms.fields import SpaceForm
from facilities.models import Contract

# what each kind asks for, and what it has no place for
ASKED = {
    ContractKind.PURCHASE: ("price_yuan",),
    ContractKind.RENT: ("monthly_rent_yuan", "valid_from"),
    ContractKind.LOAN: (),
}
UNASKED = {
    ContractKind.PURCHASE: ("monthly_rent_yuan", "valid_from", "valid_until"),
    ContractKind.RENT: ("price_yuan",),
    ContractKind.LOAN: ("price_yuan", "monthly_rent_yuan"),
}
# how premises are had that have a contract of a kind
FITTING = {
    ContractKind.PURCHASE: Tenure.BOUGHT,
    ContractKind.RENT: Tenure.RENTED,
    ContractKind.LOAN: Tenure.LENT,
}


class ContractForm(SpaceForm):
    """合同 of premises; one that does not fit how they are had is asked about."""

    happened = ("signed_on",)
    groups = (
        ("合同", ("kind", "number", "party", "signed_on", "area_m2")),
        ("购买", ("price_yuan",)),
        ("租赁、借用", ("monthly_rent_yuan", "valid_from", "valid_until")),
    )

    otherwise_had = forms.BooleanField(label="合同类别没有填错", required=False)

    class Meta:
        model = Contract
        fields = (
            "kind", "number", "party", "signed_on", "area_m2", "price_yuan", "monthly_rent_yuan",
            "valid_from", "valid_until", "remarks",
        )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        first, last = self.fields["valid_from"], self.fields["valid_until"]
        first.label, first.help_text = "起租（起借）日期", ""
        last.label = "到期日期"
        last.help_text = "从这一天起不再租用，如租到12月31日的填次年1月1日；没有约定的空着"
        self.fields["price_yuan"].help_text = "购买合同填"
        self.fields["monthly_rent_yuan"].help_text = "租赁合同填，每月的租金"
        self._question = self.fields["otherwise_had"]
        if "otherwise_had" not in self.data:
            del self.fields["otherwise_had"]

    @property
    def blamed(self):
        return "valid_from" if self.cleaned_data.get("kind") == ContractKind.RENT else "kind"

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        kind = cleaned.get("kind")
        if not kind:
            return cleaned
        label = ContractKind(kind).label
        for name in ASKED[ContractKind(kind)]:
            if cleaned.get(name) is None and name not in self.errors:
                self.add_error(name, f"{label}合同填写{self._called(name)}")
        for name in UNASKED[ContractKind(kind)]:
            if cleaned.get(name) is not None:
                self.add_error(name, f"{label}合同没有{self._called(name)}。清空，或改合同类别")
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        if first and last and last <= first:
            self.add_error("valid_until", f"到期日期{last}不晚于起始日期{first}。改其中一个")
        self._ask_fitting(ContractKind(kind))
        return cleaned

    def _ask_fitting(self, kind):
        """Ask about a contract of premises that are had otherwise, once nothing else is wrong."""
        premises, fitting = self.instance.premises, FITTING[kind]
        asked = not self.instance.pk or "kind" in self.changed_data
        if self.errors or not asked or premises.acquisition == fitting:
            return
        if not self.cleaned_data.get("otherwise_had"):
            self.fields["otherwise_had"] = self._question
            self.add_error(
                "otherwise_had",
                f"用房的取得方式是“{premises.get_acquisition_display()}”，合同类别是“{kind.label}”。"
                f"核对合同类别，或先把取得方式改为“{fitting.label}”；没有填错的，勾选后再登记",
            )

    def _called(self, name):
        return str(self.fields[name].label).removesuffix("（元）")
