"""Forms of corrections: the facts anew with grounds, the decision, the filter of the list."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django import forms

from collection.choices import CorrectionState
from collection.forms.reviews import ActForm
from collection.selectors.corrections import CorrectionQuery
from collection.services.correcting import Proposal, fields_of, read_proposal, texts_of
from collection.services.corrections import Grounds
from communities.forms.ledger import FIRST_YEAR, LAST_YEAR, LONGEST_TEXT

VALUE = "value:"


class CorrectionForm(ActForm):
    """What is to change of confirmed facts, why, by which document, and since when it is right.

    `proposal` is what was read of the facts once the form is valid or not.
    """

    reason = forms.CharField(
        label="更正原因", max_length=200, help_text="如：入户核实后发现漏登二期87户"
    )
    document = forms.CharField(
        label="依据文件或凭证", max_length=100, help_text="文号或凭证名称，如：入户核查表2027-03-02"
    )
    corrected_on = forms.DateField(label="更正日期")

    happened = ("corrected_on",)

    def __init__(self, *args, facts, measure, today, **kwargs):
        super().__init__(*args, version=facts.version, **kwargs)
        self.facts, self.measure = facts, measure
        self.facts_fields = fields_of(measure)
        self.proposal: Proposal | None = None
        self.fields["corrected_on"].initial = today
        for name, text in texts_of(facts, self.facts_fields).items():
            self.fields[VALUE + name] = self._input(self.facts_fields[name], text)

    def _input(self, field, text):
        """A text that is read by the rules of the collection, so that it comes back as typed."""
        options = [choice for _, choice in field.choices]
        if field.kind == "flag":
            options = ["是", "否"]
        made: Any
        if options:
            made = forms.CharField(
                widget=forms.Select(
                    {"class": "in"}, choices=[("", "—"), *((one, one) for one in options)]
                )
            )
        else:
            mode = "decimal" if field.is_number else "text"
            made = forms.CharField(widget=forms.TextInput({"inputmode": mode, "class": "in"}))
        made.label, made.required, made.initial, made.strip = field.label, False, text, False
        made.widget.attrs["aria-label"] = field.label
        return made

    def on(self, name):
        """The field that takes a fact."""
        return self[VALUE + name]

    @property
    def texts(self) -> dict[str, str]:
        return {
            name: self.cleaned_data.get(VALUE + name, "")
            for name in self.facts_fields
            if VALUE + name in self.data
        }

    def clean(self):
        super().clean()
        self.proposal = read_proposal(self.facts, self.texts)
        for name, message in self.proposal.errors.items():
            self.add_error(VALUE + name if VALUE + name in self.fields else None, message)
        if not self.proposal.errors and not self.proposal.changes:
            self.add_error(None, "没有改动任何一项。改好要更正的数再核对")

    @property
    def grounds(self) -> Grounds:
        found = self.cleaned_data
        return Grounds(found["reason"].strip(), found["document"].strip(), found["corrected_on"])

    @property
    def digest(self) -> str:
        """What was shown when it was looked at: another change is looked at again."""
        changes = self.proposal.changes if self.proposal else {}
        said = json.dumps([self.facts.version, changes], sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    @property
    def was_shown(self) -> bool:
        """Whether the money of just these changes has been shown."""
        return self.data.get("shown") == self.digest


class DecisionForm(ActForm):
    """A word with the decision on a correction; a refusal needs it."""

    note = forms.CharField(
        label="批准意见", max_length=200, required=False, widget=forms.Textarea({"rows": 2})
    )

    @property
    def word(self) -> str:
        return self.cleaned_data.get("note", "").strip()


class CorrectionFilter(forms.Form):
    """Which corrections are listed; an unknown value is ignored and said."""

    state = forms.ChoiceField(choices=[("", "全部"), *CorrectionState.choices], required=False)
    year = forms.IntegerField(required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    q = forms.CharField(required=False, max_length=LONGEST_TEXT)

    def __init__(self, data):
        super().__init__(data)
        self.full_clean()

    @property
    def query(self) -> CorrectionQuery:
        found = self.cleaned_data
        text = found.get("q", "").strip()
        return CorrectionQuery(found.get("state", ""), found.get("year"), text)

    @property
    def ignored(self) -> list[str]:
        said = []
        if "state" in self.errors:
            said.append(f"没有“{self.data['state'][:20]}”这个状态，已不按它筛选")
        if "year" in self.errors:
            said.append(f"“{self.data['year'][:20]}”不是年度，已不按年度筛选")
        if "q" in self.errors:
            said.append(f"查找的文字超过{LONGEST_TEXT}个字，已不按文字筛选")
        return said
