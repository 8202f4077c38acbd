"""Requests beside the case: return, extension, suspension, void, overdue appeal; all pure."""
