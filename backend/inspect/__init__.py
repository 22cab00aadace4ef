"""What is inside a model file: metadata, tensors, chat template, vocabulary."""
