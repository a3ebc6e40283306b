"""Forms of notices on defaults: the letter, and the department's answer."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from communities.forms.papers import document_number
from facilities.choices import SUGGESTED, DefaultKind
from facilities.forms.fields import SpaceForm
from facilities.forms.inspections import StepForm
from facilities.models import DefaultNotice
from facilities.services.notices import granted_words


class NoticeForm(SpaceForm):
    """A notice on the default of its instance; what is suggested may be changed."""

    happened = ("issued_on",)
    blamed = "doc_no"
    readers = {"doc_no": document_number}

    class Meta:
        model = DefaultNotice
        fields = ("department", "permit", "doc_no", "issuer", "issued_on")

    def __init__(self, *args, district, issuer, **kwargs):
        super().__init__(*args, **kwargs)
        permit, bureau = SUGGESTED[DefaultKind(self.instance.default.kind)]
        if not granted_words(self.instance.default.project, permit.value):
            self.initial["permit"] = permit.value
            self.initial["department"] = f"{district}{bureau}"
        self.initial["issuer"] = issuer
        self.initial["issued_on"] = timezone.localdate()
        self.fields["permit"].help_text = "请这个部门在纠正以前暂停办理的下一道手续"

    def clean_permit(self):
        permit = self.cleaned_data["permit"]
        if said := granted_words(self.instance.default.project, permit):
            raise ValidationError(said)
        return permit

    def clean_issued_on(self):
        day, found = self.cleaned_data["issued_on"], self.instance.default.found_on
        if day < found:
            raise ValidationError(f"成文日期{day}早于认定日期{found}，核对日期")
        return day


class AnswerForm(StepForm):
    """What the department answered."""

    happened = ("answered_on",)
    field_order = ["answered_on", "answer"]

    answered_on = forms.DateField(label="回复日期")
    answer = forms.CharField(label="回复内容", max_length=300, widget=forms.Textarea)

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        del self.fields["outcome"]
        self.fields["answered_on"].initial = record.answered_on
        self.fields["answer"].initial = record.answer
        self.issued_on = record.issued_on

    def clean_answered_on(self):
        day = self.cleaned_data["answered_on"]
        if day < self.issued_on:
            raise ValidationError(f"回复日期{day}早于成文日期{self.issued_on}，核对日期")
        return day
