"""What a quantization loses and gains, measured: perplexity, divergence from the original, speed, memory."""
