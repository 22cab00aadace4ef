"""Browse the gardens, see what fits, download."""

from ui.pages.discover.view import DiscoverPage

__all__ = ["DiscoverPage"]
