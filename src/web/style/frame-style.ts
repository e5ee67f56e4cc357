import { systemFonts } from './rebrand-style.ts'

/** Styles of what stands around every page: colours, header, status strip, foot. */
export const frameStyle: string = `
:root {
  --app-deep: #123f47; --app-brand: #14525c; --app-paper: #faf8f3; --app-sand: #efebe2;
  --app-line: #d9d4c7; --app-ink: #1b1c1a; --app-soft: #4b4a45; --app-point: #f2a65a;
  --app-good: #1c6b4a; --app-refused: #a8331f; --app-accent: var(--app-brand);
}
.app-accent-housing { --app-accent: #a8501c; --app-accent-on-dark: #f2a65a; }
.app-accent-tax { --app-accent: #3b4d99; --app-accent-on-dark: #a9b8f5; }
.app-accent-social { --app-accent: #2a7350; --app-accent-on-dark: #8fd3ae; }
.app-accent-inspector { --app-accent: #7a3c6b; }
.app-accent-witness { --app-accent: #4c5b66; }
.govuk-template { background: var(--app-sand); }
.govuk-template__body { background: var(--app-paper); font-family: ${systemFonts}; }
.govuk-main-wrapper { padding-top: 32px; padding-bottom: 48px; }
h1, h2, h3, .govuk-fieldset__heading { overflow-wrap: anywhere; text-wrap: balance; }
.govuk-heading-xl, .govuk-heading-l { letter-spacing: -0.015em; }
.govuk-caption-l { color: var(--app-soft); }
.govuk-main-wrapper h2.govuk-heading-m { margin-top: 40px; }
.govuk-exit-this-page { margin-top: 16px; }
.app-measure { max-width: 40em; }
.app-code {
  font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: 0.85em; overflow-wrap: anywhere;
}
.app-header .govuk-generic-header { background: var(--app-deep); }
.app-header__row {
  display: flex; flex-wrap: wrap; align-items: center; gap: 4px 24px; padding: 10px 0;
}
.app-header .govuk-generic-header__logo { padding: 0; }
.app-header .govuk-generic-header__homepage-link {
  display: inline-flex; align-items: center; gap: 10px; margin: 0;
  font-size: 1.5rem; font-weight: 700; letter-spacing: -0.02em;
}
.app-logo { display: block; }
.app-logo__point { fill: var(--app-point); }
.govuk-generic-header__homepage-link:focus .app-logo__point { fill: var(--app-ink); }
.app-header__site {
  margin: 0; flex: 1 1 auto; color: #dfe9e8; font-size: 1rem;
  padding-left: 14px; border-left: 4px solid var(--app-accent-on-dark, #b9cfcd);
}
.app-header .govuk-language-navigation {
  margin: 0; font-size: 1rem; --govuk-text-colour: #fff; color: #fff;
}
.app-header .govuk-language-navigation__link:not(:focus) { color: #dfe9e8; }
.app-header .govuk-language-navigation__link:focus { color: var(--app-ink); }
.app-header .govuk-language-navigation__text { font-weight: 700; }
.app-header .govuk-language-navigation__list-item:not(:last-child)::after {
  border-right-color: #6f9097;
}
.app-header .govuk-service-navigation {
  background: #fff; border-bottom: 1px solid var(--app-line);
}
.app-status { border-bottom: 1px solid var(--app-line); background: #eef4ef; font-size: 1rem; }
.app-status--late, .app-status--unknown { background: #fbf0d2; }
.app-status--stopped { background: #f8dfd6; }
.app-status__row {
  display: flex; flex-wrap: wrap; justify-content: space-between; gap: 2px 24px; padding: 8px 0;
}
.app-status__text { margin: 0; color: var(--app-ink); }
.app-status__mark {
  display: inline-block; width: 11px; height: 11px; margin-right: 10px; border-radius: 50%;
  background: var(--app-good);
}
.app-status--late .app-status__mark, .app-status--unknown .app-status__mark {
  background: transparent; border: 3px solid #7d5a00; box-sizing: border-box;
}
.app-status--stopped .app-status__mark { border-radius: 0; background: var(--app-refused); }
.app-status__entries { color: var(--app-soft); }
.app-status__entries::before { content: "·"; margin: 0 8px; }
.app-limits {
  margin-top: 56px; padding: 20px 24px 6px; border: 1px dashed #a39d8c; border-radius: 6px;
  background: transparent;
}
.app-limits__title { color: var(--app-soft); }
.app-limits .govuk-list { color: var(--app-soft); max-width: 42em; font-size: 1rem; }
.govuk-footer { border-top: 4px solid var(--app-deep); background: var(--app-sand); padding-top: 28px; }
.govuk-footer::before { display: none; }
.app-footer__note { margin: 12px 0 0; color: var(--app-soft); font-size: 1rem; }
`
