"""The Settings page: a list of panes at the left, one pane at the right."""
