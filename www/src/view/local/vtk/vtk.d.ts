// The parts of vtk.js that come without types of their own. Their names are what registers them.
declare module "@kitware/vtk.js/Rendering/OpenGL/Actor";
declare module "@kitware/vtk.js/Rendering/OpenGL/Camera";
declare module "@kitware/vtk.js/Rendering/OpenGL/PolyDataMapper";
declare module "@kitware/vtk.js/Rendering/OpenGL/Renderer";
declare module "@kitware/vtk.js/Rendering/OpenGL/Volume";
declare module "@kitware/vtk.js/Rendering/OpenGL/VolumeMapper";
