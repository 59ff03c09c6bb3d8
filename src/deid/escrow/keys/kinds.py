"""The kinds of escrow key, and what makes, seals with and opens with each.

| kind                             | chosen by           | raw form of the public half                |
| -------------------------------- | ------------------- | ------------------------------------------ |
| ``X25519``                       | ``local:x25519``    | 32 bytes                                   |
| ``MLKEM768-X25519``              | ``local:hybrid``    | 1,184 + 32 bytes                           |
| ``AWS-KMS``                      | ``awskms:ARN``      | the ARN                                    |
| ``VAULT-TRANSIT``                | ``vault:URL``       | the URL                                    |
| ``RSA-OAEP-SHA256``, ``…-SHA1``  | ``pkcs11:URI``      | ``encode(URI, SubjectPublicKeyInfo)``      |

The raw form is signed by the custodian in ``escrow.pub``, addresses included: a configuration cannot send
secrets to a service, or a key, that the custodian did not choose.
"""

from deid.errors import EscrowError
from deid.escrow.envelope import does_not_open
from deid.escrow.keys import awskms, hpke, pkcs11, vault
from deid.escrow.keys.access import KeyAccess
from deid.escrow.keys.wrapper import EscrowKey, KeyUnwrapper, KeyWrapper

DEFAULT = "local:x25519"
KINDS = frozenset({hpke.X25519, hpke.HYBRID, awskms.KIND, vault.KIND, *pkcs11.KINDS})
MAX_RAW_BYTES = 4_096
_PROBE = b"deid/escrow/probe/v1"
_LOCAL = {DEFAULT: hpke.X25519, "local:hybrid": hpke.HYBRID}


def choose(spec: str, access: KeyAccess) -> tuple[EscrowKey, bytes]:
    """Return a new escrow key and its private half; of a key in a service, that is its address.

    Local keys are drawn; a service's key exists, and is tried before anything depends on it.
    """
    scheme = spec.partition(":")[0]
    if spec in _LOCAL:
        private = hpke.generate(_LOCAL[spec])
        return hpke.unwrapper(_LOCAL[spec], private).key, private
    if scheme == awskms.SCHEME:
        return _tried(EscrowKey(awskms.KIND, awskms.parse(spec)), access)
    if scheme == vault.SCHEME:
        key = EscrowKey(vault.KIND, vault.parse(spec))
        vault.VaultKey(key, access).check()
        return _tried(key, access)
    if scheme == pkcs11.SCHEME:
        key = pkcs11.choose(spec, access)
        return key, key.raw
    raise EscrowError(
        f"escrow key of kind `{scheme}:` not understood",
        hint="give local:x25519, local:hybrid, awskms:ARN, vault:URL or pkcs11:URI",
    )


def wrapper(key: EscrowKey, access: KeyAccess) -> KeyWrapper:
    """Return what seals under an escrow key."""
    if key.kem in hpke.FORMS:
        return hpke.HpkeWrapper(key)
    if key.kem == awskms.KIND:
        return awskms.AwsKmsKey(key, access)
    if key.kem == vault.KIND:
        return vault.VaultKey(key, access)
    return pkcs11.TokenWrapper(key)


def unwrapper(kem: str, private: bytes, access: KeyAccess) -> KeyUnwrapper:
    """Return what opens under an escrow key; the one error for a kind that is unknown."""
    if kem in hpke.FORMS:
        return hpke.unwrapper(kem, private)
    if kem not in KINDS:
        raise does_not_open()
    key = EscrowKey(kem, private)
    if kem == awskms.KIND:
        return awskms.AwsKmsKey(key, access)
    if kem == vault.KIND:
        return vault.VaultKey(key, access)
    return pkcs11.TokenUnwrapper(key, access)


def address(key: EscrowKey) -> str:
    """Return where a key is kept: an address, or ``local``."""
    if key.kem == awskms.KIND:
        return f"{awskms.SCHEME}:{key.raw.decode()}"
    if key.kem == vault.KIND:
        return f"{vault.SCHEME}:{key.raw.decode()}"
    return pkcs11.address_of(key.raw) if key.kem in pkcs11.KINDS else "local"


def fits(key: EscrowKey) -> bool:
    """Return whether a public half has a size its kind can have."""
    if key.kem in hpke.FORMS:
        return len(key.raw) == hpke.FORMS[key.kem].public
    return key.kem in KINDS and 0 < len(key.raw) <= MAX_RAW_BYTES


def _tried(key: EscrowKey, access: KeyAccess) -> tuple[EscrowKey, bytes]:
    """Return a service's key after one key came back through it: the chooser is the one who must open."""
    fresh, wrapped = wrapper(key, access).new_epoch_key(_PROBE)
    if unwrapper(key.kem, key.raw, access).unwrap(wrapped, _PROBE) != fresh:
        raise EscrowError(f"{key.kem}: the service does not open what it wrapped")
    return key, key.raw
