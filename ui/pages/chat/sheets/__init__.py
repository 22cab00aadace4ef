"""Sheets of the chat page."""
