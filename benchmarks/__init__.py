"""One command per table of measurements; nothing here is needed to run or test the application."""
