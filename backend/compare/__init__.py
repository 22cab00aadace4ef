"""Answers of several models side by side: comparisons, blind votes, ratings and unattended runs."""
