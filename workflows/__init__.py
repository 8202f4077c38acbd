"""What the city does. Standard library only."""
