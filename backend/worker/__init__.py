"""The child side: runs only in worker processes."""
