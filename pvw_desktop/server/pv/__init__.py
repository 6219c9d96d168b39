"""The only files that touch paraview and vtkmodules. They know proxies and pixels, not messages on a wire."""
