"""From a Hugging Face repository of safetensors to one GGUF file."""
