"""Forms of change acts: the filter of lists, and the steps with their words and documents."""

import uuid

from django import forms

from communities.choices import ActKind, ActState
from communities.forms.editing import LenientIntegerField, LenientUUIDField, key_of_content
from communities.forms.fields import TypedForm, adopt
from communities.forms.papers import ACCEPT, document_number
from communities.selectors.acts import ActQuery
from communities.services.decisions import EARLY, TO_CONFIRM, Decision
from communities.services.facts_succession import past_words, rewriting_words
from communities.services.papers import checked
from communities.services.plans import read_plan

LONGEST_TEXT = 40


class ActFilter(forms.Form):
    """Which acts are listed; an unknown value is ignored and said."""

    state = forms.ChoiceField(choices=[("", "全部"), *ActState.choices], required=False)
    kind = forms.ChoiceField(choices=[("", "全部"), *ActKind.choices], required=False)
    q = forms.CharField(required=False, max_length=LONGEST_TEXT)
    mine = forms.BooleanField(required=False)

    def __init__(self, data):
        super().__init__(data)
        self.full_clean()

    def chosen(self, name):
        return self.cleaned_data.get(name, "")

    @property
    def query(self):
        text = self.chosen("q").strip()
        return ActQuery(
            self.chosen("state"), self.chosen("kind"), text, self.cleaned_data.get("mine", False)
        )

    @property
    def narrowed(self):
        """Whether anything was asked."""
        asked = self.query
        return bool(asked.state or asked.kind or asked.text or asked.mine)

    @property
    def ignored(self):
        said = []
        for name, label in (("state", "状态"), ("kind", "类型")):
            if name in self.errors:
                said.append(f"没有“{self.data[name][:20]}”这个{label}，已不按它筛选")
        if "q" in self.errors:
            said.append(f"查找的文字超过{LONGEST_TEXT}个字，已不按文字筛选")
        return said

    def choices(self, name):
        listed = {"state": ActState.choices, "kind": ActKind.choices}[name]
        return [
            {"value": value, "label": label, "selected": value == self.chosen(name)}
            for value, label in listed
        ]


class StepForm(TypedForm):
    """What every step of an act carries: its key against double clicks, the version seen."""

    key = LenientUUIDField(widget=forms.HiddenInput, required=False)
    version = LenientIntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, act, **kwargs):
        super().__init__(*args, **kwargs)
        self.act = act
        self.fields["key"].initial = uuid.uuid4()
        self.fields["version"].initial = act.version

    @property
    def submission_key(self):
        return key_of_content(self.cleaned_data.get("key"), self.data, self.files)

    @property
    def opened_version(self):
        return self.cleaned_data.get("version") or 0


class CommentForm(StepForm):
    """A step with a word that may be left out: submit, pass, withdraw."""

    comment = forms.CharField(
        label="意见", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReturnForm(StepForm):
    """What is to be mended: for the whole, and for each item of the request."""

    comment = forms.CharField(
        label="总的意见", max_length=2000, required=False, widget=forms.Textarea
    )

    def __init__(self, *args, act, items, **kwargs):
        super().__init__(*args, act=act, **kwargs)
        self.items = items
        for name, label in items.items():
            text = forms.CharField(label=label, max_length=500, required=False)
            adopt(text)
            self.fields[f"item:{name}"] = text

    def clean(self):
        super().clean()
        if not self.errors and not self.whole and not self.comments:
            self.add_error("comment", "没有写退回意见。写明要改哪一项、怎么改")

    @property
    def whole(self):
        return self.cleaned_data.get("comment", "").strip()

    @property
    def comments(self):
        found = {name: self.cleaned_data.get(f"item:{name}", "").strip() for name in self.items}
        return {name: text for name, text in found.items() if text}


class DecideForm(StepForm):
    """The government's decision and the document that says so."""

    happened = ("decided_on",)
    readers = {"doc_no": document_number}
    past = ("past_confirmed", "past_reason")

    authority = forms.CharField(label="批准机关", max_length=64, help_text="如：东昌府区人民政府")
    doc_no = forms.CharField(label="文号", max_length=64, help_text="如：东政字〔2026〕8号")
    decided_on = forms.DateField(label="批复日期")
    effective_on = forms.DateField(
        label="生效日期", help_text="当日起按批复执行；可以晚于今天，到那一天自动生效"
    )
    title = forms.CharField(
        label="批复名称", max_length=100, required=False, help_text="不填用文件名"
    )
    file = forms.FileField(
        label="批复文件",
        allow_empty_file=True,  # refused by our own words
        widget=forms.FileInput({"accept": ACCEPT}),
        help_text="批复的扫描件或电子件",
        error_messages={"invalid": "没有收到文件，重新选择文件"},
    )
    past_confirmed = forms.BooleanField(label="确认更改以前年度", required=False)
    past_reason = forms.CharField(
        label="更改以前年度的理由",
        max_length=200,
        required=False,
        help_text="如：2024年已批复，登记补办。记入办理记录和修改记录",
    )

    def __init__(self, *args, by, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.by, self.today = by, today
        self.plan = read_plan(self.act.plan)
        self.past_words = past_words(by, self.plan, self.act.kind, today)
        self.fields["past_confirmed"].help_text = self.past_words
        if not self.past_words and not self.is_bound:
            self.without_past()

    def without_past(self):
        for name in self.past:
            del self.fields[name]

    def clean_file(self):
        return checked(self.cleaned_data["file"])

    def clean(self):
        super().clean()
        found = self.cleaned_data
        decided, effective = found.get("decided_on"), found.get("effective_on")
        if decided and effective and effective < decided:
            self.add_error("effective_on", EARLY.format(effective=effective, decided=decided))
        elif effective:
            self.check_past(effective)

    def check_past(self, effective):
        """Years of before with confirmed facts change only when somebody says so, and why."""
        said = rewriting_words(self.by, self.plan, self.act.kind, effective, self.today)
        confirmed = self.cleaned_data.get("past_confirmed")
        reason = self.cleaned_data.get("past_reason", "").strip()
        if said and not confirmed:
            self.add_error("past_confirmed", TO_CONFIRM.format(said=said))
        elif said and not reason and "past_reason" not in self.errors:
            self.add_error("past_reason", "没有写更改以前年度的理由。写明为什么要更改")
        elif not said and not self.past_words:
            self.without_past()

    def _post_clean(self):
        super()._post_clean()
        file = self.cleaned_data.get("file")
        if file is not None and self.errors:
            self.add_error("file", f"文件“{file.name}”没有问题。改好别处，再选择一次这个文件")

    @property
    def decision(self):
        found = self.cleaned_data
        return Decision(
            authority=found["authority"],
            doc_no=found["doc_no"],
            decided_on=found["decided_on"],
            effective_on=found["effective_on"],
            file=found["file"],
            title=found["title"],
            past_reason=found["past_reason"].strip() if found["past_confirmed"] else "",
        )


class RefuseForm(StepForm):
    """Why the government does not approve: a document, or the reason."""

    readers = {"doc_no": document_number}

    doc_no = forms.CharField(
        label="文号", max_length=64, required=False, help_text="有文件的填，如：东政字〔2026〕8号"
    )
    comment = forms.CharField(
        label="不予批准的理由", max_length=1900, required=False, widget=forms.Textarea
    )

    def clean(self):
        super().clean()
        said = self.cleaned_data.get("doc_no") or self.cleaned_data.get("comment")
        if not self.errors and not said:
            self.add_error("comment", "没有写理由。写明不予批准的理由，或填文号")
