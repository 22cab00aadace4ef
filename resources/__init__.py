"""Bundled files; found through `backend.paths.RESOURCES`."""
