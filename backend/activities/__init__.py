"""Long local work that people wait for: verifying, moving, sharing copies."""
