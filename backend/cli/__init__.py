"""The same services without a window: `main.py <command>`."""
