"""Orangery's window: Qt widgets that paint and listen; every service lives in `backend`."""
