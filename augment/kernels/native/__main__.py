"""`python -m augment.kernels.native` builds the native code in place."""

import sys

from augment.kernels.native.build import BuildError, build

try:
    print(f"built {build()}")
except BuildError as error:
    sys.exit(f"not built: {error}")
