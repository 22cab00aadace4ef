"""What is on this disk, whichever program put it there."""

from ui.pages.library.view import LibraryPage

__all__ = ["LibraryPage"]
