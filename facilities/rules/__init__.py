"""Rules of facilities in plain Python: areas of a day, gates, clocks."""
