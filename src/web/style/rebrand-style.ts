/** The reader's own font: for the design system's elements and for ours. */
export const systemFonts: string =
  'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans","Liberation Sans",Arial,sans-serif'

/** The design system's colours and ours in their place. Each pair keeps or raises the contrast. */
const colours: readonly (readonly [theirs: string, ours: string])[] = [
  ['#1d70b8', '#14525c'],
  ['#1a65a6', '#0e5563'],
  ['#0f385c', '#082f37'],
  ['#54319f', '#5a3a78'],
  ['#0f7a52', '#1c6b4a'],
  ['#083d29', '#0b3f2b'],
  ['#cfe4dc', '#d5eadf'],
  ['#ca3535', '#a8331f'],
  ['#651b1b', '#6d1f12'],
  ['#f4d7d7', '#f8dfd6'],
  ['#ffee80', '#fbe9b0'],
  ['#f4f8fb', '#f2efe8'],
  ['#8eb8dc', '#b9c7c5'],
  ['#cecece', '#cfcabd'],
  ['#f3f3f3', '#efebe2'],
  ['#484949', '#4b4a45'],
  ['#0b0c0c', '#1b1c1a'],
]

/**
 * The design system's style sheet as we may serve it: without its fonts and its crest, in the
 * reader's own system font and in our colours.
 */
export function rebrandStyle(style: string): string {
  const bare = style
    .replaceAll(/@font-face\{[^}]*\}/g, '')
    .replaceAll(/\/\*![^*]*font[^*]*\*\//g, '')
    .replaceAll(/url\([^)]*govuk-crest[^)]*\)/g, 'none')
    .replaceAll('GDS Transport,arial,sans-serif', systemFonts)
    .replaceAll(/"GDS Transport",\s*arial,\s*sans-serif/g, systemFonts)
  return colours.reduce((text, [theirs, ours]) => text.replaceAll(theirs, ours), bare)
}
