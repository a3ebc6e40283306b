"""Collecting the year's facts: rounds, forms, imports, review, corrections."""
