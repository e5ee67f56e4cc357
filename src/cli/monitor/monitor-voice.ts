import type { CliIo } from '../cli-io.ts'
import type { FollowedRound, KeptFinding } from './follow-log.ts'

/** Tells what rounds come to: data on stdout. */
export interface MonitorVoice {
  tell(round: FollowedRound): void
}

function jsonLine({ target, origin, size, witnessedAtMs, findings }: FollowedRound): string {
  const told = findings.map(({ code, sentence, files, isEvidence }) => {
    return { code, sentence, evidence: isEvidence, files }
  })
  const event = findings.length === 0 ? 'good' : 'alarm'
  return `${JSON.stringify({ event, target, origin, size, witnessedAtMs, findings: told })}\n`
}

function sentenceOf({ sentence, files }: KeptFinding): string {
  const [first] = files
  return first === undefined ? sentence : `${sentence} Evidence: ${files.join(', ')}`
}

/** Every round as a line of JSON. */
function jsonVoice(io: CliIo): MonitorVoice {
  return { tell: (round) => io.stdout(jsonLine(round)) }
}

/** A line for people when something is new: an alarm, its end, and the first good round. */
function plainVoice(io: CliIo): MonitorVoice {
  const last = new Map<string, string>()
  return {
    tell(round) {
      const { target, origin, size, findings } = round
      const name = origin ?? target
      // Ages and sizes move on while the alarm stays the same.
      const now = findings.map(({ code }) => code).join(' ')
      if (last.get(target) === now) return
      last.set(target, now)
      const time = new Date(io.now()).toISOString()
      if (findings.length === 0) io.stdout(`${time} ${name} is good: ${size ?? 0} entries.\n`)
      for (const one of findings) io.stdout(`${time} ${name}: ${one.code}. ${sentenceOf(one)}\n`)
    },
  }
}

/** The voice for people or, with `json`, for programs. */
export function monitorVoice(io: CliIo, json: boolean): MonitorVoice {
  return json ? jsonVoice(io) : plainVoice(io)
}
