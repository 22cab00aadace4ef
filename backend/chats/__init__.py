"""Conversations: sending, streaming, branching and undo."""
