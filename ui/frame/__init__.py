"""What stands around the pages: the rail, the command palette, the crash dialog, the single instance."""
