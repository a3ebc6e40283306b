"""Pages of a community's profile: its columns, contacts, history."""

from django.http import Http404


def profile(request, **codes):
    raise Http404


def history(request, **codes):
    raise Http404
