"""Forms of papers: a file with what it is, and the reason for taking one down."""

import uuid

from django import forms
from django.conf import settings

from accounts.models import SubmittedForm
from communities import typed
from communities.choices import PaperKind
from communities.forms.editing import EditForm, LenientUUIDField, key_of_content
from communities.forms.fields import TypedForm
from communities.models import Paper
from communities.services.paper_files import ACCEPTED, TYPES
from communities.services.papers import checked, same_paper, same_sentence

ACCEPT = ",".join(f".{extension}" for extension in TYPES)


def document_number(text: str) -> str:
    return typed.clean_doc_no(typed.line(text))


class PaperForm(EditForm):
    """A file and what it is; `instance` says whose: Paper(community=…, archive_entry=…) or act=….

    `paper` gives what communities.services.papers.add_paper takes of it.
    """

    field_order = ["file", "kind", "title", "doc_no", "issued_on"]
    happened = ("issued_on",)
    readers = {"doc_no": document_number}

    file = forms.FileField(
        label="文件",
        allow_empty_file=True,  # refused by our own words
        widget=forms.FileInput({"accept": ACCEPT}),
        error_messages={"invalid": "没有收到文件，重新选择文件"},
    )

    class Meta:
        model = Paper
        fields = ["kind", "title", "doc_no", "issued_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        megabytes = settings.PAPER_SIZE_LIMIT // (1024 * 1024)
        self.fields["file"].help_text = f"{ACCEPTED}，不超过{megabytes}MB，不含居民姓名和证件号"
        self.fields["title"].required = False
        self.fields["title"].help_text = "不填用文件名"
        self.fields["doc_no"].help_text = "如：东政字〔2026〕8号，没有不填"

    def clean_file(self):
        return checked(self.cleaned_data["file"])

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("file") and not cleaned.get("title"):
            cleaned["title"] = cleaned["file"].stem[:100]
        return cleaned

    def _post_clean(self):
        super()._post_clean()
        file = self.cleaned_data.get("file")
        if file is None:
            return
        if not self.errors and (same := self._same(file)):
            self.add_error("file", same_sentence(file, same))
        elif self.errors:
            self.add_error("file", f"文件“{file.name}”没有问题。改好别处，再选择一次这个文件")

    def _same(self, file):
        """The paper that has the file already; not the one that this very form has stored."""
        owner = self.instance
        if owner.community_id is None and owner.act_id is None:
            return None
        if SubmittedForm.objects.filter(pk=self.submission_key).exists():
            return None
        return same_paper(
            file, community=owner.community, archive_entry=owner.archive_entry, act=owner.act
        )

    @property
    def paper(self):
        names = ("file", "kind", "title", "doc_no", "issued_on")
        return {name: self.cleaned_data[name] for name in names}


class WithdrawForm(TypedForm):
    """Why a paper is taken down; its key counts for this paper only."""

    key = LenientUUIDField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label="撤下原因", max_length=200, help_text="如：传错文件，已另传；原件有误，待更正"
    )

    def __init__(self, *args, paper, **kwargs):
        super().__init__(*args, **kwargs)
        self.paper = paper
        self.fields["key"].initial = uuid.uuid4()

    @property
    def submission_key(self):
        return key_of_content(self.cleaned_data.get("key"), {**self.data, "paper": self.paper.pk})


class PaperFilter(forms.Form):
    """What of the papers is listed; an unknown kind is ignored and said."""

    kind = forms.ChoiceField(choices=[("", "全部"), *PaperKind.choices], required=False)
    withdrawn = forms.BooleanField(required=False)

    def __init__(self, data):
        super().__init__(data)
        self.full_clean()

    @property
    def chosen_kind(self):
        return self.cleaned_data.get("kind", "")

    @property
    def ignored(self):
        if "kind" not in self.errors:
            return []
        return [f"没有“{self.data['kind'][:20]}”这个类别，已不按它筛选"]

    @property
    def kinds(self):
        return [
            {"value": value, "label": label, "selected": value == self.chosen_kind}
            for value, label in PaperKind.choices
        ]
