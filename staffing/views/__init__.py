"""Views of staffing, by area."""
