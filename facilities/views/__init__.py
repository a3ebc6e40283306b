"""Views of facilities, by area."""
