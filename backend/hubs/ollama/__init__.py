"""The Ollama garden without Ollama: its registry, its library pages, and a bundled list."""
