"""Refuses to install this folder, which contains no program: ci/wheel.sh builds the wheel that does."""

raise SystemExit("Do not install the folder modules/python: it contains no program. Build the wheel with ci/wheel.sh, or see docs/python.md.")
