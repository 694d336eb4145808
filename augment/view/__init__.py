"""The live page: a spec, its sliders and its pictures side by side, served to a browser on the same machine.

`augment.view.server` binds the address, `augment.view.app` answers it behind `augment.view.guard`, and whatever reads a spec or
a picture runs in a process of its own (`augment.view.worker`), which is ended when it takes too long.
"""
