"""What forms of facilities share: no mobile telephone in a text, errors at a field of the form."""

from __future__ import annotations

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS

from communities.forms.editing import EditForm
from communities.typed import check_no_mobile


def refuse_mobiles(fields: dict[str, forms.Field]) -> None:
    """Let no free text hold a mobile telephone; identity numbers are refused by HouseFields."""
    for field in fields.values():
        if type(field) is forms.CharField and not field.widget.is_hidden:
            field.validators.append(check_no_mobile)


class SpaceForm(EditForm):
    """A form of one record of facilities. `blamed` is the field at which constraints are said."""

    blamed = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        refuse_mobiles(self.fields)

    def _post_clean(self):
        super()._post_clean()
        said = self.errors.pop(NON_FIELD_ERRORS, None)
        if said:
            self.add_error(self.blamed if self.blamed in self.fields else None, list(said))
