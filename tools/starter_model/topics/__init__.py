"""What the starter model is taught, one module per topic; each offers ``talk(rng)``, a list of exchanges."""
