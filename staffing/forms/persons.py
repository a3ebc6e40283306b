"""Forms of persons: the columns of a file with identity number and telephone; certificates."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.forms import DeclarativeFieldsMetaclass
from django.forms.models import fields_for_model
from django.utils import timezone

from communities.forms.editing import EditForm
from communities.forms.fields import adopt
from communities.typed import check_happened
from staffing import typed
from staffing.choices import CertificateLevel, Education
from staffing.models import Certificate, Person

# every column of a file that people fill in, in the order of a form
COLUMNS = (
    "name",
    "sex",
    "born_in",
    "ethnicity",
    "political_status",
    "full_time_education",
    "highest_education",
    "highest_education_on",
    "school",
    "major",
    "joined_on",
    "leads_collective",
    "remarks",
)
GROUPS = (
    ("基本情况", ("name", "identity_number", "sex", "born_in", "ethnicity", "political_status")),
    (
        "学历和经历",
        (
            "full_time_education",
            "highest_education",
            "highest_education_on",
            "school",
            "major",
            "joined_on",
            "leads_collective",
        ),
    ),
    ("联系和备注", ("phone", "remarks")),
)
HINTS = {
    "highest_education": "在职教育取得的也算；与全日制相同的选同一项",
    "highest_education_on": "这一天以前按全日制学历；全日制毕业就有的空着",
    "leads_collective": "用来核对是否同时任居委会成员",
    "joined_on": "开始在社区工作的日期，社区工作年限按它算",
}


def refuse_telephones(fields: dict[str, forms.Field], names: Sequence[str]) -> None:
    """Let free texts hold no mobile telephone, and names of persons no digit."""
    for name in names:
        if isinstance(fields.get(name), forms.CharField):
            check = typed.check_name if name == "name" else typed.check_no_mobile
            fields[name].validators.append(check)


class TextField(forms.Field):
    """A field with a reader of its own; its text is not looked through for identity numbers."""

    widget = forms.TextInput

    def __init__(self, *args, read, **kwargs):
        super().__init__(*args, **kwargs)
        self.read = read

    def to_python(self, value):
        return self.read(value) if isinstance(value, str) else value or ""


class MonthField(forms.Field):
    """A month, typed as 1985-06 or a day of it, kept as its first day."""

    widget = forms.TextInput(attrs={"placeholder": "1985-06", "inputmode": "numeric"})

    def to_python(self, value):
        if isinstance(value, str):
            return typed.month(value) if value.strip() else None
        return value

    def prepare_value(self, value):
        return value if isinstance(value, str) or value is None else f"{value:%Y-%m}"


class PersonFields(metaclass=DeclarativeFieldsMetaclass):
    """A mixin of forms with which a person is registered, alone or together with an act.

    It stands first: `class EntryForm(PersonFields, TypedForm)`. `person_values` are columns for
    `services.persons.add_person`; the cleaned `identity_number` and `phone` go there apart. What
    was typed stands in the answer where a form is shown again, and nowhere else.
    """

    identity_number = TextField(
        label="身份证号",
        read=typed.identity_number,
        required=False,
        help_text="18位。只用来核对是否重复登记，页面只显示后四位",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    born_in = MonthField(
        label="出生年月", required=False, help_text="如1985-06；填了身份证号可空着"
    )
    phone = TextField(
        label="电话",
        read=typed.phone_number,
        required=False,
        help_text="手机号或固定电话，页面只显示前三位和后四位",
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in fields_for_model(Person, COLUMNS).items():
            if field is not None and name not in self.fields:
                self.fields[name] = field
                adopt(field)
        refuse_telephones(self.fields, COLUMNS)
        for name, hint in HINTS.items():
            self.fields[name].help_text = hint
        self.fields["sex"].required = False
        self.fields["ethnicity"].initial = "汉族"
        first = [name for _, names in GROUPS for name in names]
        self.order_fields([*first, *self.fields])  # type: ignore[attr-defined]

    @property
    def person_values(self) -> dict[str, Any]:
        """The columns of the person, as cleaned."""
        return {name: self.cleaned_data[name] for name in COLUMNS}

    def clean(self):
        cleaned = super().clean() or self.cleaned_data  # type: ignore[misc]
        self._match_identity_number(cleaned)
        self._check_education(cleaned)
        self._check_days(cleaned)
        return cleaned

    def _match_identity_number(self, cleaned):
        """Fill sex and month of birth from the number; where both are given they must agree."""
        number = cleaned.get("identity_number")
        for name, what, read in (
            ("sex", "性别", typed.sex_of),
            ("born_in", "出生年月", typed.born_in_of),
        ):
            if name in self.errors:  # type: ignore[attr-defined]
                continue
            given, meant = cleaned.get(name), read(number) if number else None
            if not given and meant is None:
                verb = "选择" if name == "sex" else "填写"
                self._blame(name, f"{verb}{what}，或填写身份证号")
            elif not given:
                cleaned[name] = meant
            elif meant is not None and given != meant:
                self._blame(name, f"{what}与身份证号不一致。核对证件，改其中一项")

    def _check_education(self, cleaned):
        levels = Education.values  # the lowest first
        first, highest = cleaned.get("full_time_education"), cleaned.get("highest_education")
        if first and highest and levels.index(highest) < levels.index(first):
            self._blame("highest_education", "最高学历低于全日制学历。改其中一项")
        if cleaned.get("highest_education_on") and not highest:
            self._blame("highest_education", "填了取得日期，选择最高学历")

    def _check_days(self, cleaned):
        born = cleaned.get("born_in")
        for name in ("highest_education_on", "joined_on"):
            day = cleaned.get(name)
            if day is None:
                continue
            if born and day <= born:
                self._blame(name, f"{day}不晚于出生年月。改其中一项")
            try:
                check_happened(day, timezone.localdate())
            except ValidationError as error:
                self.add_error(name, error)  # type: ignore[attr-defined]

    def _blame(self, name, said):
        self.add_error(name, ValidationError(said))  # type: ignore[attr-defined]


class PersonForm(PersonFields, EditForm):
    """修改人员: the file of one person; an empty number or telephone leaves what is registered."""

    groups = GROUPS

    class Meta:
        model = Person
        fields = COLUMNS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, mask in (
            ("identity_number", self.instance.identity_mask),
            ("phone", self.instance.phone_mask),
        ):
            if mask:
                self.fields[name].help_text = f"已登记{mask}，空着不改"


class CertificateForm(EditForm):
    """证书 of a person."""

    happened = ("issued_on",)

    class Meta:
        model = Certificate
        fields = ("level", "name", "registration_no", "issued_on", "expires_on")

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("level") == CertificateLevel.OTHER and not cleaned.get("name"):
            self.add_error("name", "写明证书名称")
        return cleaned
