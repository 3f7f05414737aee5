/**
 * All of the panel's styles. They hold behind its shadow root, and of the app's only what elements inherit does: that is
 * reset here, and no length is in `rem`, which is the app's.
 */
export const css = `
:host {
  all: initial !important; direction: ltr !important; unicode-bidi: isolate !important;
  --back: #ffffff; --raised: #f4f5f7; --line: #d5d9e0; --text: #1b1f27; --dim: #565e6c;
  --accent: #1f5fc4; --good: #17703c; --warn: #8f4b00; --bad: #b3261e;
  color-scheme: light;
}
@media (prefers-color-scheme: dark) {
  :host {
    --back: #16191f; --raised: #20242c; --line: #3a404c; --text: #e8eaf0; --dim: #a3abba;
    --accent: #82b0ff; --good: #6fd697; --warn: #f0b35d; --bad: #ff9189;
    color-scheme: dark;
  }
}
* { box-sizing: border-box; margin: 0; padding: 0; font: inherit; color: inherit; }
.corner {
  position: fixed; z-index: 2147483646;
  font: 13px/1.45 system-ui, sans-serif; color: var(--text);
}
.bottom-right { right: 12px; bottom: 12px; }
.bottom-left { left: 12px; bottom: 12px; }
.top-right { right: 12px; top: 12px; }
.top-left { left: 12px; top: 12px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
button {
  padding: 4px 10px; border: 1px solid var(--line); border-radius: 6px; background: var(--raised); cursor: pointer;
}
button:hover { border-color: var(--accent); }
button[aria-disabled="true"] { color: var(--dim); cursor: default; border-style: dashed; }
.opener {
  display: flex; align-items: center; gap: 8px; padding: 7px 14px 7px 12px; border-radius: 99px;
  background: var(--back); font-weight: 600; box-shadow: 0 2px 10px rgb(0 0 0 / 0.2);
}
.dot { width: 10px; height: 10px; border-radius: 50%; border: 2px solid var(--dim); }
.dot.signed-in { background: var(--good); border-color: var(--good); }
.panel {
  display: flex; flex-direction: column; overflow: hidden;
  width: min(416px, 100vw - 24px); max-height: min(704px, 100vh - 24px);
  border: 1px solid var(--line); border-radius: 10px; background: var(--back);
  box-shadow: 0 8px 32px rgb(0 0 0 / 0.28);
}
header {
  display: flex; align-items: center; gap: 10px; padding: 8px 8px 8px 14px; border-bottom: 1px solid var(--line);
}
h2 { font-size: 15px; font-weight: 700; }
header code { flex: 1; color: var(--dim); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.close { padding: 0 10px; font-size: 18px; line-height: 26px; background: none; border-color: transparent; }
.body { overflow-y: auto; overscroll-behavior: contain; }
.actions { display: flex; flex-wrap: wrap; gap: 6px; padding: 10px 14px; }
.actions output { flex-basis: 100%; min-height: 1.45em; color: var(--dim); }
details { border-top: 1px solid var(--line); }
summary { display: flex; align-items: baseline; gap: 8px; padding: 7px 14px; cursor: pointer; list-style: none; }
summary:focus-visible { outline-offset: -2px; }
summary::-webkit-details-marker { display: none; }
summary::before { content: "▸"; color: var(--dim); font-size: 11px; }
details[open] > summary::before { content: "▾"; }
h3 { font-weight: 600; }
.note { margin-left: auto; color: var(--dim); font-variant-numeric: tabular-nums; }
.content { padding: 0 14px 10px 14px; }
code, td, dd, .events { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: 12px; }
ul, ol { list-style: none; }
.tabs li { display: flex; align-items: center; gap: 8px; padding: 2px 0; }
.self { color: var(--dim); }
.badge { padding: 0 8px; border: 1px solid var(--line); border-radius: 99px; font-size: 12px; color: var(--dim); }
.tabs .badge { min-width: 4.6em; text-align: center; }
.tabs code + .badge, .self + .badge { margin-left: auto; }
.badge.leader { color: var(--accent); border-color: var(--accent); font-weight: 600; }
.badge.visible { color: var(--good); border-color: var(--good); }
dl > div { display: flex; gap: 8px; padding: 1px 0; }
dt { flex: 0 0 120px; color: var(--dim); }
dd { overflow-wrap: anywhere; }
.expiry { display: flex; align-items: center; gap: 10px; padding-bottom: 8px; font-variant-numeric: tabular-nums; }
.bar { flex: 1; height: 8px; border-radius: 4px; background: var(--raised); border: 1px solid var(--line); overflow: hidden; }
.bar div { height: 100%; background: var(--good); }
.bar.low div { background: var(--warn); }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-weight: 400; color: var(--dim); }
th, td { padding: 1px 8px 1px 0; vertical-align: top; }
.tools { display: flex; gap: 6px; padding-bottom: 8px; }
input {
  flex: 1; min-width: 0; padding: 4px 8px; border: 1px solid var(--line); border-radius: 6px; background: var(--back);
}
input::placeholder { color: var(--dim); opacity: 1; }
.events { max-height: 224px; overflow-y: auto; }
.events li { display: flex; gap: 8px; padding: 2px 0; border-bottom: 1px solid var(--raised); }
.events time { color: var(--dim); white-space: nowrap; }
.events b { color: var(--accent); font-weight: 600; white-space: nowrap; }
@media (forced-colors: active) { .bar div, .dot.signed-in { forced-color-adjust: none; } }
`
