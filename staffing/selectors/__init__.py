"""Selectors of staffing: what pages and other apps read."""
