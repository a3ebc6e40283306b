"""Template filters of staffing."""
