"""Bounded GGUF header reader, tensor and quantization types."""
