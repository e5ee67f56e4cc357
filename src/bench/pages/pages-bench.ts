import { fileURLToPath } from 'node:url'
import { isKeptDemo, startProcess } from '../../demo/index.ts'
import { BenchError } from '../bench-error.ts'
import { type BenchFigure, type BenchReport, figure } from '../bench-report.ts'
import { fsyncLatencyMs } from '../fsync-latency.ts'
import { describeCpu } from '../machine.ts'
import type { Tell } from '../person-bench.ts'
import { quantile } from '../statistics.ts'
import { type PageVisitor, pageVisitor } from './page-visitor.ts'
import { walkSite } from './walk-site.ts'

/** How the pages are measured. */
export interface PagesBenchOptions {
  /** The folder of a kept demo, which is started for the measurement. */
  readonly dir: string
  /** Loads of each page in a round. */
  readonly loads: number
  readonly rounds: number
}

/** What every page may weigh and take: the aim that the figures are held against. */
export const pageAims: { readonly firstByteMs: number; readonly bytes: number } = {
  firstByteMs: 100,
  bytes: 100_000,
}

/** Pages of one visitor, by what they are called in the report. */
const personPages = [
  ['list, first page', '/disclosures'],
  ['list, page 2', '/disclosures?page=2'],
  ['list, refused only', '/disclosures?outcome=deny'],
  ['proofs', '/proofs'],
  ['evidence of one page', '/evidence.json?page=1'],
] as const

/** Sent once and kept by the browser. */
const files = [
  ['style', '/assets/page.css'],
  ['script', '/assets/page.js'],
  ['verifier', '/assets/verify.js'],
] as const

const personSite = 'person.tax.localhost'
const publicSites = [
  ['verify', 'verify.localhost'],
  ['public record', 'public.tax.localhost'],
  ['demo home', 'demo.localhost'],
] as const

/** The sites of those who sign in, the person's apart: every page that links lead to is loaded. */
const signedInSites = [
  ['caseworker', 'caseworker.housing.localhost'],
  ['analyst of one register', 'analyst.housing.localhost'],
  ['analyst of two registers', 'analyst.social.localhost'],
  ['officer', 'dpo.tax.localhost'],
  ['administrator', 'admin.tax.localhost'],
  ['inspector', 'inspector.inspector.localhost'],
] as const

/** Loads of each page of a walked site in a round: there are many of them. */
const walkedLoads = 8

/** As this file is: run from source or built. */
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
const cli = fileURLToPath(new URL(`../../cli/main${extension}`, import.meta.url))
const warmUp = 5

interface Measured {
  readonly what: string
  readonly url: string
  readonly visitor: PageVisitor
}

function entriesOf(html: string): number {
  const lead = /<p class="govuk-body-l[^"]*">([^<]*)/.exec(html)?.[1] ?? ''
  return Number(/[\d, .\u202f\u00a0]+/.exec(lead)?.[0]?.replaceAll(/\D/g, '') ?? 0)
}

async function personPagesOf(port: number): Promise<{ heavy: Measured[]; rival: Measured[] }> {
  const site = `http://${personSite}:${port}`
  const found: { readonly visitor: PageVisitor; readonly entries: number }[] = []
  const count = await pageVisitor().offered(site)
  for (let who = 0; who < count; who += 1) {
    const visitor = pageVisitor()
    await visitor.signIn(site, who)
    const { text } = await visitor.load(`${site}/disclosures`)
    found.push({ visitor, entries: entriesOf(text) })
  }
  const ordered = found.toSorted((one, other) => other.entries - one.entries)
  const [most, fewest] = [ordered[0], ordered.at(-1)]
  if (most === undefined || fewest === undefined)
    throw new BenchError('RUN_REJECTED', 'The demo offers nobody to sign in as.')
  const pages = ({ visitor, entries }: typeof most): Measured[] =>
    personPages.map(([what, path]) => ({
      what: `${what}, ${entries.toLocaleString('en')} entries`,
      url: `${site}${path}`,
      visitor,
    }))
  return { heavy: pages(most), rival: pages(fewest) }
}

interface Loaded {
  readonly firstByteMs: readonly number[]
  readonly bytes: number
}

async function loadMany({ what, url, visitor }: Measured, loads: number): Promise<Loaded> {
  const taken: number[] = []
  let bytes = 0
  for (let at = 0; at < loads + warmUp; at += 1) {
    const answer = await visitor.load(url)
    if (answer.status !== 200)
      throw new BenchError('RUN_REJECTED', `${what} was answered ${answer.status}.`)
    if (at >= warmUp) taken.push(answer.firstByteMs)
    bytes = answer.bytes
  }
  return { firstByteMs: taken, bytes }
}

async function measure(
  pages: readonly Measured[],
  { loads, rounds }: PagesBenchOptions,
  tell: Tell,
): Promise<readonly BenchFigure[]> {
  const found = new Map<string, Loaded[]>()
  for (let round = 1; round <= rounds; round += 1) {
    tell(`round ${round} of ${rounds}`)
    for (const page of pages) {
      const loaded = await loadMany(page, loads)
      found.set(page.what, [...(found.get(page.what) ?? []), loaded])
    }
  }
  return [...found].flatMap(([what, runs]) => [
    figure(
      `${what}: first byte, p50`,
      'ms',
      runs.map(({ firstByteMs }) => quantile(firstByteMs, 0.5)),
    ),
    figure(
      `${what}: first byte, p95`,
      'ms',
      runs.map(({ firstByteMs }) => quantile(firstByteMs, 0.95)),
    ),
    figure(
      `${what}: transferred`,
      'kB',
      runs.map(({ bytes }) => bytes / 1000),
    ),
  ])
}

async function measureSite(
  [role, host]: (typeof signedInSites)[number],
  port: number,
  { rounds }: PagesBenchOptions,
  tell: Tell,
): Promise<readonly BenchFigure[]> {
  const visitor = pageVisitor()
  await visitor.signIn(`http://${host}:${port}`, 0)
  const pages = await walkSite(visitor, `http://${host}:${port}`)
  const slowest: number[] = []
  const heaviest: number[] = []
  for (let round = 1; round <= rounds; round += 1) {
    const loaded: { readonly url: string; readonly p95: number; readonly bytes: number }[] = []
    for (const url of pages) {
      const { firstByteMs, bytes } = await loadMany({ what: url, url, visitor }, walkedLoads)
      loaded.push({ url, p95: quantile(firstByteMs, 0.95), bytes })
    }
    const [worst] = loaded.toSorted((one, other) => other.p95 - one.p95)
    tell(`${role}, ${pages.length} pages: the slowest ${new URL(worst?.url ?? '').pathname}`)
    slowest.push(worst?.p95 ?? 0)
    heaviest.push(Math.max(...loaded.map(({ bytes }) => bytes)) / 1000)
  }
  return [
    figure(`${role}, slowest of ${pages.length} pages: first byte, p95`, 'ms', slowest),
    figure(`${role}, heaviest of ${pages.length} pages: transferred`, 'kB', heaviest),
  ]
}

async function measureSites(
  port: number,
  options: PagesBenchOptions,
  tell: Tell,
): Promise<readonly BenchFigure[]> {
  const figures: BenchFigure[] = []
  for (const site of signedInSites) figures.push(...(await measureSite(site, port, options, tell)))
  return figures
}

function publicPages(port: number): readonly Measured[] {
  const visitor = pageVisitor()
  const sites = publicSites.map(([what, host]) => ({
    what,
    url: `http://${host}:${port}/`,
    visitor,
  }))
  const assets = files.map(([what, path]) => ({
    what,
    url: `http://verify.localhost:${port}${path}`,
    visitor,
  }))
  return [...sites, ...assets]
}

/**
 * Measures the pages of a kept demo in a process of its own: the list of the person with most entries, beside the same
 * pages of the person with fewest, which is the rival; the pages that anybody sees; and of every other role each page
 * that links lead to, of which the slowest and the heaviest are told.
 *
 * @throws {@link BenchError} `RUN_REJECTED` when a page is not answered, or the folder holds no demo
 */
export async function runPagesBench(options: PagesBenchOptions, tell: Tell): Promise<BenchReport> {
  if (!(await isKeptDemo(options.dir)))
    throw new BenchError('RUN_REJECTED', 'The folder holds no demo; see cloison demo fill --help.')
  tell('starting the demo')
  const demo = await startProcess({ name: 'demo', args: [cli, 'demo', '--keep', options.dir] })
  try {
    const { heavy, rival } = await personPagesOf(demo.port)
    const figures = [
      ...(await measure([...heavy, ...publicPages(demo.port)], options, tell)),
      ...(await measureSites(demo.port, options, tell)),
    ]
    tell('the same pages of the person with fewest entries')
    return {
      name: 'pages of a filled demo',
      figures,
      fsyncMs: fsyncLatencyMs(options.dir),
      rival: {
        state: 'run',
        what: 'the same pages of the person with fewest entries',
        figures: await measure(rival, options, tell),
      },
      cpu: describeCpu(),
      node: process.version,
    }
  } finally {
    await demo.stop()
  }
}
