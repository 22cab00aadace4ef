"""The Compare page: models side by side, blind votes, unattended runs and the leaderboard."""
