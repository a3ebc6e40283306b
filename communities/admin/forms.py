"""Forms of the admin: communities, yearly facts, and the upload of a division file."""

from typing import Any

from django import forms

from accounts.models import User
from accounts.scope import contains
from accounts.typed import decode
from communities.models import AnnualFacts, Community, Division, FormerDesignation
from communities.services import describe
from communities.services.rows import name_mistake

UPLOAD_LIMIT = 10 * 1024 * 1024


class PlaceForm(forms.ModelForm):
    """A place whose code lies inside the scope of the person at the keyboard."""

    by: User

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        own = self.by.scope
        if not contains(own, code):
            raise forms.ValidationError(f"代码{code}不在你的辖区{own}内。改成辖区内的代码")
        return code

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if mistake := name_mistake(name):
            raise forms.ValidationError(mistake)
        return name


class DivisionForm(PlaceForm):
    class Meta:
        model = Division
        fields = [
            "code",
            "name",
            "level",
            "central_urban",
            "poor_county",
            "street_tier",
            "valid_from",
            "valid_until",
        ]


class CommunityForm(PlaceForm):
    """A community; its code is given once, because the facts of each year keep it."""

    class Meta:
        model = Community
        fields = [
            "code",
            "name",
            "area_kind",
            "kind",
            "urban_rural_class",
            "valid_from",
            "valid_until",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "code" in self.fields:
            self.fields["code"].disabled = True
            self.fields["code"].help_text = "代码在“变更”里改，改后旧代码仍可查"
            self.fields["name"].help_text = "只更正错字，以前年度也随着改。更名在“变更”里办理"

    def _post_clean(self) -> None:
        # What follows from the name is set before the model checks itself.
        if "name" in self.cleaned_data:
            describe(self.instance, self.cleaned_data["name"])
        super()._post_clean()  # type: ignore[misc]

    def clean(self) -> dict[str, Any]:
        """Refuse a new community under a code that another had at the time."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        code, since = cleaned.get("code"), cleaned.get("valid_from")
        if self.instance.pk is None and code:
            held = FormerDesignation.objects.filter(code=code).order_by("-valid_until").first()
            if held and (since is None or since < held.valid_until):
                day = held.valid_until
                message = f"{held.short_name}到{day}前用这个代码。“自何日起”改为{day}或以后"
                self.add_error("code", message)
        return cleaned


FACTS_GROUPS = {
    "状态": ["status"],
    "户数": [
        "households",
        "households_registered",
        "households_resident",
        "households_occupied",
        "households_recorded",
        "new_households",
        "population_registered",
        "population_resident",
    ],
    "住区": [
        "area_kind",
        "central_urban",
        "poor_county",
        "street_tier",
        "gross_floor_area_m2",
        "dwellings",
        "completed_dwellings",
        "occupied_dwellings",
        "first_move_in_on",
        "grids",
    ],
    "用房": [
        "premises_tenure",
        "premises_area_m2",
        "premises_usable_area_m2",
        "premises_above_ground_area_m2",
        "work_area_m2",
        "service_area_m2",
        "property_area_m2",
        "service_halls",
        "contract_price_yuan",
        "contract_rent_yuan",
        "rented_months",
    ],
    "人员": [
        "residents_committees",
        "committee_members_in_post",
        "resident_members",
        "party_members_in_post",
        "community_workers_in_post",
        "extra_workers",
        "social_organisations",
    ],
    "经费": ["social_insurance_yuan", "received_yuan", "remarks"],
}
FACTS_FIELDSETS: list[tuple[str, Any]] = [
    (title, {"fields": names}) for title, names in FACTS_GROUPS.items()
]


class AnnualFactsForm(forms.ModelForm):
    class Meta:
        model = AnnualFacts
        fields = [name for names in FACTS_GROUPS.values() for name in names]

    def save(self, commit: bool = True) -> Any:
        if self.has_changed():
            self.instance.version += 1
        return super().save(commit)


class UploadForm(forms.Form):
    file = forms.FileField(
        label="区划文件",
        help_text="CSV，表头为：代码,名称。不超过10MB",
        error_messages={
            "required": "选择一个不超过10MB的CSV文件",
            "empty": "文件是空的。选择有内容的CSV文件",
        },
    )

    def clean_file(self) -> Any:
        """Keep the text of the file beside it, decoded."""
        file = self.cleaned_data["file"]
        if file.size > UPLOAD_LIMIT:
            raise forms.ValidationError(
                f"文件有{file.size / 1024 / 1024:.1f}MB。分成几个不超过10MB的文件"
            )
        try:
            self.cleaned_data["text"] = decode(file.read())
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        return file
