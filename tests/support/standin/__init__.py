"""What all stand-in servers share: serving with faults, the request log, a process to steer from a test."""
