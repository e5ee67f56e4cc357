import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

/*
 * Loaded before a gateway (`--import`) that is to cheat as a holder: two expressions of its source get another value as they are
 * loaded, by what stands in the file `switch`. With nothing in it the program is the product.
 */

const switchFile = new URL(import.meta.url).searchParams.get('switch') ?? ''

interface Group {
  mask(scalar: Uint8Array, points: Uint8Array): Uint8Array
  base(scalars: Uint8Array): Uint8Array
}

/** `marks`: another scalar on all rows; `invents`: one slot of each group that is no dummy. */
function cheat(): string {
  return readFileSync(switchFile, 'utf8')
}

const mark = crypto.getRandomValues(new Uint8Array(32))

function marked(group: Group, points: Uint8Array): void {
  if (cheat() === 'marks') points.set(group.mask(mark, points.slice()))
}

function invented(group: Group, points: Uint8Array): void {
  if (cheat() === 'invents') points.set(group.base(crypto.getRandomValues(new Uint8Array(32))))
}

Object.assign(globalThis, { marked, invented })

const places: readonly (readonly [file: string, is: string, cheats: string])[] = [
  [
    'population/psi/steps/begin-holder.ts',
    'const sizes = paddedSizes(',
    'globalThis.marked(group, rows.points); const sizes = paddedSizes(',
  ],
  [
    'population/psi/steps/remask-list.ts',
    'const order = drawOrder(',
    'globalThis.invented(parts.group, appended); const order = drawOrder(',
  ],
]

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context)
    const place = places.find(([file]) => url.endsWith(`/src/${file}`))
    if (place === undefined || loaded.source === undefined) return loaded
    const [file, is, cheats] = place
    const source = Buffer.from(loaded.source as Uint8Array).toString('utf8')
    if (!source.includes(is)) throw new Error(`${file} has no line to cheat at any more`)
    return { ...loaded, source: source.replace(is, cheats) }
  },
})
