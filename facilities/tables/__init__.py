"""Tables and files of facilities."""
