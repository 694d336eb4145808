"""Native code of the host kernels, in C++ with a plain C interface: it is there where it could be built, and missed by nobody
where not. ``build`` compiles it, ``library`` loads it, and `augment.kernels.fused` are the kernels on it."""
