"""The Adapters page: adapters on this disk and in the garden, checks, mixer and scale sweep."""
