"""Whole tasks of people, in Chromium against a live server."""
