"""Selectors of facilities: what pages and other apps read."""
