import { resolve } from 'node:path'
import { Command } from 'commander'
import { benchTable, pageAims, runPagesBench } from '../../bench/index.ts'
import { type CliIo, EXIT } from '../cli-io.ts'
import { wholeNumber } from '../whole-number.ts'

const examples = `
Starts a kept demo and loads its pages as a browser does, with Brotli: time to the first byte, and kilobytes as
transferred. The aims are a first byte within ${pageAims.firstByteMs} ms and ${pageAims.bytes / 1000} kB for every page.

Examples:
  $ cloison demo fill ./kept               first, a demo with 100,000 disclosures
  $ cloison bench pages ./kept             three rounds of 40 loads of each page
  $ cloison bench pages ./kept --json > pages.json
`

interface PagesFlags {
  readonly loads: number
  readonly rounds: number
  readonly json?: true
}

/** `cloison bench pages`: how quick and how heavy the pages of a filled demo are. */
export function benchPagesCommand(io: CliIo): Command {
  return new Command('pages')
    .description('Measures the pages of a kept demo: time to the first byte, and weight.')
    .argument('<dir>', 'the folder of the demo, as of cloison demo fill')
    .addHelpText('before', examples)
    .option('--loads <n>', 'loads of each page in a round', wholeNumber(10_000), 40)
    .option('--rounds <n>', 'counted rounds', wholeNumber(20), 3)
    .option('--json', 'print the report as JSON')
    .action(async (dir: string, { loads, rounds, json }: PagesFlags) => {
      const startedAtMs = io.now()
      const tell = (what: string): void =>
        io.stderr(`[${((io.now() - startedAtMs) / 1000).toFixed(1)} s] ${what}\n`)
      try {
        const report = await runPagesBench({ dir: resolve(dir), loads, rounds }, tell)
        io.stdout(json === true ? `${JSON.stringify(report)}\n` : benchTable(report))
      } catch (cause) {
        io.stderr(`cloison bench: ${cause instanceof Error ? cause.message : 'unknown failure'}\n`)
        io.exit(EXIT.fault)
      }
    })
}
