"""Measuring models: speed sweeps and suites of prompts with checkable answers."""
