"""Quantizing a model, and seeing what was lost: the quant lab's dialog."""
