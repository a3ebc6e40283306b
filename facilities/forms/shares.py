"""The form of shares: which communities of the street use premises from a day on."""

from __future__ import annotations

from decimal import Decimal
from math import gcd

from django import forms
from django.utils import timezone

from communities.forms.fields import adopt
from facilities.forms.fields import SpaceForm
from facilities.models import Premises
from facilities.models.premises import MOST_PARTS

BY_PARTS, BY_AREA = "parts", "area"
MOST_M2 = Decimal("99999999.99")


class SharesForm(SpaceForm):
    """份额 from a day on, as parts or as areas; `parts` of `whole` by key of the community.

    communities: those of the street that may share; present: parts now, by key.
    """

    by = forms.ChoiceField(
        label="填写方式",
        choices=[(BY_PARTS, "按份数"), (BY_AREA, "按面积（㎡）")],
        help_text="份数如1份、2份；按面积的填各社区使用的建筑面积",
    )
    total = forms.DecimalField(
        label="总数",
        max_digits=10,
        decimal_places=2,
        min_value=Decimal("0.01"),
        max_value=MOST_M2,
        help_text="总份数或总面积；各社区合计少于总数的，余下的不计入任何社区",
    )
    since = forms.DateField(
        label="自何日起",
        required=False,
        help_text="先前的份额到这一天为止；空着从用房启用起，先前的全部替换",
    )

    class Meta:
        model = Premises
        fields = ()

    def __init__(self, *args, communities, present, **kwargs):
        super().__init__(*args, **kwargs)
        self.communities = list(communities)
        self.fields["total"].initial = self.instance.total_parts
        self.fields["since"].initial = timezone.localdate() if present else None
        for one in self.communities:
            field = forms.DecimalField(
                label=one.short_name,
                max_digits=10,
                decimal_places=2,
                min_value=Decimal(0),
                max_value=MOST_M2,
                required=False,
                initial=present.get(one.pk),
            )
            adopt(field)
            self.fields[f"of_{one.pk}"] = field
        reason = self.fields.pop("change_reason")
        self.fields["change_reason"] = reason

    def grouped(self):
        names = {f"of_{one.pk}" for one in self.communities}
        yield "份额", [self[name] for name in ("by", "total", "since")]
        yield "各社区", [self[name] for name in self.fields if name in names]
        yield "", [self["change_reason"]]

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        given: dict[int, Decimal] = {
            one.pk: number for one in self.communities if (number := cleaned.get(f"of_{one.pk}"))
        }
        total = cleaned.get("total")
        self.parts, self.whole = {}, 1
        if self.errors or total is None:
            return cleaned
        if not given:
            raise forms.ValidationError("没有社区使用这处用房。至少填一个社区；都不用的，终止用房")
        if sum(given.values()) > total:
            said = f"各社区合计{sum(given.values()):,f}，大于总数{total:,f}。改小其中一个，或改总数"
            self.add_error("total", said)
        elif cleaned["by"] == BY_PARTS:
            self._whole(given, total)
        else:
            self._set(given, total, 100)
        return cleaned

    def _whole(self, given, total):
        for name, number in [("total", total), *((f"of_{key}", n) for key, n in given.items())]:
            if number != number.to_integral_value():
                said = f"份数{number}不是整数。改成整数，或选“按面积”"
                self.add_error(name, said)
        if not self.errors:
            self._set(given, total, 1)

    def _set(self, given, total, scale):
        parts = {key: int(number * scale) for key, number in given.items()}
        whole = int(total * scale)
        by = gcd(whole, *parts.values())
        self.parts = {key: number // by for key, number in parts.items()}
        self.whole = whole // by
        if self.whole > MOST_PARTS:
            self.add_error("total", f"{total:,f}分得太细。面积改成整平方米，或改填份数")
