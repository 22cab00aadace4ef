"""What lies in the store of each program."""
