"""Filters of the registers of a whole division; an unknown value is ignored and said."""

from django import forms

from communities.forms.ledger import LONGEST_TEXT

LABELS = {
    "street": "街道",
    "kind": "类型",
    "class": "城乡分类",
    "tag": "标签",
    "state": "状态",
    "sort": "排序",
}


class ListForm(forms.Form):
    """A text and some choices; which values each may have comes with `choices`."""

    q = forms.CharField(required=False, max_length=LONGEST_TEXT)

    def __init__(self, data, choices):
        super().__init__(data)
        self.choices = choices
        self.ignored: list[str] = []
        for name in choices:
            self.fields[name] = forms.CharField(required=False)
        self.full_clean()
        if "q" in self.errors:
            too_long = len(self.data["q"]) > LONGEST_TEXT
            wrong = f"超过{LONGEST_TEXT}个字" if too_long else "里有不能查找的字符"
            self.ignored.append(f"查找的文字{wrong}，已不按文字筛选")

    @property
    def text(self) -> str:
        return self.cleaned_data.get("q", "").strip()

    def chosen(self, name: str) -> str:
        """A filter's value if it is among its choices, else ''."""
        value = self.cleaned_data.get(name, "")
        if value and value not in self.choices[name]:
            sentence = f"没有“{value[:20]}”这个{LABELS[name]}，已不按它筛选"
            if sentence not in self.ignored:
                self.ignored.append(sentence)
            return ""
        return value
