"""Given: because this file is here, pytest finds the package `assessments` from below `tests/`."""
