"""Behind the scan: texts as they are read, which patterns can match them, and patterns ready to run."""
