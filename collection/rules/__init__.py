"""What a year's facts are, how a cell is read, what is impossible, unlikely or worth a look."""
