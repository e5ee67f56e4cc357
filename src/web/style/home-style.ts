/** Styles of the demo's front door and of its attempts to cheat. */
export const homeStyle = `
.app-hero { display: grid; gap: 24px 48px; align-items: center; margin-bottom: 48px; }
.app-hero > * { min-width: 0; }
.app-hero .govuk-heading-xl { margin-bottom: 20px; }
@media (max-width: 40.0525rem) { .app-hero .govuk-heading-xl { font-size: 1.75rem; line-height: 1.15; } }
@media (min-width: 60rem) { .app-hero { grid-template-columns: 1fr 1fr; } }
.app-rooms { display: block; width: 100%; height: auto; max-width: 600px; }
.app-rooms__floor { fill: #fff; }
.app-rooms__lintel { stroke: var(--app-accent); stroke-width: 10; }
.app-rooms__name { fill: var(--app-ink); font-size: 17px; font-weight: 700; }
.app-rooms__file { fill: var(--app-accent); opacity: 0.35; }
.app-rooms__shelf { stroke: var(--app-deep); stroke-width: 3; stroke-linecap: round; }
.app-rooms__wall { fill: none; stroke: var(--app-deep); stroke-width: 6; }
.app-rooms__way { fill: none; stroke-width: 3; stroke-dasharray: 2 7; stroke-linecap: round; }
.app-rooms__question .app-rooms__way { stroke: #a8501c; }
.app-rooms__question circle { fill: #a8501c; }
.app-rooms__answer .app-rooms__way { stroke: #3b4d99; }
.app-rooms__answer circle { fill: #3b4d99; }
.app-rooms__question text, .app-rooms__answer text { fill: #fff; font-size: 17px; font-weight: 700; }
.app-rooms__entry { fill: #9db4b5; }
.app-rooms__entry--new { fill: var(--app-point); stroke: var(--app-ink); stroke-width: 1.5; }
.app-rooms__ground { stroke: var(--app-deep); stroke-width: 3; stroke-linecap: round; }
.app-rooms__eye { fill: #fff; stroke: var(--app-deep); stroke-width: 3; stroke-linejoin: round; }
.app-rooms__pupil { fill: var(--app-deep); }
.app-section__title { margin-top: 56px; }
.app-story { counter-reset: step; display: grid; gap: 20px; margin: 0; padding: 0; list-style: none; }
@media (min-width: 40.0625rem) { .app-story { grid-template-columns: 1fr 1fr; } }
@media (min-width: 60rem) { .app-story { grid-template-columns: 1fr 1fr 1fr; } }
.app-story__step {
  counter-increment: step; display: flex; flex-direction: column; margin: 0; padding: 20px;
  background: #fff; border: 1px solid var(--app-line); border-radius: 6px; min-width: 0;
  box-shadow: 0 1px 2px rgb(27 28 26 / 6%);
}
.app-story__title { margin: 0 0 8px; font-size: 1.1875rem; line-height: 1.3; }
.app-story__title::before {
  content: counter(step); display: block; width: 32px; height: 32px; margin-bottom: 12px; border-radius: 50%;
  background: var(--app-deep); color: #fff; font-size: 1rem; line-height: 32px; text-align: center;
}
.app-story__text { margin: 0 0 14px; flex: 1; line-height: 1.45; }
.app-story__link { font-weight: 700; }
.app-cheat {
  display: flex; flex-direction: column; padding: 20px 20px 2px; background: #fff;
  border: 1px solid var(--app-line); border-left: 5px solid var(--app-refused); border-radius: 0 6px 6px 0;
}
.app-cheat__title { margin: 0 0 8px; font-size: 1.1875rem; }
.app-cheat__text { margin: 0 0 16px; flex: 1; line-height: 1.45; }
.app-door { padding: 20px 20px 2px; background: #fff; border: 1px solid var(--app-line); border-radius: 6px; }
.govuk-main-wrapper .app-abuse h2.govuk-heading-m { margin-top: 0; }
.app-abuse { margin: 0 0 30px; padding: 20px 20px 2px; background: #fff; border: 1px solid var(--app-line); border-radius: 6px; }
.app-abuse__sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 280px), 1fr)); gap: 0 30px; }
.app-restores { table-layout: fixed; width: 100%; overflow-wrap: break-word; }
.app-restores .govuk-table__header, .app-restores .govuk-table__cell { padding-right: 12px; vertical-align: top; }
@media (max-width: 40.0525rem) {
  .app-restores thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .app-restores tr { display: block; padding: 10px 0; border-bottom: 1px solid var(--app-line); }
  .app-restores tbody th, .app-restores td { display: block; padding: 2px 0; border: 0; }
  .app-restores td::before { content: attr(data-label) ": "; color: var(--app-soft); }
  :lang(fr) .app-restores td::before { content: attr(data-label) "\\a0: "; }
}
.app-progress { display: block; width: 100%; max-width: 480px; height: 14px; margin: 0 0 24px; accent-color: var(--app-accent); }
.app-process {
  padding: 16px 18px; background: #fff; border: 1px solid var(--app-line);
  border-top: 4px solid var(--app-accent); border-radius: 6px;
}
.app-process p { margin: 0; }
.app-process__name { margin: 0; font-size: 1.1875rem; }
.app-process__kind { color: var(--app-soft); font-size: 1rem; line-height: 1.4; }
.app-process .app-process__place { margin-top: 8px; font-variant-numeric: tabular-nums; }
.app-process .app-process__head {
  display: flex; flex-wrap: wrap; align-items: center; gap: 4px 10px; margin-top: 10px; font-size: 1rem;
}
.app-trail { counter-reset: trail; margin: 0 0 36px; padding: 0; list-style: none; }
.app-trail__step {
  counter-increment: trail; position: relative; margin: 0; padding: 0 0 18px 36px;
  border-left: 2px solid var(--app-line); margin-left: 15px;
}
.app-trail__step:last-child { border-left-color: transparent; }
.app-trail__step::before {
  content: counter(trail); position: absolute; left: -16px; top: 0; width: 30px; height: 30px;
  border-radius: 50%; background: var(--app-deep); color: #fff; line-height: 30px; text-align: center;
  font-weight: 700; font-size: 1rem;
}
.app-trail p { margin: 0; }
.app-trail__what { font-weight: 700; padding-top: 3px; }
.app-trail__outcome { color: var(--app-soft); overflow-wrap: anywhere; }
`
