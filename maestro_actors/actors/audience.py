"""The audience: who watches which user's snapshot. No actor of its own, but a part of Maestro."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from maestro_actors.actors.actor import tell
from maestro_actors.actors.messages import Ref, SnapshotChanged
from maestro_actors.actors.tenant import Tenant, Tenants
from maestro_actors.core.snapshot import Json


class Audience:
    """Tells whoever watches a user how the snapshot is, at first and after each change."""

    def __init__(self, tenants: Tenants, snapshot_of: Callable[[Tenant], Json]) -> None:
        self._tenants = tenants
        self._snapshot_of = snapshot_of
        self._watchers: defaultdict[str, set[Ref]] = defaultdict(set)

    def join(self, tenant: Tenant, watcher: Ref) -> None:
        """Let the watcher hear; of a user who is not known yet, as soon as that is so."""
        self._watchers[tenant.user_id].add(watcher)
        if tenant.known:
            tell(watcher, SnapshotChanged(tenant.user_id, self._snapshot_of(tenant)))

    def leave(self, user_id: str, watcher: Ref) -> None:
        """Let the watcher hear no more of the user."""
        self._watchers[user_id].discard(watcher)
        if not self._watchers[user_id]:
            del self._watchers[user_id]

    def tell_what_changed(self) -> None:
        """Once a change: the snapshot is composed for all who watch together."""
        for user_id in self._tenants.take_changed():
            tenant = self._tenants.of(user_id)
            if tenant.known and user_id in self._watchers:
                changed = SnapshotChanged(user_id, self._snapshot_of(tenant))
                for watcher in self._watchers[user_id]:
                    tell(watcher, changed)
