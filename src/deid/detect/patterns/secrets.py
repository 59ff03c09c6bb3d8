"""Provider keys and tokens, private keys and seed phrases."""

import math
import re
from collections import Counter

from deid.detect.patterns.parts import GAP, LEFT, RIGHT, TAIL
from deid.detect.patterns.pattern import Pattern


def _entropy(text: str) -> float:
    counts = Counter(text)
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts.values())


def _is_token(surface: str) -> bool:
    return (
        re.search("[0-9]", surface) is not None
        and re.search("[A-Za-z]", surface) is not None
        and _entropy(surface) > 2.8
    )


def _is_mixed_token(surface: str) -> bool:
    """Whether letters and digits take turns too often for a name with a version."""
    return _is_token(surface) and len(re.findall("[0-9](?=[A-Za-z])|[A-Za-z](?=[0-9])", surface)) > _TURNS


_TURNS = 4

# Services whose keys have no make of their own; a value assigned to their name is one if it is quoted or looks drawn.
_SERVICES = (
    "adafruit|adobe|airtable|algolia|alibaba|asana|atlassian|confluence|jira|beamer|bitbucket|bittrex|meraki|cloudflare|codecov|cohere"
    "|coinbase|confluent|contentful|datadog|discord|droneci|dropbox|etsy|facebook|fastly|finicity|finnhub|flickr|freshbooks|gitter|heroku"
    "|hubspot|intercom|jfrog|artifactory|kraken|kucoin|launchdarkly|linear|linkedin|mailchimp|mailgun|mapbox|mattermost|messagebird|netlify|new_?relic|nytimes"
    "|okta|plaid|private_?ai|rapidapi|sendbird|sentry|snyk(?:_api)?|sonar|squarespace|sumo|telegram|travis|twitch|twitter|yandex|zendesk|aws_secret|openai|mistral|deepl"
)
_QUERY_KEYS = "access_token|id_token|refresh_token|reset_token|auth_token|sig|signature|x-amz-(?:signature|security-token)|x-goog-signature|client_secret|jwt"


PATTERNS = (
    Pattern(
        "SECRET_KEY",
        "key.jwt",
        r"(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,8000}(?:\.[A-Za-z0-9_-]{8,2000})?",
        score=1.0,
        source="RFC 7519",
    ),
    Pattern(
        "SECRET_KEY",
        "key.pem",
        r"-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----(?:[^-]{0,20000}-----END [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----|[A-Za-z0-9+/= \r\n\t\\]{0,20000})",
        score=1.0,
        source="RFC 7468",
    ),
    Pattern(
        "SECRET_KEY",
        "key.bearer",
        r"(?i:(?<![A-Za-z])(?:bearer|basic|token)) {1,2}(?P<v>[A-Za-z0-9._~+/-]{16,2000}={0,2})(?![A-Za-z0-9])",
        accept=_is_token,
        score=0.9,
        source="RFC 6750, RFC 7617",
    ),
    Pattern(
        "SECRET_KEY",
        "key.cued",
        r"(?i:(?<![A-Za-z])(?:api[_ -]?keys?|api[_ -]?token|secret[_ -]?(?:access[_ -]?)?key|access[_ -]?(?:key|token)|auth[_ -]?token|private[_ -]?key|client[_ -]?secret|signing[_ -]?key|encryption[_ -]?key|license[_ -]?key|product[_ -]?key|webhook[_ -]?secret|refresh[_ -]?token|bot[_ -]?token|secret|token)s?"
        rf"|APIキー|APIトークン|アクセスキー|アクセストークン|シークレット(?:キー)?|秘密鍵|トークン|ライセンスキー|プロダクトキー)[\"']?(?:_?id)?{GAP}(?P<v>[A-Za-z0-9][A-Za-z0-9_./+=-]{{14,254}}[A-Za-z0-9=])(?![A-Za-z0-9])",
        accept=_is_token,
        score=0.9,
    ),
    Pattern(
        "SECRET_KEY",
        "key.assigned",
        r"(?i:token|(?<!public)(?<!public_)(?<!primary)(?<!foreign)key|secret|credentials?|passwd)[\"'\])]{0,2}[ \t]{0,3}(?::?=|=>|[:>])[ \t]{0,3}[\"'`]{0,3}(?P<v>[A-Za-z0-9][A-Za-z0-9_./+=-]{12,254}[A-Za-z0-9=])(?![A-Za-z0-9])",
        accept=_is_token,
        score=0.8,
        trigger="(?i:token|key|secret|credentials?|passwd)[^0-9A-Za-z]{0,6}[:=>]",
    ),
    Pattern(
        "SECRET_KEY",
        "key.service",
        rf"(?i:{_SERVICES})[ \t]{{0,3}}(?::?=|=>)[ \t]{{0,3}}[\"'`](?P<v>[A-Za-z0-9][A-Za-z0-9_./+=-]{{14,254}}[A-Za-z0-9=])[\"'`]",
        accept=_is_token,
        score=0.8,
        trigger=f"(?i:{_SERVICES})[^0-9A-Za-z]{{0,4}}=",
    ),
    Pattern(
        "SECRET_KEY",
        "key.service_bare",
        rf"(?i:{_SERVICES})(?:[_.-][A-Za-z]{{2,12}}){{0,2}}[ \t]{{0,3}}(?::?=|=>|:)[ \t]{{0,3}}(?P<v>[A-Za-z0-9_-]{{18,254}})(?![A-Za-z0-9_./+:@-])",
        accept=_is_mixed_token,
        score=0.7,
        trigger=f"(?i:{_SERVICES})(?:[_.-][A-Za-z]+)*[ \t]*[:=]",
    ),
    Pattern(
        "SECRET_KEY",
        "key.before_cue",
        rf"(?<![A-Za-z0-9_/+=-])(?<![0-9A-Za-z][.])(?P<v>[A-Za-z0-9][A-Za-z0-9_./+=-]{{14,254}}[A-Za-z0-9=]){TAIL}(?:(?i:api[_ -]?(?:key|token)|secret|access (?:key|token)|auth token|private key|token)|APIキー|APIトークン|アクセスキー|アクセストークン|シークレット|秘密鍵|トークン)",
        accept=_is_token,
        score=0.8,
        trigger="(?i:api[_ -]?(?:key|token)|secret|access (?:key|token)|auth token|private key|token)|APIキー|APIトークン|アクセスキー|アクセストークン|シークレット|秘密鍵|トークン",
    ),
    Pattern(
        "SECRET_KEY",
        "key.seed_before_cue",
        rf"(?<![A-Za-z])(?P<v>[a-z]{{3,8}}+(?: [a-z]{{3,8}}+){{11,23}})(?=[^a-z]){TAIL}(?i:(?:seed|recovery|secret|backup|mnemonic)[ -](?:phrase|words?)|mnemonic|(?:access|secret|private|api|auth)[ _-]?(?:token|key)|シードフレーズ|リカバリーフレーズ|秘密鍵|アクセストークン|APIキー|シークレット|トークン)",
        score=0.9,
        source="BIP 39",
        trigger="(?i:(?:seed|recovery|secret|backup|mnemonic)[ -](?:phrase|word)|mnemonic|(?:access|secret|private|api|auth)[ _-]?(?:token|key)|シードフレーズ|リカバリーフレーズ|秘密鍵|アクセストークン|APIキー|シークレット|トークン)",
    ),
    Pattern(
        "SECRET_KEY",
        "key.in_query",
        rf"[?&#;](?i:{_QUERY_KEYS})=(?P<v>[A-Za-z0-9._~%+/=:-]{{16,2048}})",
        score=0.9,
        source="RFC 6750 section 2.3, Amazon S3, Azure shared access signatures",
        trigger=rf"[?&#;](?i:{_QUERY_KEYS})=",
    ),
    Pattern(
        "SECRET_KEY",
        "key.webhook",
        r"(?i:hooks\.slack\.com/(?:services|workflows|triggers)/|webhook\.office\.com/webhookb2/|discord(?:app)?\.com/api/webhooks/|api\.telegram\.org/bot)(?P<v>[A-Za-z0-9_:@-]{2,80}(?:/[A-Za-z0-9_-]{2,100}){1,3}|[0-9]{8,12}:[A-Za-z0-9_-]{30,50})",
        score=1.0,
        source="Slack, Discord, Telegram",
        trigger="(?i:hooks\\.slack\\.com/|webhook\\.office\\.com/|api/webhooks/|api\\.telegram\\.org/bot)",
    ),
    Pattern(
        "SECRET_KEY",
        "key.product",
        rf"{LEFT}[A-Z0-9]{{5}}(?:-[A-Z0-9]{{5}}){{4}}{RIGHT}",
        accept=_is_token,
        score=0.8,
        source="Microsoft product keys",
        trigger="-[A-Z0-9]{5}-",
    ),
    Pattern(
        "SECRET_KEY",
        "key.seed_phrase",
        r"(?i:(?:seed|recovery|secret|backup|mnemonic|wallet)[ -](?:phrase|words?|seed)|mnemonic|(?:access|secret|private|recovery|api)[ _-]?(?:token|key|code)|シードフレーズ|リカバリー ?フレーズ|復元フレーズ|ニーモニック(?:コード)?|秘密のフレーズ|秘密鍵|アクセストークン|シークレット|トークン|APIキー|助记词)"
        r"[^\n]{0,32}?[^A-Za-z\n](?P<v>(?:[0-9]{1,2}[.)] ?)?[a-z]{3,8}(?:[ ,、・\n-]{1,3}(?:[0-9]{1,2}[.)] ?)?[a-z]{3,8}){11,23})(?![A-Za-z])",
        score=1.0,
        source="BIP 39",
    ),
    Pattern(
        "SECRET_KEY",
        "key.hex_cued",
        r"(?i:(?<![A-Za-z])(?:auth(?: ?token)?|twilio|secret|api ?key|token|license key|private key|signing key))[^\n0-9A-Za-z]{0,4}(?:(?i:is|auth|key|token)[^\n0-9A-Za-z]{0,4}){0,2}(?P<v>(?:0x)?[0-9a-fA-F]{32,128})(?![0-9A-Za-z])",
        accept=_is_token,
        score=0.9,
        trigger="(?i:auth|twilio|secret|key|token)[^0-9A-Za-z]",
    ),
)
