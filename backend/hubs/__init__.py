"""The model gardens: Hugging Face now; one value type for what they list."""
