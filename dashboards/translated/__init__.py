"""Sources of ours as a script for browsers: what one function reaches, translated, so that it stands once and runs in both."""
