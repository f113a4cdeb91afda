"""What helps, robustly: the few levers that do well over what nobody knows, for which effort, and where they still fail."""
