"""Forms of the profile: what a clerk registers of a community, and who answers for it."""

from django import forms
from django.core.exceptions import ValidationError

from communities import typed
from communities.forms.editing import EditForm
from communities.models import Community, Contact
from communities.selectors.profile import MOST_TAGS, same_credit_code, tags_in_use

LONGEST_TAG = 16


def credit_code(text: str) -> str:
    code = typed.credit_code(text)
    typed.check_credit_code(code)
    return code


def doc_no(text: str) -> str:
    return typed.clean_doc_no(typed.line(text))


def tags(text: str) -> list[str]:
    found = typed.names(text)
    if (more := len(found) - MOST_TAGS) > 0:
        raise ValidationError(f"写了{len(found)}个标签，最多{MOST_TAGS}个。删去{more}个")
    for tag in found:
        if len(tag) > LONGEST_TAG:
            raise ValidationError(
                f"标签“{typed.shown(tag)}”有{len(tag)}个字，最多{LONGEST_TAG}个字，缩短后再保存"
            )
    return found


class ProfileForm(EditForm):
    """登记资料, but for codes, names and days, which change by acts only."""

    groups = (
        ("分类", ("kind", "area_kind", "urban_rural_class", "tags")),
        ("登记和设立", ("credit_code", "set_up_on", "set_up_doc_no")),
        (
            "四至和面积",
            ("boundary_east", "boundary_south", "boundary_west", "boundary_north", "area_km2"),
        ),
        ("办公", ("address", "remarks")),
    )
    readers = {"credit_code": credit_code, "set_up_doc_no": doc_no, "tags": tags}
    happened = ("set_up_on",)

    class Meta:
        model = Community
        fields = (
            "kind",
            "area_kind",
            "urban_rural_class",
            "tags",
            "credit_code",
            "set_up_on",
            "set_up_doc_no",
            "boundary_east",
            "boundary_south",
            "boundary_west",
            "boundary_north",
            "area_km2",
            "address",
            "remarks",
        )
        widgets = {"remarks": forms.Textarea}

    def __init__(self, *args, user, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.on = on
        self.fields["tags"].widget.attrs["list"] = "tags-in-use"

    def suggested_tags(self) -> list[str]:
        """What the field of tags may be completed to: its tags and one that others have."""
        given = list(self.instance.tags)
        known = tags_in_use(self.user, self.instance.code)
        return ["、".join([*given, tag]) for tag in known if tag not in given]

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        code = cleaned.get("credit_code", "")
        if code and "credit_code" in self.changed_data and not cleaned.get("change_reason"):
            self._ask_why_twice(same_credit_code(self.user, self.instance, code, self.on))
        return cleaned

    def _ask_why_twice(self, others):
        if others:
            names = "、".join(f"{one.short_name}（{one.code}）" for one in others[:3])
            said = f"统一社会信用代码与{names}相同。核对证书，确实相同的写明修改依据"
            self.add_error("change_reason", said)


class ContactForm(EditForm):
    """责任人. When somebody leaves, the day is entered; whoever follows is a row of its own."""

    readers = {"office_phone": typed.phone}

    class Meta:
        model = Contact
        fields = ("duty", "name", "office", "office_phone", "valid_until")
        help_texts = {
            "office_phone": "如：0635-8321234",
            "valid_until": "不再担任的，填从哪一天起",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            del self.fields["valid_until"]
