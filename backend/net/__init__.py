"""One HTTP client, the offline switch and the network ledger."""
