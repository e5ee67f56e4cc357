import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Agreement, type AgreementSigner, signAgreement } from '../../agreement/index.ts'
import { canonicalBytes } from '../../bytes/index.ts'
import { runUntilListening } from '../../demo/index.ts'
import { bestEd25519 } from '../../platform/index.ts'
import type { Attack, AttackResult } from '../attack.ts'
import { reportOf } from '../verify-published.ts'
import { copyProvider } from '../world/copy-provider.ts'
import { redteamCli, type RedWorld } from '../world/start-world.ts'

/** Starts the gateway of a folder: what it says when it refuses, or nothing when it listens. */
async function refusalOf({ nodeOptions }: RedWorld, folder: string): Promise<string | undefined> {
  const args = [...nodeOptions, redteamCli, 'serve', '-c', join(folder, 'cloison.yaml')]
  const tried = await runUntilListening(args)
  if (tried.state === 'ended') return tried.message
  await tried.stop()
  return undefined
}

function refusedStart(message: string | undefined): AttackResult {
  const isReached = message === undefined
  const code = /: ([A-Z][A-Z_]{3,40})\b/.exec(message ?? '')?.[1] ?? 'START_REFUSED'
  return { isReached, code: isReached ? '' : code, trace: { kind: 'nothing' } }
}

/** Yesterday's state store and published folder beside today's head store: what would give spent caps back. */
async function putBack(world: RedWorld): Promise<AttackResult> {
  const { insider, social } = world
  const yesterday = await copyProvider(world, social, 'yesterday')
  // The head store may trail by one commit; the day has more.
  for (let made = 0; made < 3; made += 1)
    await insider.ask(social, world.nextCase(), { agreement: 'rent-locked' })
  const today = await copyProvider(world, social, 'today')
  const isRestored = (file: string): boolean => file.startsWith('state.db') || file === 'log'
  for (const file of (await readdir(today)).filter(isRestored))
    await rm(join(today, file), { recursive: true })
  for (const file of (await readdir(yesterday)).filter(isRestored))
    await cp(join(yesterday, file), join(today, file), { recursive: true })
  return refusedStart(await refusalOf(world, today))
}

/** Agreements as both officers would sign them, were they told to. */
function signedAnew(world: RedWorld, text: string): Uint8Array {
  const { social, insider } = world
  const changed: Agreement = { ...(JSON.parse(text) as Agreement), signatures: [] }
  const signers = [
    { organisation: changed.provider, role: 'dpo', seed: social.organisation.dpoSeed },
    { organisation: changed.consumer, role: 'dpo', seed: insider.secrets.dpo },
  ] as const
  const ed25519 = bestEd25519()
  const sign = (made: Agreement, signer: AgreementSigner): Agreement =>
    signAgreement(made, signer, ed25519)
  return canonicalBytes(signers.reduce(sign, changed))
}

async function changeAgreement(
  world: RedWorld,
  name: string,
  change: (text: string) => string | Uint8Array,
): Promise<AttackResult> {
  const folder = await copyProvider(world, world.social, name)
  const file = join(folder, 'agreements', 'rent-locked.json')
  await writeFile(file, change(await readFile(file, 'utf8')))
  return refusedStart(await refusalOf(world, folder))
}

/** A purpose of finding people, in an agreement that obedient officers have signed. */
function addPurpose(world: RedWorld): Promise<AttackResult> {
  return changeAgreement(world, 'purpose', (text) =>
    signedAnew(world, text.replace('/purpose/service"', '/purpose/locate-and-detain"')),
  )
}

/** A wider cap in an agreement that both have signed, written into the file. */
function widenSigned(world: RedWorld): Promise<AttackResult> {
  return changeAgreement(world, 'widened', (text) =>
    text.replace('"perSubjectPer30Days":12', '"perSubjectPer30Days":90'),
  )
}

/** Bytes of an entry in a bundle: its length and the leaf. */
const entryBytes = 36
const bundleWidth = 256

/** The widest published bundle that has the entry. */
async function bundleOf(log: string, entry: number): Promise<string> {
  const index = Math.floor(entry / bundleWidth)
  const name = String(index).padStart(3, '0')
  const folder = join(log, 'tile', 'entries')
  const names = (await readdir(folder)).filter((one) => one === name || one === `${name}.p`)
  if (!names.includes(`${name}.p`)) return join(folder, name)
  const widths = (await readdir(join(folder, `${name}.p`))).map(Number)
  return join(folder, `${name}.p`, String(Math.max(...widths)))
}

/** The newest published entry about a question: one whose record is not public. */
async function newestQuestion(log: string): Promise<number> {
  const text = await readFile(join(log, 'checkpoint'), 'utf8')
  const published = new Set(await readdir(join(log, 'governance')))
  let entry = Number(text.split('\n')[1] ?? '0') - 1
  while (entry > 0 && published.has(String(entry))) entry -= 1
  return entry
}

/** One bit of one entry in the published log, as whoever holds the disk may flip it. */
async function flipEntry(world: RedWorld): Promise<AttackResult> {
  await world.insider.ask(world.tax, world.nextCase())
  const folder = await copyProvider(world, world.tax, 'flipped')
  const log = join(folder, 'log')
  const entry = await newestQuestion(log)
  const path = await bundleOf(log, entry)
  const bytes = await readFile(path)
  const place = (entry % bundleWidth) * entryBytes + entryBytes - 7
  bytes.writeUInt8((bytes.at(place) ?? 0) ^ 1, place)
  await writeFile(path, bytes)
  const report = await reportOf(folder, world.nodeOptions)
  const [problem] = report.problems
  const detail = problem?.entry === undefined ? {} : { detail: `names entry ${problem.entry}` }
  return {
    isReached: report.ok,
    code: problem?.code ?? '',
    ...detail,
    trace: { kind: 'nothing' },
  }
}

/** Files that were put back, changed or added by whoever holds the machine. */
export const logAttacks: readonly Attack[] = [
  {
    name: 'locate-and-detain',
    attacker: 'government',
    what: 'put an agreement for finding people into the folder',
    control: 'closed-purposes',
    stoppedBy: 'the closed list of purposes; the gateway does not start',
    run: addPurpose,
  },
  {
    name: 'widen-a-signed-agreement',
    attacker: "provider's operator",
    what: 'change a cap in a signed agreement',
    control: 'agreement-signatures',
    stoppedBy: "both officers' signatures; the gateway does not start",
    run: widenSigned,
  },
  {
    name: 'give-caps-back',
    attacker: "provider's operator",
    what: "put yesterday's state store back, with its unspent caps",
    control: 'log-regression',
    stoppedBy: 'the head store; the gateway does not start',
    run: putBack,
  },
  {
    name: 'edit-the-log',
    attacker: "log's operator",
    what: 'flip one bit of one published entry',
    control: 'entries-under-root',
    stoppedBy: 'anyone with "cloison log verify"',
    run: flipEntry,
  },
]
