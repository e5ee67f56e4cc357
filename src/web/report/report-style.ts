/** The style of a report as a file: read on a screen or a phone, and printed on A4, without anything else. */
export const reportStyle = `
:root { color-scheme: light; --ink: #1b1c1a; --soft: #4b4a45; --line: #d9d4c7; --deep: #123f47; }
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 24px 20px 64px; max-width: 62rem; color: var(--ink); background: #fff;
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif;
}
header { border-bottom: 4px solid var(--deep); padding-bottom: 16px; }
h1 { margin: 0 0 6px; font-size: 1.9rem; line-height: 1.2; }
h2 { margin: 36px 0 10px; font-size: 1.3rem; line-height: 1.3; color: var(--deep); overflow-wrap: anywhere; }
p { margin: 0 0 10px; max-width: 44em; }
.report-lead { font-size: 1.1rem; }
.report-soft, .report-note, .report-address { color: var(--soft); }
.report-note, .report-address { font-size: 0.9em; }
.report-address { display: block; }
.report-personal { padding: 10px 14px; border-left: 5px solid #a8331f; background: #fbeae4; }
dl { margin: 0; border-top: 1px solid var(--line); }
dl > div { display: grid; grid-template-columns: 1fr; padding: 7px 0; border-bottom: 1px solid var(--line); }
dt { font-weight: 600; color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
ul { margin: 0; padding-left: 1.1em; }
table { width: 100%; border-collapse: collapse; font-size: 0.95rem; }
caption { text-align: left; }
th, td { padding: 7px 10px 7px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
th { color: var(--soft); }
.govuk-table__cell--numeric, .govuk-table__header--numeric { text-align: right; font-variant-numeric: tabular-nums; }
.govuk-visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
pre { margin: 0; padding: 12px 14px; background: #f2efe8; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 0.9rem; }
footer { margin-top: 40px; padding-top: 16px; border-top: 1px solid var(--line); }
@media (min-width: 40rem) { dl > div { grid-template-columns: 16rem 1fr; gap: 0 20px; } }
@media screen and (max-width: 47.9375rem) {
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { display: block; padding: 10px 0; border-bottom: 1px solid var(--line); }
  td { display: block; padding: 2px 0; border: 0; overflow-wrap: anywhere; }
  td::before { content: attr(data-label) ": "; color: var(--soft); }
  .govuk-table__cell--numeric { text-align: left; }
}
@media print {
  @page { size: A4; margin: 18mm 16mm; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  h2 { break-after: avoid; }
  dl > div, tr { break-inside: avoid; }
  dl > div { grid-template-columns: 48mm 1fr; gap: 0 6mm; }
  thead { display: table-header-group; }
}
`
