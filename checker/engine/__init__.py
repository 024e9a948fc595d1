"""The engine: runs test suites against implementations, each trial in a worker of its own."""
