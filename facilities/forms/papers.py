"""Forms of photos and papers: a file with what it is, and the reason for taking one down."""

from __future__ import annotations

from django import forms
from django.conf import settings

from accounts.models import SubmittedForm
from communities.forms.papers import ACCEPT
from communities.services.paper_files import ACCEPTED
from communities.services.papers import checked
from facilities.forms.fields import SpaceForm
from facilities.models import SpacePaper
from facilities.services.papers import same_paper, same_sentence


class SpacePaperForm(SpaceForm):
    """A file and what it is; the instance says of which record: SpacePaper(premises=…)."""

    happened = ("taken_on",)

    file = forms.FileField(
        label="文件",
        allow_empty_file=True,  # refused by our own words
        widget=forms.FileInput({"accept": ACCEPT}),
        error_messages={"invalid": "没有收到文件，重新选择文件"},
    )
    field_order = ["file", "kind", "item", "title", "taken_on"]

    class Meta:
        model = SpacePaper
        fields = ("kind", "item", "title", "taken_on")

    def __init__(self, *args, owner, **kwargs):
        super().__init__(*args, **kwargs)
        self.owner = owner
        megabytes = settings.PAPER_SIZE_LIMIT // (1024 * 1024)
        self.fields["file"].help_text = f"{ACCEPTED}，不超过{megabytes}MB，不含居民姓名和证件号"
        self.fields["title"].required = False
        self.fields["title"].help_text = "不填用文件名"
        if owner != "hall_check":
            del self.fields["item"]

    def clean_file(self):
        return checked(self.cleaned_data["file"])

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
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
        if SubmittedForm.objects.filter(pk=self.submission_key).exists():
            return None
        return same_paper(self.owner, getattr(self.instance, self.owner), file)

    @property
    def paper(self):
        """What services.papers.add_paper takes of it."""
        names = ("file", "kind", "item", "title", "taken_on")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
