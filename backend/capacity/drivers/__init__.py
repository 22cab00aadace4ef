"""What the graphics drivers say about memory: free now, and by whom it is used.

The engine names the devices that count; its answer about free memory is as old as the process that gave it,
so the drivers are asked beside it. One module per source; each is silent where its driver is not there.
"""
