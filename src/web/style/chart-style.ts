/** Styles of charts: one drawing for wide pages, one for narrow ones, and colours that a visitor may force. */
export const chartStyle = `
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
