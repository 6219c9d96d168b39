"""The mirror of the state."""

from __future__ import annotations

import json

import pytest

from pvw_desktop.gateway.session.topics import TopicStore


def test_versions_grow_by_one_and_never_repeat() -> None:
    store = TopicStore()
    assert store.put("time", {"time": 0})
    assert not store.put("time", {"time": 0})
    assert store.put("time", {"time": 1})
    assert store.put("time", None)
    assert store.put("time", {"time": 2})
    assert [(item.name, item.version) for item in store.snapshot("watch")] == [("time", 4)]


def test_true_is_not_one() -> None:
    store = TopicStore()
    assert store.put("time", True)
    assert store.put("time", 1)


def test_an_undeclared_topic_is_refused() -> None:
    with pytest.raises(KeyError):
        TopicStore().put("nonsense", {})


def test_topics_of_the_process_go_with_it() -> None:
    store = TopicStore()
    store.put("pipeline", {"nodes": []})
    store.put("proxy/12", {"id": "12"})
    store.put("server", {"state": "ready"})
    assert sorted(store.drop_server_topics()) == ["pipeline", "proxy/12"]
    assert [item.name for item in store.snapshot("host")] == ["server"]
    assert store.drop_server_topics() == []


def test_roles_below_the_topics_own_do_not_see_it() -> None:
    store = TopicStore()
    store.put("recent", {"files": []})
    store.put("time", {"time": 0})
    assert [item.name for item in store.snapshot("host")] == ["recent", "time"]
    assert [item.name for item in store.snapshot("control")] == ["time"]
    assert not store.may_see("nobody", "time")


def test_changes_carry_the_newest_value_and_null_for_what_is_gone() -> None:
    store = TopicStore()
    store.put("time", {"time": 1})
    store.put("pipeline", {"nodes": []})
    store.put("pipeline", None)
    message = json.loads(store.changes_text(["time", "pipeline"]))
    assert message["method"] == "state.changed"
    assert message["params"]["changes"] == [
        {"name": "time", "version": 1, "value": {"time": 1}},
        {"name": "pipeline", "version": 2, "value": None},
    ]
