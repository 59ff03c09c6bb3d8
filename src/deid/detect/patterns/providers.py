"""Keys and tokens that their provider's documentation tells by a prefix or a fixed make, 2024 to 2026 included.

The lengths are those of the documents, or a floor under them; a prefix that is a word needs its exact length.
"""

from deid.detect.patterns.parts import LONG_RUN
from deid.detect.patterns.pattern import Pattern

_UUID = "[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"

_CLOUD = (
    r"(?:AKIA|ASIA|AGPA|AIDA|AROA|ANPA|ABIA|ACCA|A3T[A-Z0-9])[A-Z0-9]{16}|ABSK[A-Za-z0-9+/]{60,160}={0,2}",  # Amazon Web Services
    r"AIza[0-9A-Za-z_-]{30,40}|ya29\.[0-9A-Za-z_-]{20,500}|GOCSPX-[A-Za-z0-9_-]{20,40}|[0-9]{10,14}-[0-9a-z]{32}\.apps\.googleusercontent\.com",  # Google
    r"[A-Za-z0-9_~.]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}",  # Microsoft Entra
    r"LTAI[A-Za-z0-9]{12,24}|AQVN[A-Za-z0-9_-]{35,38}|YC[A-Za-z0-9_-]{38}|t1\.[A-Za-z0-9_-]{20,400}={0,2}\.[A-Za-z0-9_-]{86}={0,2}",  # Alibaba, Yandex
    r"do[opr]_v1_[0-9a-f]{40,80}|v1\.0-[0-9a-f]{24}-[0-9a-f]{100,160}|HRKU-AA[A-Za-z0-9_-]{50,70}|tk-us-[A-Za-z0-9_-]{48}",
    r"f(?:o1|m1[ar]|m2)_[A-Za-z0-9_+/=-]{40,1000}|nfp_[A-Za-z0-9]{36,40}|rnd_[A-Za-z0-9]{28,40}|v(?:cp|ci|ca|cr|ck)_[A-Za-z0-9]{24,80}|vercel_(?:blob_rw_)?[A-Za-z0-9_]{20,80}",
    r"(?:pul-[0-9a-f]{40}|[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,70}|hv[sbr]\.[A-Za-z0-9_-]{24,300}|s\.(?=[A-Za-z]{0,23}[0-9])[A-Za-z0-9]{24}|sha256~[A-Za-z0-9_-]{43}|tskey-[a-z]{3,12}-[A-Za-z0-9-]{20,80})",
    r"dt0[a-z][0-9]{2}\.[A-Z0-9]{8,24}\.[A-Z0-9]{64}|NRAK-[A-Z0-9]{27}|NRJS-[0-9a-f]{19}|NRII-[A-Za-z0-9_-]{32}|NRRA-[0-9a-f]{42}|gl(?:c_[A-Za-z0-9+/]{32,400}={0,3}|sa_[A-Za-z0-9]{32}_[0-9A-Fa-f]{8})|eyJrIjoi[A-Za-z0-9]{60,400}={0,3}",
    r"dapi[0-9a-f]{32}(?:-[0-9])?|4b1d[A-Za-z0-9]{38}|napi_[a-z0-9]{40,80}|pscale_(?:tkn|oauth|pw)_[A-Za-z0-9_=.-]{32,64}|sb_(?:secret|publishable)_[A-Za-z0-9_-]{20,60}|sbp_(?:oauth_|v0_)?[0-9a-f]{40}",
    r"dnkey-[a-z0-9=_-]{26}-[a-z0-9=_-]{52}|[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk|pk\.[A-Za-z0-9]{50,120}\.[A-Za-z0-9_-]{20,24}|ico-[A-Za-z0-9]{32}|API-[A-Z0-9]{25,28}",
)
_CODE = (
    r"gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_[A-Za-z0-9_]{22,255}",  # GitHub
    r"gl[a-z]{2,5}-[A-Za-z0-9_-]{20,300}(?:\.[0-9a-z]{9})?|GR1348941[A-Za-z0-9_-]{20}",  # GitLab
    r"AT[AC]TT3[A-Za-z0-9_=-]{20,255}|ATBB[A-Za-z0-9]{20,40}|AKCp[A-Za-z0-9]{60,80}|cmVmd[A-Za-z0-9]{59}",  # Atlassian, JFrog
    r"npm_[A-Za-z0-9]{30,40}|pypi-[A-Za-z0-9_-]{50,1000}|rubygems_[0-9a-f]{40,64}|dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,60}|oy2[a-z0-9]{43}|cio[A-Za-z0-9]{32}|CLOJARS_[A-Za-z0-9]{60}|dd[po]_[A-Za-z0-9]{36}",
    r"sq[upa]_[0-9a-f]{40}|sgp_(?:(?:[0-9a-fA-F]{16}|local)_)?[0-9a-fA-F]{40}|sntry[su]_[A-Za-z0-9_+/=-]{40,500}|CCIPAT_[A-Za-z0-9]{20,24}_[0-9a-f]{40}|bk[a-z]{1,2}_[0-9a-f]{40}|perm[:-][A-Za-z0-9=]{8,64}\.[A-Za-z0-9=]{8,64}\.[A-Za-z0-9=]{20,64}",
    r"PMAK-[0-9a-f]{24}-[0-9a-f]{34}|rdme_[a-z0-9]{70}|pnu_[A-Za-z0-9]{36}|(?:pat|sat)\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9]{24}\.[A-Za-z0-9]{20}|A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}|ops_eyJ[A-Za-z0-9+/_-]{100,2000}={0,3}",
    r"AGE-SECRET-KEY-1[A-Z0-9]{50,60}|dp\.(?:pt|st|ct|sa|scim|audit)\.[A-Za-z0-9_.-]{40,80}|(?:sc|ext|scauth|authress)_[A-Za-z0-9]{5,30}\.[a-z0-9]{4,6}\.acc[_-][a-z0-9-]{10,32}\.[A-Za-z0-9+/_=-]{30,120}|sm_[aps]at_[A-Za-z0-9]{16}|s-s4t2(?:ud|af)-[0-9a-f]{64}",
)
_MODELS = (
    r"sk-(?:proj-|ant-|or-|svcacct-|admin-|live-|lf-)?[A-Za-z0-9_-]{20,255}|pk-lf-[0-9a-f-]{36}",  # OpenAI, Anthropic, OpenRouter, DeepSeek, Langfuse
    r"(?:hf_|api_org_)[A-Za-z0-9]{20,60}|r8_[A-Za-z0-9]{30,60}|gsk_[A-Za-z0-9]{30,80}|pplx-[A-Za-z0-9]{30,80}|xai-[A-Za-z0-9]{30,120}|csk-[a-z0-9]{40,60}|lsv2_[a-z]{2}_[0-9a-f]{32}_[0-9a-f]{10}",
    rf"pcsk_[A-Za-z0-9]{{4,8}}_[A-Za-z0-9]{{50,70}}|tvly-(?:dev-|prod-)?[A-Za-z0-9-]{{20,50}}|fc-[0-9a-f]{{32}}|{_UUID}:[0-9a-f]{{32}}|{_UUID}:fx",
)
_MONEY = (
    r"(?:sk|pk|rk|whsec)_(?:live_|test_|prod_)?[A-Za-z0-9]{16,255}|rzp_(?:live|test)_[A-Za-z0-9]{14}",  # Stripe, Clerk, Paystack, Razorpay
    r"tok_[A-Za-z0-9]{16,40}|aio_[A-Za-z0-9]{28}|AVNU_[A-Za-z0-9+/]{300,400}={0,2}|sq0(?:atp|csp|idp)-[A-Za-z0-9_-]{20,60}|EAAA[A-Za-z0-9_-]{22,64}|shp(?:at|ca|pa|ss|tka)_[0-9a-fA-F]{32}|shippo_(?:live|test)_[0-9a-fA-F]{40}|EZ[AT]K[A-Za-z0-9]{54}",
    rf"FLW(?:SECK|PUBK)(?:_TEST)?-[0-9A-Za-z]{{12,32}}(?:-X)?|access-(?:sandbox|development|production)-{_UUID}|APP_USR-[0-9]{{10,20}}-[0-9]{{6}}-[0-9a-f]{{32}}-[0-9]{{6,12}}|access_token\$production\$[a-z0-9]{{16}}\$[0-9a-f]{{32}}",
    r"(?:live|test)_(?:pub_)?(?=[A-Za-z=-]{0,30}[0-9])[A-Za-z0-9=-]{31,43}|duffel_(?:test|live)_[A-Za-z0-9_=-]{43}|alcht_[A-Za-z0-9]{30}",
)
_MESSAGES = (
    r"xox[abcdeoprs](?:\.xox[bp])?-[A-Za-z0-9-]{10,255}|xapp-[0-9]-[A-Za-z0-9-]{20,255}",  # Slack
    r"[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,45}|mfa\.[A-Za-z0-9_-]{80,90}",  # Discord
    r"[0-9]{8,10}:AA[A-Za-z0-9_-]{32,34}|(?:AC|SK)[0-9a-fA-F]{32}|EAA[A-Za-z0-9]{40,300}|[0-9]{15,16}\|[A-Za-z0-9_-]{27,40}|A{22}[A-Za-z0-9%]{80,110}|[1-9][0-9]{6,18}-(?=[a-z0-9]{0,39}[A-Z])[A-Za-z0-9]{40}",  # Telegram, Twilio, Meta, X
    r"SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{32,64}|xkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}|(?:pub)?key-[0-9a-f]{32}|[0-9a-f]{32}-us[0-9]{1,2}|re_[A-Za-z0-9]{8}_[A-Za-z0-9]{20,30}",
)
_OFFICE = (
    rf"pat-[a-z]{{2}}[0-9]-{_UUID}|pat[A-Za-z0-9]{{14}}\.[0-9a-f]{{64}}|lin_(?:api|oauth)_[A-Za-z0-9]{{30,70}}|figd_[A-Za-z0-9_-]{{30,60}}|ntn_[A-Za-z0-9]{{30,60}}|secret_[A-Za-z0-9]{{40,50}}|[12]/[0-9]{{13,20}}:[0-9a-f]{{32}}",
    r"p8e-[A-Za-z0-9]{32}|sl\.(?:u\.)?[A-Za-z0-9_=-]{130,200}|CFPAT-[A-Za-z0-9_-]{40,46}|fio-u-[A-Za-z0-9_=-]{64}|tfp_[A-Za-z0-9_.=-]{40,64}|ph[cxs]_[A-Za-z0-9]{30,60}",
)
_PROVIDER_KEYS = "|".join((*_CLOUD, *_CODE, *_MODELS, *_MONEY, *_MESSAGES, *_OFFICE))

PATTERNS = (
    Pattern(
        "SECRET_KEY",
        "key.provider",
        rf"(?<![A-Za-z0-9_-])(?=[A-Za-z0-9_.:|~$/=+-]{{14}})(?:{_PROVIDER_KEYS})(?![A-Za-z0-9_])",
        score=1.0,
        source="vendors' documented prefixes",
        trigger=LONG_RUN,
    ),
)
