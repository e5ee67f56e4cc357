import { h } from 'preact'
import type { Markup } from '../markup.ts'
import type { Words } from '../messages/words.ts'

/** A room of the picture: an agency behind its partitions. */
interface Room {
  readonly x: number
  readonly name: string
  readonly accent: string
}

const roomWidth = 170

/** A room with the shelf that its register stands on. */
function room({ x, name, accent }: Room): Markup {
  const middle = x + roomWidth / 2
  return h(
    'g',
    { class: `app-accent-${accent}` },
    h('rect', { x, y: 8, width: roomWidth, height: 204, class: 'app-rooms__floor' }),
    h('path', { d: `M${x} 14h${roomWidth}`, class: 'app-rooms__lintel' }),
    h('text', { x: middle, y: 50, 'text-anchor': 'middle', class: 'app-rooms__name' }, name),
    [0, 1, 2, 3, 4, 5, 6].map((file) =>
      h('rect', {
        x: middle - 46 + file * 13,
        y: 160 - ((file * 5) % 9),
        width: 9,
        height: 34 + ((file * 5) % 9),
        class: 'app-rooms__file',
      }),
    ),
    h('path', { d: `M${middle - 54} 196h108`, class: 'app-rooms__shelf' }),
  )
}

/** The wall between two rooms; with a door where a question may pass. */
function partition(x: number, open: boolean): Markup {
  return h('path', {
    d: open ? `M${x} 8v74M${x} 142v70` : `M${x} 8v204`,
    class: 'app-rooms__wall',
  })
}

/** What passes: a disc with a sign, and the line that it left. */
function passing(sign: string, at: { x: number; y: number; from: number; kind: string }): Markup {
  return h(
    'g',
    { class: `app-rooms__${at.kind}` },
    h('path', { d: `M${at.from} ${at.y}H${at.x}`, class: 'app-rooms__way' }),
    h('circle', { cx: at.x, cy: at.y, r: 15 }),
    h('text', { x: at.x, y: at.y + 6, 'text-anchor': 'middle' }, sign),
  )
}

/** The log under the rooms: one mark an entry, the last one new, and the eye of the witness. */
function log(): Markup {
  return h(
    'g',
    null,
    Array.from({ length: 23 }, (_, index) =>
      h('rect', {
        x: 12 + index * 19,
        y: 236,
        width: 13,
        height: 26,
        rx: 2,
        class: index === 22 ? 'app-rooms__entry app-rooms__entry--new' : 'app-rooms__entry',
      }),
    ),
    h('path', { d: 'M8 272h446', class: 'app-rooms__ground' }),
    h('path', { d: 'M468 252q22 -24 44 0q-22 24 -44 0z', class: 'app-rooms__eye' }),
    h('circle', { cx: 490, cy: 252, r: 6, class: 'app-rooms__pupil' }),
  )
}

/** Three rooms, one question going through one door, and the log that it leaves its entry in. */
export function RoomsPicture({ words }: { words: Words }): Markup {
  const rooms: readonly Room[] = [
    { x: 5, name: words.t('home.room.housing'), accent: 'housing' },
    { x: 175, name: words.t('home.room.tax'), accent: 'tax' },
    { x: 345, name: words.t('home.room.social'), accent: 'social' },
  ]
  return h(
    'svg',
    {
      class: 'app-rooms',
      viewBox: '0 0 520 280',
      role: 'img',
      'aria-label': words.t('home.picture'),
      focusable: 'false',
    },
    rooms.map(room),
    h('rect', { x: 5, y: 8, width: 510, height: 204, class: 'app-rooms__wall' }),
    partition(175, true),
    partition(345, false),
    passing('?', { x: 196, y: 96, from: 96, kind: 'question' }),
    passing('✓', { x: 154, y: 130, from: 254, kind: 'answer' }),
    log(),
  )
}
