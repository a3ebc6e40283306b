"""Forms of the admin: communities, yearly facts, and the upload of a division file."""

from typing import Any

from django import forms

from accounts.models import User
from accounts.scope import contains
from accounts.typed import decode
from communities.models import AnnualFacts, Community, Division, FormerDesignation
from communities.services import describe
from communities.services.rows import name_mistake
from communities.typed import check_no_identity_number

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


BY_ACTS = {
    "code": "代码在“变更”里改，改后旧代码仍可查",
    "name": "更名在“变更”里办理。只更正错字的，重新导入区划文件",
    "valid_from": "设立的日期由“变更”的批复定",
    "valid_until": "停用、恢复在“变更”里办理",
}


class CommunityForm(PlaceForm):
    """A community; once it is there, its code, name and days change by acts only."""

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
        for name in BY_ACTS.keys() & self.fields.keys() if self.instance.pk else ():
            self.fields[name].disabled = True
            self.fields[name].help_text = BY_ACTS[name]

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
    """A year's facts; what was stored after the form was opened is said before it is replaced."""

    opened_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = AnnualFacts
        fields = [name for names in FACTS_GROUPS.values() for name in names]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "opened_version" in self.fields:
            self.fields["opened_version"].initial = self.instance.version

    def clean_remarks(self) -> str:
        text: str = self.cleaned_data["remarks"]
        check_no_identity_number(text)
        return text

    def clean(self) -> dict[str, Any]:
        """Refuse what was opened at another version than the present one, which is held."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        opened = cleaned.pop("opened_version", None)
        present = AnnualFacts.objects.select_for_update(of=("self",)).get(pk=self.instance.pk)
        if opened != present.version:
            self.add_error(None, self._replaced(present, cleaned))
            # sent again it is for the facts as they are now
            posted: Any = self.data
            data = posted.copy()
            data[self.add_prefix("opened_version")] = str(present.version)
            self.data = data
        return cleaned

    def _replaced(self, present: AnnualFacts, typed: dict[str, Any]) -> str:
        """What is stored now where the form says something else."""
        others = [
            f"{self.fields[name].label}现在是{_stored(present, name)}"
            for name, value in typed.items()
            if getattr(present, name) != value
        ]
        said = f"，和你填的不同的有：{'，'.join(others)}" if others else ""
        return f"你打开以后，这条数据有了新的修改{said}。核对以后再保存"

    def save(self, commit: bool = True) -> Any:
        if self.has_changed():
            self.instance.version += 1
        return super().save(commit)


def _stored(facts: AnnualFacts, name: str) -> str:
    """A stored value as people read it."""
    value = getattr(facts, name)
    field: Any = AnnualFacts._meta.get_field(name)
    chosen = dict(field.flatchoices)
    return "空" if value in (None, "") else str(chosen.get(value, value))


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
