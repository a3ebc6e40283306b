"""Form renderer: every form is drawn by the project's one field template and one error summary."""

from django.forms.renderers import TemplatesSetting


class HouseRenderer(TemplatesSetting):
    """Needs "django.forms" in INSTALLED_APPS, so that stock widgets are found."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
