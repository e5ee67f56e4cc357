import { access, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { type Agreement, parseAgreement } from '../agreement/index.ts'
import { type FoundedOrganisation, readOrganisation, readTokenFile } from '../node/index.ts'
import { bestEd25519 } from '../platform/index.ts'
import { parseOrganisationId } from '../protocol/index.ts'
import { parseCaseBook } from './case-system-settings.ts'
import { DemoError } from './demo-error.ts'
import { demoOrganisations, populationSeed, populationSize } from './demo-layout.ts'
import { makePopulation } from './population.ts'
import type { PreparedDemo } from './prepare-demo.ts'

/** Beside the organisations' folders: what no other file of a demo says. */
const markerName = 'demo.json'

const markerSchema = z.strictObject({
  v: z.literal(1),
  basePort: z.int().min(1024).max(65_000),
  origins: z.record(z.string(), z.string()),
  agreements: z.array(z.strictObject({ id: z.string(), party: z.string() })),
})

type Marker = z.infer<typeof markerSchema>

/** Writes what {@link openKeptDemo} needs beside everything else: the last step of preparing. */
export async function markDemo(
  dir: string,
  { basePort, founded, agreements }: Pick<PreparedDemo, 'basePort' | 'founded' | 'agreements'>,
): Promise<void> {
  const marker: Marker = {
    v: 1,
    basePort,
    origins: Object.fromEntries([...founded].map(([id, { origin }]) => [id, origin])),
    agreements: agreements.map(({ id, consumer }) => ({ id, party: consumer })),
  }
  await writeFile(join(dir, markerName), `${JSON.stringify(marker, null, 2)}\n`)
}

/** Whether a whole demo was made in this folder. */
export async function isKeptDemo(dir: string): Promise<boolean> {
  return await access(join(dir, markerName)).then(
    () => true,
    () => false,
  )
}

async function readMarker(dir: string): Promise<Marker> {
  try {
    return markerSchema.parse(JSON.parse(await readFile(join(dir, markerName), 'utf8')))
  } catch (cause) {
    throw new DemoError('NOT_KEPT', `${dir} holds no demo; make one with cloison demo --keep.`, {
      cause,
    })
  }
}

async function readFounded(
  dir: string,
  { origins }: Marker,
): Promise<ReadonlyMap<string, FoundedOrganisation>> {
  const founded = new Map<string, FoundedOrganisation>()
  for (const { id } of demoOrganisations) {
    const identity = {
      id: parseOrganisationId(id),
      folder: join(dir, id),
      origin: origins[id] ?? '',
    }
    founded.set(id, await readOrganisation(identity, bestEd25519()))
  }
  return founded
}

function readAgreementsOf(dir: string, { agreements }: Marker): Promise<readonly Agreement[]> {
  return Promise.all(
    agreements.map(async ({ id, party }) =>
      parseAgreement(await readFile(join(dir, party, 'agreements', `${id}.json`))),
    ),
  )
}

/**
 * Reads a demo that was kept, as `prepareDemo` made it; its processes are not running, or the writers' locks
 * say so later.
 *
 * @throws {@link DemoError} `NOT_KEPT`
 */
export async function openKeptDemo(dir: string): Promise<PreparedDemo> {
  const marker = await readMarker(dir)
  const keys = join(dir, 'housing', 'keys')
  return {
    dir,
    basePort: marker.basePort,
    founded: await readFounded(dir, marker),
    people: makePopulation({ seed: populationSeed, size: populationSize }),
    cases: parseCaseBook(await readFile(join(dir, 'cases', 'cases.json'), 'utf8')),
    agreements: await readAgreementsOf(dir, marker),
    pagesToken: await readTokenFile(join(keys, 'pages.token')),
    casesToken: await readTokenFile(join(keys, 'cases.token')),
    consentSecret: await readTokenFile(join(dir, 'consent', 'client.secret')),
    vkeys: await readFile(join(dir, 'vkeys.txt'), 'utf8'),
    policy: await readFile(join(dir, 'policy.txt'), 'utf8'),
  }
}
