"""The strip of words below every copy that is shown, in a font that comes with the project."""
