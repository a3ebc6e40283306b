"""Rules of staffing in plain Python: who counts, what overlaps, identity numbers."""
