"""The local server: an OpenAI-compatible API over the models and mixes of the library."""
