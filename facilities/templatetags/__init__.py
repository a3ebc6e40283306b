"""Template filters of facilities."""
