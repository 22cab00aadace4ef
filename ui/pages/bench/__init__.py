"""The Bench page: how fast models are here, and how well they answer."""
