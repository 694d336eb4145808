"""What ops of ours are in the classes of a library: one module for each, the inverse of its table.

A function says the nearest call; whether it means the same is not said here: the call is read again by the table.
"""
