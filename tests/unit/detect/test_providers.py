"""Keys by their make: each is put together here from its prefix and signs that mean nothing."""

import re
from random import Random
from string import ascii_letters, ascii_lowercase, ascii_uppercase, digits

import pytest

from deid.detect.patterns.providers import PATTERNS
from deid.detect.scan import Scanner

SCANNER = Scanner()
KINDS = {
    "h": digits + "abcdef",
    "a": ascii_letters + digits,
    "l": ascii_lowercase + digits,
    "U": ascii_uppercase + digits,
    "d": digits,
    "L": ascii_letters,
}
# A make is written as text with «<kind><count>» in angle brackets where signs go.
MAKES = re.findall(
    r"\S+",
    """
A3-<U6>-<U6>-<U5>-<U5>-<U5>-<U5> ops_eyJ<a260> p8e-<l32> LTAI<a20> sk-ant-api03-<a93>AA AKCp<a69>
cmVmd<a59> authress_<l10>.<l4>.acc_<l16>.<a40> AKIA<U16> A3TX<U16> ABSK<a108>= abc8Q~<a34> 4b1d<a38>
CLOJARS_<l60> v1.0-<h24>-<h146> dapi<h32> dnkey-<l26>-<l52> dop_v1_<h64> dp.pt.<a43> sl.<a135>
duffel_live_<l43> dt0c01.<U24>.<U64> EZAK<a54> EAAC<a110> <d15>|<a27> FLWSECK_TEST-<h32>-X fo1_<a43>
fm2_<a120> fio-u-<l64> AIza<a35> ghp_<a36> github_pat_<a82> glpat-<a20> glpat-<a30>.<l9>
glcbt-<a3>_<a20> GR1348941<a20> eyJrIjoi<a80> glc_<a60> glsa_<a32>_<h8> gsk_<a52>
pat.<a22>.<h24>.<a20> <a14>.atlasv1.<a66> HRKU-AA<a58> pat-na1-<h8>-<h4>-<h4>-<h4>-<h12> hf_<L34>
api_org_<L34> ico-<a32> s-s4t2ud-<h64> lsv2_pt_<h32>_<h10> lin_api_<a40> lin_oauth_<h64> <h32>-us12
pubkey-<h32> <a6>_<a29>_mmk NRAK-<U27> NRII-<a32> ntn_<d11><a35> npm_<a36> oy2<l43> API-<U26>
sk-proj-<a74>T3BlbkFJ<a74> sha256~<a43> pplx-<a48> access-production-<h8>-<h4>-<h4>-<h4>-<h12>
pscale_tkn_<a43> PMAK-<h24>-<h34> pnu_<a36> pul-<h40> rdme_<l70> rubygems_<h48> tk-us-<a48>
SG.<a22>.<a43> xkeysib-<h64>-<a16> sntryu_<h64> sm_aat_<a16> shippo_live_<h40> shpat_<h32>
xapp-1-<U11>-<d13>-<h64> xoxb-<d12>-<d12>-<a24> xoxe.xoxp-1-<U164> sqp_<h40> sgp_<h16>_<h40>
EAAA<a60> sq0atp-<a22> sk_live_<a24> rk_prod_<a30> SK<h32> tfp_<a44>_<a14> hvs.<a95> AQVN<a36>
YC<a38> csk-<l48> sb_secret_<a22>_<a8> vcp_<a56> vercel_blob_rw_<a16>_<a30> napi_<l64> re_<a8>_<a24>
<d18>-Q<a39> figd_<a40> ATATT3xF<a180> ATBB<a32> dckr_oat_<a32> tskey-auth-<a14>-<a32> phx_<a43> CFPAT-<a43>
pat<a14>.<h64> 1/<d16>:<h32> pcsk_<a5>_<a63> tvly-dev-<a32> fc-<h32> bkua_<h40> CCIPAT_<a22>_<h40>
nfp_<a36> rnd_<a28> rzp_live_<a14> cio<a32> ddp_<a36> perm:<a20>.<a20>.<a40>
<h8>-<h4>-<h4>-<h4>-<h12>:<h32> alcht_<a30> mfa.<a84> xai-<a80>
""",
)
NO_KEYS = (
    "sk-learn is a nice package name",
    "glpat-short",
    "live_and_let_die_is_a_film_of_1973_they_say",
    "the pat-a-cake song",
    "s.replaceAllTheThingsInText(1)",
    "/usr/share/doc/python3-pip",
    "commit 4f2c9d1e8b7a6f5e4d3c2b1a0f9e8d7c6b5a4f3e",
    "sha256:4f2c9d1e8b7a6f5e4d3c2b1a0f9e8d7c6b5a4f3e",
)


def made(make: str) -> str:
    """Return a key of a make; the same each time."""
    rng = Random(make)
    parts = re.split("<([a-zA-Z])([0-9]+)>", make)
    key = parts[0]
    for kind, count, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        # A digit in the middle: a run of letters alone is no key.
        signs = rng.choices(KINDS[kind], k=int(count))
        if kind != "L":
            signs[len(signs) // 2] = "7"
        key += "".join(signs) + text
    return key


@pytest.mark.parametrize("make", MAKES)
@pytest.mark.parametrize("around", ["{}", "use {} for now", "トークンは{}です", "key='{}'"])
def test_key_is_found(make: str, around: str) -> None:
    key = made(make)
    text = around.format(key)
    start = text.index(key)
    spans = [span for span in SCANNER.detect([text])[0] if span.label == "SECRET_KEY"]
    assert any(span.start <= start and start + len(key) <= span.end for span in spans)


@pytest.mark.parametrize("text", NO_KEYS)
def test_no_key(text: str) -> None:
    assert [span for span in SCANNER.detect([text])[0] if span.label == "SECRET_KEY"] == []


def test_one_pattern_holds_them_all() -> None:
    assert [pattern.name for pattern in PATTERNS] == ["key.provider"]


@pytest.mark.parametrize(
    "form",
    [
        'adafruitToken = "{}"',
        "ADAFRUIT_KEY={}",
        "var adafruitClientSecret := `{}`",
        "<adafruitKey>{}</adafruitKey>",
        '"credentials": "{}"',
        'heroku = "{}"',
        "AccountKey={}==",
    ],
)
def test_key_that_code_assigns(form: str) -> None:
    key = made("<l32>")
    text = form.format(key)
    labels = {span.label for span in SCANNER.detect([text])[0] if span.start <= text.index(key) < span.end}
    assert "SECRET_KEY" in labels


@pytest.mark.parametrize(
    "text",
    [
        "publicKey = abcdefgh12345678abcd",
        "primary_key: abcdefghijklmnopqrst",
        'heroku = "yes"',
        "monkey: banana",
    ],
)
def test_what_code_assigns_and_is_no_key(text: str) -> None:
    assert [span for span in SCANNER.detect([text])[0] if span.label == "SECRET_KEY"] == []
