"""Chat engines: the local one runs llama.cpp in worker processes."""
