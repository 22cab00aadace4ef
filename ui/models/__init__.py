"""Qt models shared by pages and the frame."""
