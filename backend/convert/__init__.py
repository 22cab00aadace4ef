"""Turning a Hugging Face safetensors repository into a GGUF file."""
