"""Forms of the list of handover: one line, and its removal."""

from __future__ import annotations

from django import forms

from communities.forms.editing import Versioned
from communities.forms.fields import HouseFields
from facilities.forms.fields import SpaceForm
from facilities.models import HandoverItem


class HandoverItemForm(SpaceForm):
    """移交清单的一项."""

    blamed = "building_m2"
    groups = (
        ("部位", ("name", "use")),
        ("面积", ("building_m2", "usable_m2", "above_ground_m2")),
        ("随同移交", ("keys", "condition", "change_reason")),
    )

    class Meta:
        model = HandoverItem
        fields = (
            "name",
            "use",
            "building_m2",
            "usable_m2",
            "above_ground_m2",
            "keys",
            "condition",
        )

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        building = cleaned.get("building_m2")
        for name in ("usable_m2", "above_ground_m2"):
            area = cleaned.get(name)
            if building is not None and area is not None and area > building:
                label = str(self.fields[name].label).removesuffix("（㎡）")
                said = f"{label}{area:,f}大于建筑面积{building:,f}。改其中一个"
                self.add_error(name, said)
        return cleaned


class RemoveForm(Versioned, HouseFields, forms.Form):
    """Taking a line off the list."""

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = record.version
