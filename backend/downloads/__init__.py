"""Ranged, journalled, verified transfers and their queue."""
