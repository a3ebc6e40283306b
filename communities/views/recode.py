"""Pages of the import of a new year's code list."""

from django.http import Http404


def recode(request, **codes):
    raise Http404
