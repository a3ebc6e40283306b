"""Page-only app: home, the community page, roll-up sheets; no models."""
