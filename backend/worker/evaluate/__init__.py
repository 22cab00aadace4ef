"""The worker that sends text through a model: which weights matter, and how well it predicts."""
