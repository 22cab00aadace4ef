"""What is on this disk, in whose store."""
