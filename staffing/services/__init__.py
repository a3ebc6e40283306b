"""Services of staffing: every write goes through one of them."""
