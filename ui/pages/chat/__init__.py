"""The chat page: conversations, transcript with composer, and the panel with model, context and sampling."""
