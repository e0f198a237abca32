"""Kernels forked from a process that has the stack imported: each notebook still has a process of its own."""
