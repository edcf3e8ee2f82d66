"""Every setting with its default and meaning; `ENACT_GRAPH_PORT=…` and the like override."""

import os
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


def _split(value: object) -> object:
    """The parts of a text between commas or blanks, as people write lists in the environment."""
    return value.replace(",", " ").split() if isinstance(value, str) else value


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
    query_chars: int = Field(32_768, ge=256, description="Characters of a query's text.")
    query_depth: int = Field(500, ge=8, description="Levels to which a query's brackets may nest.")
    answer_bytes: int = Field(16_777_216, ge=1024, description="Bytes of one answer.")
    answer_rows: int = Field(
        500_000, ge=1, description="Rows of one answer, or triples of a graph."
    )
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
    tiles: str = Field(
        "",
        pattern=r"^$|^https?://[A-Za-z0-9.:-]+/[^\s\"'<>;,]*\{z\}[^\s\"'<>;,]*$",
        description="Address of map tiles with {z}, {x}, {y}, of another host; empty: none.",
    )
    tiles_attribution: str = Field(
        "", max_length=200, description="Who made those tiles, written under the map."
    )
    cache_bytes: int = Field(67_108_864, ge=0, description="Bytes of finished answers kept.")
