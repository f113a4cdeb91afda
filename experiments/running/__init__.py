"""Running a study: plan, chunks addressed by content, executors, parts on disk, resume and verify."""
