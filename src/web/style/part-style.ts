/** Styles of the parts that several pages share: cards, verdicts, marks, commands. */
export const partStyle = `
.app-grid { display: grid; gap: 20px; margin: 0 0 40px; padding: 0; list-style: none; }
.app-stack { display: grid; gap: 20px; margin: 0 0 40px; padding: 0; list-style: none; }
.app-grid > *, .app-stack > * { min-width: 0; margin: 0; }
@media (min-width: 48rem) {
  .app-grid--two { grid-template-columns: 1fr 1fr; }
  .app-grid--three { grid-template-columns: 1fr 1fr 1fr; }
}
.app-measure + .app-stack { margin-top: 30px; }
.app-card {
  box-sizing: border-box; padding: 20px 20px 4px; background: #fff; border: 1px solid var(--app-line);
  border-top: 4px solid var(--app-accent); border-radius: 6px;
  box-shadow: 0 1px 2px rgb(27 28 26 / 6%);
}
.app-card__head {
  display: flex; flex-wrap: wrap; align-items: flex-start; justify-content: space-between;
  gap: 6px 16px; margin-bottom: 12px;
}
.app-card__title { margin: 0; font-size: 1.3125rem; line-height: 1.3; font-weight: 700; }
.app-card__when { margin: -6px 0 12px; color: var(--app-soft); font-size: 1rem; }
.app-card__button { margin-bottom: 18px; }
.app-side-by-side { display: flex; flex-wrap: wrap; gap: 0 15px; }
.app-card .govuk-details { margin-bottom: 16px; }
.app-facts { margin-bottom: 12px; font-size: 1rem; line-height: 1.4; }
.app-facts .govuk-summary-list__key { font-weight: 600; color: var(--app-soft); }
.app-anywhere { overflow-wrap: anywhere; }
.app-facts .govuk-list { font-size: inherit; margin: 0; }
.app-facts .govuk-summary-list__value { overflow-wrap: anywhere; }
.app-facts .govuk-summary-list__key, .app-facts .govuk-summary-list__value,
.app-facts .govuk-summary-list__actions { padding-top: 7px; padding-bottom: 7px; }
.app-card .app-facts .govuk-summary-list__key, .app-card .app-facts .govuk-summary-list__value {
  padding-top: 4px; padding-bottom: 4px;
}
.app-card .app-facts .govuk-summary-list__row { border: 0; }
.app-facts__list { margin: 0; font-size: inherit; }
@media (max-width: 40.0525rem) {
  .app-card .app-facts .govuk-summary-list__row { margin-bottom: 6px; }
  .app-card .app-facts .govuk-summary-list__key, .app-facts .govuk-summary-list__key { padding-bottom: 0; }
  .app-card .app-facts .govuk-summary-list__value, .app-facts .govuk-summary-list__value { padding-top: 0; }
}
.govuk-tag { max-width: none; border-radius: 4px; font-size: 1rem; }
.govuk-tag--red::before { content: "✕"; margin-right: 6px; }
.govuk-tag--green::before { content: "✓"; margin-right: 6px; }
.govuk-button { border-radius: 4px; }
.govuk-inset-text > :last-child { margin-bottom: 0; }
.govuk-inset-text { border-left-color: var(--app-brand); background: #fff; padding: 18px 20px; }
.govuk-radios { max-width: 42em; }
.govuk-radios__item {
  box-sizing: border-box; margin-bottom: 14px; padding: 12px 16px 14px; background: #fff;
  border: 1px solid var(--app-line); border-radius: 6px;
}
.govuk-radios__item:has(:checked) { border-color: var(--app-brand); box-shadow: 0 0 0 1px var(--app-brand); }
.govuk-radios__label { font-weight: 700; }
.govuk-radios__label::before { left: 18px; top: 14px; }
.govuk-radios__label::after { left: 28px; top: 24px; }
.app-verdict {
  margin: 0 0 32px; padding: 24px; background: #e6f1ea; border-left: 8px solid var(--app-good);
  border-radius: 0 6px 6px 0;
}
.app-compose-part { margin-top: 40px; padding-top: 20px; border-top: 1px solid var(--app-line); }
.report-address { display: block; color: var(--app-soft); }
.report-note { color: var(--app-soft); }
.app-corrected {
  padding: 20px; margin-bottom: 30px; border-left: 8px solid var(--app-refused); background: #fbeae4;
  border-radius: 0 6px 6px 0;
}
.app-corrected > :last-child { margin-bottom: 0; }
.app-verdict--refused { background: #fbeae4; border-left-color: var(--app-refused); }
.app-verdict p { margin: 0; }
.app-verdict__label { color: var(--app-soft); font-size: 1.0625rem; }
.app-verdict__value { margin-top: 4px; font-size: 2rem; line-height: 1.2; font-weight: 700; overflow-wrap: anywhere; }
.app-verdict .app-verdict__note { margin-top: 10px; font-size: 1.0625rem; max-width: 42em; }
@media (min-width: 40.0625rem) { .app-verdict__value { font-size: 2.5rem; } }
.app-verdict--refused .app-verdict__value { font-size: 1.75rem; }
.app-proof { margin: 0 0 24px; padding: 0; list-style: none; }
.app-proof__stage {
  position: relative; margin: 0; padding: 0 0 18px 40px; font-size: 1.1875rem; line-height: 1.4;
}
.app-proof__stage::before {
  content: ""; position: absolute; left: 0; top: 1px; width: 24px; height: 24px; box-sizing: border-box;
  border: 3px dashed #7d5a00; border-radius: 50%; background: var(--app-paper); z-index: 1;
  color: #fff; font-size: 15px; line-height: 24px; text-align: center; font-weight: 700;
}
.app-proof__stage--done::before { content: "✓"; border: 0; background: var(--app-good); }
.app-proof__stage:not(:last-child)::after {
  content: ""; position: absolute; left: 11px; top: 20px; bottom: 0; width: 2px; background: #b7c9bd;
}
.app-leg__when { display: block; color: var(--app-soft); font-size: 1rem; }
.app-mark {
  display: flex; align-items: flex-start; gap: 10px; margin: 4px 0 16px; padding-top: 12px;
  border-top: 1px solid var(--app-line); font-size: 1rem; line-height: 1.4;
}
.app-mark__sign {
  flex: none; width: 20px; height: 20px; border-radius: 50%; box-sizing: border-box;
  border: 2px dashed #8a8676; color: #fff; font-size: 13px; line-height: 20px; text-align: center;
  font-weight: 700;
}
.app-mark--holds .app-mark__sign { border: 0; background: var(--app-good); }
.app-mark--holds .app-mark__sign::before { content: "✓"; }
.app-mark--fails .app-mark__sign { border: 0; border-radius: 3px; background: var(--app-refused); }
.app-mark--fails .app-mark__sign::before { content: "✕"; }
.app-mark--waits .app-mark__sign { border-color: #7d5a00; }
.app-mark--fails .app-mark__text { font-weight: 700; color: var(--app-refused); }
.app-check {
  margin: 0 0 28px; padding: 14px 18px; max-width: 42em; background: #fff; border: 1px solid var(--app-line);
  border-left: 5px solid #8a8676; border-radius: 0 4px 4px 0; font-size: 1.0625rem; line-height: 1.45;
}
.app-check--holds { border-left-color: var(--app-good); background: #eef6f0; }
.app-check--fails { border-left-color: var(--app-refused); background: #fbeae4; font-weight: 700; }
.app-check--waits { border-left-color: #b98900; }
.app-command {
  margin: 0 0 24px; padding: 16px 18px; background: #17282b; color: #eaf2ef; border-radius: 6px;
  font: 0.9375rem/1.6 ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  white-space: pre-wrap; overflow-wrap: anywhere;
}
.app-share { margin-bottom: 14px; font-size: 1.0625rem; }
.app-share__bar { display: block; width: 100%; max-width: 30em; height: 10px; margin-top: 4px; }
.app-share__whole { fill: #dcd8cb; }
.app-share__used { fill: var(--app-brand); }
.app-share--full .app-share__used { fill: var(--app-refused); }
@media (forced-colors: active) {
  .govuk-tag { border: 1px solid CanvasText; }
  .app-verdict { border: 1px solid CanvasText; border-left-width: 8px; }
  .app-share__whole { fill: Canvas; stroke: CanvasText; stroke-width: 2px; vector-effect: non-scaling-stroke; }
  .app-share__used, .app-share--full .app-share__used { fill: Highlight; }
}
.govuk-select { max-width: 100%; }
.app-code-area { font: 0.9375rem/1.5 ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
@media (min-width: 40.0625rem) { .app-ask-row { display: flex; flex-wrap: wrap; gap: 0 24px; align-items: flex-end; } }
.app-ask-row .govuk-select { max-width: 100%; }
.govuk-task-list { background: #fff; }
.govuk-task-list__item { box-sizing: border-box; }
.govuk-task-list__name-and-hint { padding-left: 14px; }
.govuk-task-list__status { padding-right: 14px; }
@media (max-width: 40.0525rem) {
  .govuk-task-list__item, .govuk-task-list__name-and-hint, .govuk-task-list__status { display: block; }
  .govuk-task-list__status { padding: 0 14px 10px; text-align: left; }
}
.app-receipt { padding: 18px 20px 0; background: #fff; border: 1px solid var(--app-line); border-radius: 6px; }
.app-receipt__title { margin: 0 0 10px; font-weight: 700; }
`
