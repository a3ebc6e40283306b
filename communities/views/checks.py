"""Pages of checks of the register."""

from django.http import Http404


def checks(request, **codes):
    raise Http404
