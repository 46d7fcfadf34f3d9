"""Routes that the plugin adds under `/_localstack`, for the harness that drives LocalStack."""
