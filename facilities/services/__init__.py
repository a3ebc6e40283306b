"""Services of facilities: every write goes through one of them."""
