/** Styles of tables about populations and of their charts: one drawing for wide pages, one for narrow ones, and colours that a visitor may force. */
export const chartStyle = `
.app-builder { display: grid; gap: 10px 40px; }
.app-builder > * { min-width: 0; }
.app-builder__side .govuk-button { margin-bottom: 10px; }
@media (min-width: 60rem) {
  .app-builder { grid-template-columns: 3fr 2fr; align-items: start; }
  .app-builder__side { grid-column: 2; grid-row: 1; }
}
.app-builder__side .app-receipt { margin-bottom: 20px; }
.app-builder__side .govuk-heading-m { margin-top: 0; }
.app-plain-radios .govuk-radios__item { padding: 0; margin-bottom: 0; background: none; border: 0; }
.app-plain-radios .govuk-radios__item:has(:checked) { box-shadow: none; }
.app-plain-radios .govuk-radios__label { font-weight: 400; }
.app-plain-radios .govuk-radios__label::before { left: 0; top: 10px; }
.app-plain-radios .govuk-radios__label::after { left: 7px; top: 17px; }
.app-pager { display: flex; flex-wrap: wrap; gap: 6px 24px; margin: 0 0 24px; }
.app-stacked .govuk-table__header { overflow-wrap: anywhere; }
.app-stacked thead .govuk-table__header { overflow-wrap: normal; }
.app-break { overflow-wrap: anywhere; }
@media (max-width: 40.0525rem) {
  .app-stacked thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .app-stacked tr { display: block; padding: 10px 0; border-bottom: 1px solid var(--app-line); }
  .app-stacked tbody th, .app-stacked td { display: block; padding: 2px 0; border: 0; text-align: left; }
  .app-stacked tbody td { display: inline-block; margin-right: 16px; }
  .app-stacked td::before { content: attr(data-label) ": "; color: var(--app-soft); }
  :lang(fr) .app-stacked td::before { content: attr(data-label) "\\a0: "; }
}
.app-charts { margin: 0 0 24px; }
.app-chart { display: block; max-width: 100%; height: auto; }
.app-chart--wide { display: none; }
.app-chart text { font-family: inherit; }
.app-chart__label, .app-chart__panel, .app-chart__axis { fill: var(--app-ink); }
.app-chart__tick, .app-chart__open { fill: var(--app-soft); }
.app-chart__grid { stroke: var(--app-line); }
.app-chart__zero { stroke: var(--app-soft); }
.app-chart__interval { stroke: var(--app-brand); }
.app-chart__dot { fill: var(--app-brand); }
@media (min-width: 60rem) {
  .app-chart--wide { display: block; }
  .app-chart--narrow { display: none; }
}
@media print {
  .app-chart--wide { display: block; break-inside: avoid; }
  .app-chart--narrow { display: none; }
}
@media (forced-colors: active) {
  .app-chart text { fill: CanvasText; }
  .app-chart__grid { stroke: GrayText; }
  .app-chart__zero { stroke: CanvasText; }
  .app-chart__interval { stroke: Highlight; }
  .app-chart__dot { fill: CanvasText; }
}
`
