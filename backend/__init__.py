"""Orangery's services: model gardens, downloads, library, capacity, engines and chats. No Qt in here."""
