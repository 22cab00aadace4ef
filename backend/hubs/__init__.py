"""The model gardens, Hugging Face and Ollama, and one catalogue over both."""
