import { canonicalBytes, type Json } from '../../../bytes/index.ts'
import {
  isJoinRefuted,
  type JoinProof,
  type JoinRelease,
  parseJoinRelease,
} from '../../../population/index.ts'
import { type CliIo, EXIT, type ExitCode } from '../../cli-io.ts'
import type { JoinViewAnswer } from './join-answers.ts'
import { UsageError } from '../../read-subject.ts'
import { RefutedRelease } from '../refuted-release.ts'
import { joinReleaseText } from './join-text.ts'
import { proofWarning } from './proof-text.ts'

type Released = Extract<JoinViewAnswer, { state: 'released' }>
type Stopped = Extract<JoinViewAnswer, { state: 'stopped' }>

/** A release that may be relied on, with what its certificate proves. */
export interface ProvenRelease {
  readonly release: JoinRelease
  readonly proof: JoinProof
}

/**
 * The release of an answer, held against its own plan; nothing of one that its signatures or the log speak against.
 *
 * @throws {@link RefutedRelease}
 */
export function releaseIn({ release, proof }: Released): ProvenRelease {
  const read = parseJoinRelease(canonicalBytes(release as Json))
  if (proof === undefined)
    throw new UsageError('The gateway is older than this command, and says nothing of signatures.')
  if (isJoinRefuted(proof)) throw new RefutedRelease(proof)
  return { release: read, proof }
}

const legWords: Readonly<Record<string, string>> = {
  M1: 'sizes and commitments',
  M2: 'its list, masked',
  M3: "the other's list, masked again",
  M4: 'the places to open',
  M5: 'the openings',
  M6: 'the table',
  M7: 'the audit',
}

/** How far a run is, in a line. */
export function progressText({ progress }: Extract<JoinViewAnswer, { state: 'running' }>): string {
  const { legs, done, total, remainingMs } = progress
  const last = legs.at(-1)
  const share = total === 0 ? 0 : Math.floor((100 * done) / total)
  const said =
    last === undefined
      ? 'begun'
      : `${last.kind} ${last.side ?? 'tally'}: ${legWords[last.kind] ?? last.kind}`
  const left = remainingMs === null ? '' : `, about ${Math.ceil(remainingMs / 1_000)} s left`
  return `${said}; ${share} %${left}`
}

/** Every leg of a run, a line each. */
export function legsText({ progress }: Extract<JoinViewAnswer, { state: 'running' }>): string {
  return progress.legs
    .map(({ kind, side, atMs }) => {
      const when = new Date(atMs).toISOString().slice(11, 19)
      return `  ${when}  ${kind}  ${(side ?? 'tally').padEnd(5)}  ${legWords[kind] ?? kind}\n`
    })
    .join('')
}

/** What became of a run, for people. */
export function viewText(view: JoinViewAnswer): string {
  switch (view.state) {
    case 'running':
      return `${view.qid}: ${progressText(view)}\n${legsText(view)}`
    case 'released':
      return releasedText(view)
    case 'stopped':
      return `${view.qid}: stopped with ${view.code}; both holders stay charged.\n${stopText(view.stop)}`
  }
}

/** Who stopped a run and whom they blame, each a line. */
function stopText(stop: Stopped['stop']): string {
  if (stop === null) return ''
  const { by, blames, digests } = stop
  const said = blames === null ? `${by} stopped it and blames nobody.` : `${by} blames ${blames}.`
  const shown = digests.map((digest) => `  sha256 ${digest}\n`).join('')
  return digests.length === 0
    ? `  ${said}\n`
    : `  ${said} What it received, by digest; the sender's log and its own have each as an entry:\n${shown}`
}

function releasedText(view: Released): string {
  const { release, proof } = releaseIn(view)
  return joinReleaseText(release, view.qid, proof)
}

/** The exit code of a run's state. Warns of a certificate that is not wholly borne out. */
export function viewExit(view: JoinViewAnswer, io: CliIo): ExitCode {
  if (view.state === 'running') io.stderr(`${progressText(view)}\n`)
  if (view.state === 'released' && view.release !== undefined)
    io.stderr(proofWarning(releaseIn(view).proof))
  return view.state === 'stopped' ? EXIT.refused : EXIT.ok
}
