"""Tools for people who work on Orangery."""
