"""What is needed to take a request back: begun before it runs, kept where it succeeds, rolled back where it fails or is
stopped. What handlers change of ParaView is taken back here; what they begin outside of it (a state file that takes the
place of all, values that were not pushed) they take back themselves."""

from __future__ import annotations

from .workbench import NEW, Workbench


class Transaction:
    """Of one request."""

    def __init__(self, paraview: Workbench):
        self._paraview = paraview
        self._begin()

    def _begin(self) -> None:
        self._time = self._paraview.animation.now()
        self._maps = self._paraview.colors.maps.memory()
        self._states = dict(self._paraview.node_states)
        self._paraview.ran.clear()
        self._views = self._paraview.views.memory()
        self._cameras = {view.id: view.camera_memory() for view in self._paraview.views.all()}
        self._paraview.undo.begin()

    def keep(self) -> None:
        """What was done so far is not taken back, even where the rest fails."""
        self._paraview.undo.keep()
        self._begin()

    def commit(self) -> None:
        """The request succeeded."""
        self._paraview.undo.keep()

    def roll_back(self) -> None:
        """Everything as it was. Results that are lost are not computed again here; see `Workbench.take_lost`."""
        self._paraview.undo.roll_back()
        self._paraview.colors.maps.remember(self._maps)
        if self._paraview.animation.now() != self._time:
            self._paraview.animation.go(self._time)
        self._paraview.views.remember(self._views)
        for ident, memory in self._cameras.items():
            self._paraview.views.get(ident).remember_camera(memory)  # ParaView's undo leaves cameras alone
        states = self._paraview.node_states
        for ident, state in self._states.items():
            states.setdefault(ident, state)  # of what was deleted; errors that came since are true
        for ident in self._paraview.ran:
            if states.get(ident, NEW)[0] == "ok":  # with values that are taken back: no result of those it has now
                states[ident] = self._states.get(ident, NEW)
                self._paraview.lose(ident)
