"""Alerts: searches that are watched, each article told once."""
