"""What a photo can prove: what its bytes say, and what is made of it."""
