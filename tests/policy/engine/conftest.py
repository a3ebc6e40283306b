"""Invented inputs take the time they need; in continuous integration they are always the same."""

import os

from hypothesis import settings

settings.register_profile("exact", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("exact")
