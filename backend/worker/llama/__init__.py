"""Inference with llama.cpp. Everything here runs only in a worker process."""
