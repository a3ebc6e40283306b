"""Forms of staffing."""
