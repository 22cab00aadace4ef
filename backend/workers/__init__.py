"""The parent side of worker processes: protocol, client, supervisor."""
