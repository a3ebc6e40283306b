"""Pages of change acts."""

from django.http import Http404


def acts(request, **codes):
    raise Http404


def community_acts(request, **codes):
    raise Http404
