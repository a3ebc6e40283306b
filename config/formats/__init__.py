"""Formats of dates and numbers, used in place of Django's own."""
