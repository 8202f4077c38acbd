"""Emergency mode (应急): a district or a street under another profile and ladder, for hours."""
