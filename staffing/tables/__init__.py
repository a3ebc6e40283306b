"""Tables and files of staffing."""
