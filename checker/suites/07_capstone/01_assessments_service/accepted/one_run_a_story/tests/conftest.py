"""No fixtures: each story opens its own house. See `house.py`."""
