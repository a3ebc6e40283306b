"""Pages of the registers of a whole division."""

from django.http import Http404


def basic(request, **codes):
    raise Http404
