"""The page's style sheet: system type, one accent, colours of at least 4.5:1 in light and in dark."""

CSS = """
:root {
  color-scheme: light dark;
  --paper: #f7f7f5; --card: #ffffff; --ink: #1d2329; --soft: #58626c; --line: #e2e4e6; --track: #eceeef;
  --accent: #2b6291; --grey: #a9b4be; --good: #1f6b45; --good-bg: #e4f2ea; --bad: #a32a22; --bad-bg: #fae8e6;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171a; --card: #1c2024; --ink: #e7eaec; --soft: #a3adb6; --line: #30363c; --track: #2a2f34;
    --accent: #74b0e0; --grey: #66717c; --good: #7fd1a3; --good-bg: #17301f;
    --bad: #f2978f; --bad-bg: #3a1c1a;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: break-word;
  font: 16px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Hiragino Sans", "Noto Sans JP", sans-serif;
}
main, header { max-width: 58rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 3.5rem; }
h1 { font-size: clamp(1.7rem, 5vw, 2.4rem); line-height: 1.15; letter-spacing: -.02em; margin: .2rem 0 1rem; }
h2 { font-size: 1.3rem; line-height: 1.3; letter-spacing: -.01em; margin: 0 0 .4rem; }
h3 { font-size: 1rem; margin: 1.8rem 0 .6rem; }
p { margin: .4rem 0 1rem; max-width: 44rem; }
section { margin: 3.2rem 0; }
.eyebrow { color: var(--soft); font-size: .85rem; letter-spacing: .06em; margin: 0;
  text-transform: uppercase; }
.soft { color: var(--soft); }
.verdict { border-radius: 12px; padding: 1rem 1.25rem; margin: 1.4rem 0; }
.verdict p { margin: .15rem 0 0; }
.verdict strong { font-size: 1.15rem; }
.verdict ul { margin: .5rem 0 0; padding-left: 1.2rem; }
.pass { background: var(--good-bg); color: var(--good); }
.fail { background: var(--bad-bg); color: var(--bad); }
.pill { border-radius: 99px; padding: .12rem .65rem; font-size: .85rem; font-weight: 600;
  white-space: nowrap; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr));
  gap: .9rem 2rem; margin: 0; }
.facts dt { color: var(--soft); font-size: .85rem; }
.facts dd { margin: 0; }
.cards { display: grid; grid-template-columns: repeat(3, 1fr); gap: .9rem; }
.card, .panel { background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
.card { padding: .9rem 1rem; }
.card b { display: block; font-size: 1.6rem; line-height: 1.3; white-space: nowrap; font-weight: 650;
  letter-spacing: -.02em; }
.card span { color: var(--soft); font-size: .88rem; }
.panel { padding: 1.2rem; margin: 1rem 0; }
.two { display: grid; gap: 0 1.5rem; }
@media (min-width: 46rem) { .two { grid-template-columns: 1fr 1fr; } }
.scroll { overflow-x: auto; margin: 1rem 0; background: var(--card); border: 1px solid var(--line);
  border-radius: 12px; }
table { border-collapse: collapse; width: 100%; font-size: .94rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .55rem 1rem; border-top: 1px solid var(--line); vertical-align: top; }
th { font-size: .83rem; font-weight: 600; color: var(--soft); white-space: nowrap; border-top: 0; }
.num { text-align: right; white-space: nowrap; }
td.num { font-weight: 550; }
td small { display: block; color: var(--soft); font-size: .83rem; font-weight: 400; line-height: 1.4;
  overflow-wrap: anywhere; }
code { font: .86em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; word-break: break-all; }
td code { word-break: normal; white-space: nowrap; }
details > summary { cursor: pointer; color: var(--accent); }
a { color: var(--accent); }
.terms dt { font-weight: 650; margin-top: 1rem; }
.terms dd { margin: .1rem 0 0; max-width: 44rem; color: var(--soft); }
.legend { display: flex; gap: 1.4rem; font-size: .88rem; color: var(--soft); margin: 0 0 .6rem; }
.legend i { display: inline-block; width: .8rem; height: .8rem; border-radius: 3px; margin-right: .45rem;
  vertical-align: -.08rem; }
.legend .before { background: var(--grey); }
.legend .after { background: var(--accent); }
svg { display: block; overflow: visible; }
svg text { fill: var(--ink); font-size: 13px; font-variant-numeric: tabular-nums; }
svg .end { text-anchor: end; }
svg .mid { text-anchor: middle; }
svg .value { font-size: 11px; fill: var(--soft); }
svg .warn { fill: var(--bad); font-size: 12px; }
svg .track { fill: var(--track); }
svg .before { fill: var(--grey); }
svg .after { fill: var(--accent); }
svg .below { fill: var(--bad-bg); }
svg .axis { stroke: var(--soft); stroke-width: 1; }
footer { border-top: 1px solid var(--line); margin: 4rem 0 0; padding: 1.4rem 0 3rem; color: var(--soft);
  font-size: .88rem; }
@media (max-width: 34rem) {
  header { padding-top: 2rem; }
  .cards { grid-template-columns: 1fr 1fr; }
  .card b { font-size: 1.4rem; }
  section { margin: 2.4rem 0; }
  th, td { padding: .5rem .6rem; }
  td.num { white-space: normal; }
  svg .value { display: none; }
  svg .mid:not(.value) { font-size: 11px; }
}
@media print { body { background: none; } .scroll, .card, .panel { break-inside: avoid; } }
"""
