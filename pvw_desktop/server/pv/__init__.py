"""The only files that touch paraview and vtkmodules. They know proxies, pixels and topic values, not requests."""
