"""What keeps LocalStack 4.12 from running, or from running safely, on a developer's machine."""
