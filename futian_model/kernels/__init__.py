"""Kernels forked from a process that has the stack imported: each notebook still has a process of its own."""

OWN_SERVER = "FUTIAN_EXPLORE"
"""Set in the environment of a server that shows the explorer to the one who started it, beside JupyterLab."""
