"""Fixtures for the whole suite. There are none yet."""
