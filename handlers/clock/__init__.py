"""Time, the fourth visitor: it knocks at the same verbs as everybody else."""
