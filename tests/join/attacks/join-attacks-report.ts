import { joinAttacks, notStopped } from './all-attacks.ts'
import { type AttackedRow, type Attempt, runJoinAttacks } from './join-attack.ts'

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

function endText({ succeeds, got, code }: Attempt): string {
  const how = code === undefined ? '' : `\`${code}\`: `
  return succeeds ? `**succeeds**: ${got}` : `${how}${got}`
}

/** One row: attack → stopped by → evidence left → what the same code gets from the twin. */
export function rowText({ attack, product, twin }: AttackedRow): string {
  const { name, who, what, stoppedBy } = attack
  const by = product.succeeds ? '**nothing**' : stoppedBy
  const twinText = `${attack.twin}: ${twin.succeeds ? twin.got : `NOTHING: ${twin.got}`}`
  return line([`\`${name}\``, who, what, by, endText(product), product.evidence, twinText])
}

const head = [
  '',
  'who',
  'attack',
  'stopped by',
  'what came of it',
  'evidence left',
  'the same code against the twin',
]

/** The document, as the run found it; Markdown. */
export function attacksText(rows: readonly AttackedRow[]): string {
  const stopped = rows.filter(({ product }) => !product.succeeds).length
  const open = rows.filter(({ product }) => product.succeeds).map(({ attack }) => attack.name)
  return [
    '# Attacks on joins',
    '',
    'Each row is one attack by one piece of code, run twice: against the product, and against a twin that lacks the one control that the row names. An attacker has what a party of a run has: its own keys, its own register, and every message that it is sent. What it gets is counted, not asserted. Made by',
    '',
    '```',
    'node tests/join/attacks/join-attacks-report.ts',
    '```',
    '',
    `${rows.length} attacks: ${stopped} stopped, ${open.length} not (${open.map((name) => `\`${name}\``).join(', ')}). \`tests/join/attacks/join-attacks.test.ts\` runs the same table, and fails where a twin is not broken into.`,
    '',
    line(head),
    line(head.map(() => '---')),
    ...rows.map(rowText),
    '',
    '## How to read it',
    '',
    '**Evidence.** An abort names the SHA-256 of the messages that show the fault; between gateways each of these is an entry in its sender’s log and in its receiver’s, so whoever is blamed cannot say that it sent something else. A run that is stopped stays charged.',
    '',
    '**Wrong exponents.** Of a list of 1,000 places with a share f of wrong ones, 64 random places find one with a probability of 1 − (1 − f)^64 at least: 47.4 % for 1 %, 99.9 % for 10 %. A holder that is lucky once changes a table; it has not learnt anything by it.',
    '',
    '**One person.** Noise does not stop a question about one person; it makes the answer worth little, and the ledger makes it the last one. `allowed` is e^ε / (1 + e^ε) of yes-or-no guesses, with ε what a year’s runs were charged. The guess uses only the cells; the sizes cost the rest.',
    '',
    '**Sizes.** `tests/join/attacks/size-leakage.test.ts` has the exact test: for registers with and without one person, the whole law of the size that others are told differs by no more than e^ε and the δ that is charged.',
    '',
    '**What is not here.** The attacks above are on the protocol, in one process. What a stranger, a replay or a flood does to gateways that carry it is in `src/population/joins/faulty-messages.test.ts`, crashes at every step are in `src/population/joins/interrupted.test.ts`, and the [red team](red-team.md) attacks gateways as a whole. Nobody outside has looked for the attacks that are missing.',
    '',
    '## What is not stopped',
    '',
    'A holder that colludes with the tally reads through its marks who of its own people is in the other register. No check of a message shows that: marked points are points like others. An inspector who audits inputs may find that they are not made as M1 says, 64 places of a list at a time, afterwards. Choose a tally that has no interest in the table.',
    '',
    'A tally can publish wrong numbers, and holders can bring people who do not exist or leave some out: [joins](joins.md) says so.',
    '',
  ].join('\n')
}

if (import.meta.main) {
  const rows = await runJoinAttacks(joinAttacks, (name) => void process.stderr.write(`${name}\n`))
  const wrong = rows.filter(
    ({ attack, product, twin }) =>
      product.succeeds !== notStopped.includes(attack.name) || !twin.succeeds,
  )
  for (const { attack } of wrong) process.stderr.write(`not as documented: ${attack.name}\n`)
  process.exitCode = wrong.length === 0 ? 0 : 1
  process.stdout.write(attacksText(rows))
}
