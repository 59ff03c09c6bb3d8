import hashlib

import pytest

from deid.escrow import merkle

# The reference inputs and roots of the Certificate Transparency implementation of RFC 6962.
INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def test_no_leaves() -> None:
    assert merkle.root([]) == merkle.Frontier().root() == hashlib.sha256(b"").digest()


@pytest.mark.parametrize("n", range(1, 9))
def test_roots_are_the_references(n: int) -> None:
    leaves = [merkle.leaf(bytes.fromhex(data)) for data in INPUTS[:n]]
    assert merkle.root(leaves).hex() == ROOTS[n - 1]


def test_a_frontier_knows_the_root_of_every_size() -> None:
    leaves, frontier = [merkle.leaf(bytes.fromhex(data)) for data in INPUTS], merkle.Frontier()
    for size, (leaf, root) in enumerate(zip(leaves, ROOTS, strict=True), 1):
        frontier.append(leaf)
        assert (frontier.size, frontier.root().hex()) == (size, root)


@pytest.mark.parametrize("n", [0, 1, merkle.CHUNK - 1, merkle.CHUNK, merkle.CHUNK + 1, 3 * merkle.CHUNK + 7])
def test_chunks_give_the_root_of_the_whole(n: int) -> None:
    leaves = [merkle.leaf(i.to_bytes(4, "big")) for i in range(n)]
    chunks = (leaves[i : i + merkle.CHUNK] for i in range(0, n, merkle.CHUNK))
    assert merkle.root_of_chunks(chunks) == merkle.root(leaves)


def test_leaf_and_node_cannot_pass_for_each_other() -> None:
    left, right = merkle.leaf(b"a"), merkle.leaf(b"b")
    assert merkle.leaf(left + right) != merkle.node(left, right) == merkle.root([left, right])
