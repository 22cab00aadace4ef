"""Making smaller files of a model: quantization types, what they cost, and the job that writes them."""
