"""Taking back what was changed of proxies, by ParaView's own undo: it notes each state of a proxy that is pushed, and
what is registered and taken out. Cameras it leaves alone, as ParaView's own client does."""

from __future__ import annotations

from paraview import servermanager as sm

from .engine import Engine
from .owned import registered


class Undo:
    """One step at a time: what happened since `begin`."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self._stack = sm.vtkSMUndoStack()
        self._builder = sm.vtkSMUndoStackBuilder()
        self._builder.SetUndoStack(self._stack)
        sm.vtkSMProxyManager.GetProxyManager().SetUndoStackBuilder(self._builder)

    def begin(self) -> None:
        """Notes what happens from here on."""
        self._builder.Begin("")

    def keep(self) -> None:
        """What happened so far stays, whatever comes; noting ends."""
        self._builder.EndAndPushToStack()
        self._stack.Clear()

    def roll_back(self) -> None:
        """Everything since `begin` as it was; noting ends. Ids come back as they were, the Python objects do not."""
        for _, _, proxy in list(registered(self._engine.pxm)):
            proxy.UpdateVTKObjects()  # what was set and not pushed yet, ParaView has not noted
        self._builder.EndAndPushToStack()
        if self._stack.CanUndo():
            self._stack.Undo()
            for _, _, proxy in list(registered(self._engine.pxm)):
                proxy.UpdateVTKObjects()  # the undo gives properties their values, and pushes none of them
        self._stack.Clear()
