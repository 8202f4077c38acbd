"""The numbers a district may change: catalogue, limits, ladders, hours, and their loader."""
