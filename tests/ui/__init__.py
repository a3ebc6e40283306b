"""Tests of templates, stylesheet, script and filters."""
