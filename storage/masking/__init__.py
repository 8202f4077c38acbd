"""Faces and number plates on the copy that is shown: found, counted and covered."""
