"""Every setting with its default and meaning; `ENACT_GRAPH_PORT=…` and the like override."""

import os
import re
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_HOST: Final = re.compile(
    r"((\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])(:[0-9]{1,5})?", re.I
)
_PORTS: Final = {"https": 443, "http": 80}


def _split(value: object) -> object:
    """The parts of a text between commas or blanks, as people write lists in the environment."""
    return value.replace(",", " ").split() if isinstance(value, str) else value


def _origin(entry: str) -> str:
    """An entry like example.org, example.org:8443 or http://example.org as scheme://host:port."""
    parts = urlsplit(entry if "://" in entry else f"https://{entry}")
    rest = (parts.path.strip("/"), parts.query, parts.fragment, parts.username)
    if parts.scheme not in _PORTS or not parts.hostname or any(rest):
        raise ValueError(f"{entry}: give a host, a host and port, or https:// and these")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}:{parts.port or _PORTS[parts.scheme]}"


def _host(entry: str) -> str:
    """A host like example.org, *.example.org, 192.0.2.1 or [2001:db8::1]:8443, in small letters."""
    if not _HOST.fullmatch(entry):
        raise ValueError(
            f"{entry}: give a host as in example.org or example.org:8443, for all below it"
            " *.example.org; neither https:// nor a path"
        )
    return entry.lower()


class Settings(BaseSettings):
    """The settings of the build and of the server."""

    model_config = SettingsConfigDict(env_prefix="ENACT_GRAPH_", frozen=True)

    public: Path = Field(Path("public"), description="Folder of the releases.")
    host: str = Field("127.0.0.1", description="Address the server listens on.")
    port: int = Field(8000, ge=0, le=65535, description="Port the server listens on.")
    workers: int = Field(
        default_factory=lambda: max(2, os.cpu_count() or 2), ge=1, description="Query processes."
    )
    url_bytes: int = Field(
        32_768, ge=1024, description="Bytes of a request's address, with the query in it."
    )
    query_timeout: float = Field(10.0, gt=0, description="Seconds a query may run.")
    query_memory: int = Field(512, ge=64, description="Megabytes a query may add to its process.")
    query_chars: int = Field(1_048_576, ge=256, description="Characters of a query's text.")
    query_depth: int = Field(500, ge=8, description="Levels to which a query's brackets may nest.")
    whole_bytes: int = Field(
        4_194_304,
        ge=1024,
        description="Bytes up to which an answer is made whole before it is sent; a longer one is"
        " sent while it is made.",
    )
    answer_bytes: int = Field(268_435_456, ge=1024, description="Bytes of one answer.")
    answer_rows: int = Field(
        5_000_000, ge=1, description="Rows of one answer, or triples of a graph."
    )
    stream_seconds: float = Field(
        300.0, gt=0, description="Seconds that an answer sent while it is made may take."
    )
    streams: int = Field(
        8, ge=0, description="Answers that may be sent while they are made at the same time."
    )
    client_streams: int = Field(2, ge=1, description="How many of these one client may take.")
    queue: int = Field(64, ge=1, description="Queries that may wait for a free process.")
    client_queries: int = Field(
        32, ge=1, description="Queries of one client that may run or wait at the same time."
    )
    reserve: int = Field(
        1,
        ge=0,
        description="Further query processes, for clients that come while others hold the rest.",
    )
    refuse_seconds: float = Field(
        60.0, ge=0, description="Seconds for which a query that was ended is refused at once."
    )
    memory_triples: int = Field(
        200_000,
        ge=0,
        description="Up to this many quads the store is kept in memory, above on disk.",
    )
    trusted_proxies: Annotated[
        tuple[IPv4Network | IPv6Network, ...], NoDecode, BeforeValidator(_split)
    ] = Field(
        (),
        description="Networks of the proxies whose word on scheme, host and client is believed.",
    )
    hosts: Annotated[
        tuple[Annotated[str, AfterValidator(_host)], ...], NoDecode, BeforeValidator(_split)
    ] = Field(
        (),
        description="Hosts under which the server answers, with or without port; none: all.",
    )
    connections: int = Field(
        4096, ge=1, description="Connections that may be open at the same time."
    )
    client_connections: int = Field(256, ge=1, description="How many of these one client may hold.")
    head_seconds: float = Field(
        10.0, gt=0, description="Seconds that the head of a request may take, from its first byte."
    )
    body_seconds: float = Field(
        10.0, gt=0, description="Seconds that a body may take, and more as bytes of it come."
    )
    body_rate: int = Field(
        500, ge=1, description="Bytes of a body for which it may take a second more."
    )
    idle_seconds: float = Field(
        75.0,
        gt=0,
        description="Seconds for which a connection stays open on which nothing comes or is taken.",
    )
    service_hosts: Annotated[
        tuple[Annotated[str, AfterValidator(_origin)], ...], NoDecode, BeforeValidator(_split)
    ] = Field((), description="Hosts that a query may ask by SERVICE; https, unless one says so.")
    service_seconds: float = Field(
        5.0, gt=0, description="Seconds that such a host has for its answer."
    )
    service_bytes: int = Field(4_194_304, ge=1024, description="Bytes of such an answer.")
    service_requests: int = Field(4, ge=1, description="SERVICE clauses of one query.")
    switch_seconds: float = Field(
        1.0,
        ge=0,
        description="Seconds between two looks for another release; 0: on the signal HUP only.",
    )
    drain_seconds: float = Field(
        0.0,
        ge=0,
        description="Seconds for which a server that is to end answers on, but is not ready.",
    )
    grace_seconds: float = Field(
        15.0, ge=0, description="Seconds that requests have to finish when the server ends."
    )
    slow_seconds: float = Field(
        1.0, ge=0, description="Seconds from which a query is logged as slow; 0: none is."
    )
    log_queries: bool = Field(False, description="Whether that log holds the text of the query.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="What is logged: this and what is graver."
    )
    access_log: bool = Field(False, description="Whether each request is logged.")
    checks: int = Field(
        1, ge=1, description="Proposed corrections that are checked at the same time."
    )
    check_queue: int = Field(
        4, ge=0, description="Proposed corrections that may wait for their check."
    )
    check_seconds: float = Field(
        60.0, gt=0, description="Seconds the check of a proposed correction may take."
    )
    check_memory: int = Field(
        1024, ge=256, description="Megabytes the check of a proposed correction may use."
    )
    repository: str = Field(
        "",
        pattern=r"^$|^https?://[^\s\"<>]+$",
        description="Where proposals go: the address of a forge's form for a new issue, in which"
        " {title} and {body} are filled in.",
    )
    contact: str = Field(
        "",
        pattern=r"^$|^(https?://|mailto:)[^\s\"<>]+$",
        description="A web address, or mailto: and the address of a function, for what concerns"
        " data and security; it is published.",
    )
    tiles: str = Field(
        "",
        pattern=r"^$|^https?://[A-Za-z0-9.:-]+/[^\s\"'<>;,]*\{z\}[^\s\"'<>;,]*$",
        description="Address of map tiles with {z}, {x}, {y}, of another host; empty: none.",
    )
    tiles_attribution: str = Field(
        "", max_length=200, description="Who made those tiles, written under the map."
    )
    cache_bytes: int = Field(67_108_864, ge=0, description="Bytes of finished answers kept.")


def read(**given: Any) -> Settings:
    """The settings of the environment, and in their place those given that are not None.

    A program begins with this: SystemExit, with each setting named that cannot be used.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        faults = ((str(fault["loc"][0]).upper(), fault["msg"]) for fault in error.errors())
        raise SystemExit(
            "\n".join(
                f"ENACT_GRAPH_{name}: {said.removeprefix('Value error, ')}."
                for name, said in faults
            )
        ) from None
