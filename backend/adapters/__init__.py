"""LoRA adapters: found, checked, mixed, swept."""
