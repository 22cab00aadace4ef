"""The Ollama garden: registry, library pages, and the daemon where one runs."""
