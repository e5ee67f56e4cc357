import * as z from 'zod'
import { decodeUtf8, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import { LEAF_CLASSES } from '../../log/index.ts'
import {
  runSignals,
  sampleEntries,
  signalDetectors,
  type SignalKind,
  signalKinds,
} from '../../oversight/index.ts'
import { systemRandomness } from '../../platform/index.ts'
import { readOutcome } from './read-outcome.ts'
import { type Draws, seededDraws } from '../population-draws.ts'
import type { AbusePattern } from './abuse-patterns.ts'
import { type HonestTraffic, honestTraffic } from './honest-traffic.ts'
import { openRehearsalHouse, rehearsalBeginMs, type RehearsalHouse } from './rehearsal-house.ts'
import { intentMaker, type MakeIntent, type RehearsedQuestion } from './rehearsal-question.ts'

/** How large a rehearsal is, and which controls are taken away. */
export interface RehearsalOptions {
  readonly seed: string
  readonly officials: number
  /** Days of honest traffic before an abuse begins. */
  readonly honestDays: number
  /** The twin in which nothing is counted. */
  readonly withoutCaps?: boolean
  /** Detectors that run; all unless given. */
  readonly detectors?: readonly SignalKind[]
}

/** What became of one pattern. */
export interface RehearsalRow {
  readonly pattern: string
  readonly asked: number
  readonly answered: number
  /** The first denial, after so many answers. */
  readonly stopped: { readonly by: string; readonly afterAnswers: number } | undefined
  /** The first signal of each kind that names an abusive question, after so many of them. */
  readonly flagged: readonly { readonly kind: SignalKind; readonly afterQuestions: number }[]
  /** Abusive questions until the random audit had shown one to somebody who saw that it was wrong. */
  readonly audited: number | undefined
}

/** Signals of honest traffic, each of them false. */
export interface HonestYear {
  readonly questions: number
  readonly denials: number
  readonly days: number
  readonly flags: Readonly<Partial<Record<SignalKind, number>>>
}

const dayMs = 86_400_000
const hourMs = 3_600_000
/** The inspector draws once a week, one entry in fifty, and sees nine wrong ones of ten. */
const auditShare = 0.02
const auditRecognition = 900

interface Named {
  readonly kind: SignalKind
  readonly entries: readonly number[]
}

const named = z.object({
  kind: z.enum(signalKinds),
  entries: z.array(z.object({ index: z.int() })),
})

class Rehearsal {
  readonly house: RehearsalHouse
  readonly draws: Draws
  readonly traffic: HonestTraffic
  readonly #make: MakeIntent
  readonly #detectors: Parameters<typeof runSignals>[0]['detectors']
  readonly #idle = new Map<number, number[]>()
  #number = 0

  constructor(house: RehearsalHouse, options: RehearsalOptions) {
    this.house = house
    this.draws = seededDraws(options.seed)
    this.traffic = honestTraffic(this.draws, options.officials)
    this.#make = intentMaker(house, options.withoutCaps === true)
    const all = signalDetectors()
    this.#detectors = (options.detectors ?? signalKinds).map((kind) => all[kind])
  }

  /** Puts a day's questions, in one batch after another; returns what each came to. */
  async ask(day: number, questions: readonly RehearsedQuestion[]): Promise<readonly Asked[]> {
    const asked: Asked[] = []
    for (let first = 0; first < questions.length; first += 64) {
      const batch = questions.slice(first, first + 64)
      this.house.clock.set(rehearsalBeginMs + day * dayMs + 9 * hourMs + first * 60_000)
      const intents = batch.map((question) => {
        this.#number += 1
        return this.#make(question, { idle: this.#idleOf(question, day), number: this.#number })
      })
      const committed = await this.house.commit(intents)
      committed.forEach((result, place) => {
        const question = batch[place]
        if (question !== undefined) asked.push({ question, ...readOutcome(result) })
      })
    }
    return asked
  }

  /** What the case source knows by now of this official's questions of thirty days. */
  #idleOf({ official, isFollowed }: RehearsedQuestion, day: number): number {
    const young = (this.#idle.get(official) ?? []).filter((one) => one > day - 30)
    this.#idle.set(official, isFollowed ? young : [...young, day])
    return young.length
  }

  /** Runs the detectors after midnight; somebody decides what they raised. */
  async detect(day: number): Promise<readonly Named[]> {
    const { house } = this
    house.clock.set(rehearsalBeginMs + (day + 1) * dayMs + hourMs / 2)
    const { reader, writer, clock } = house
    // Nothing else waits for this process while it rehearses.
    const machine = { randomness: systemRandomness, timers: { sleep: () => Promise.resolve() } }
    const { entries } = await runSignals({
      reader,
      writer,
      clock,
      ...machine,
      detectors: this.#detectors,
    })
    if (entries.length === 0) return []
    const raised = (await reader.signals()).filter(({ place }) => entries.includes(place.index))
    for (const { id } of raised)
      await writer.commit({ type: 'decide-signal', id, verdict: 'explained', by: 'rehearsal' })
    return raised.map(({ document }) => {
      const parsed = named.parse(JSON.parse(decodeUtf8(document)))
      return { kind: parsed.kind, entries: parsed.entries.map(({ index }) => index) }
    })
  }

  /** Draws from the entries of a week, as an inspector does. */
  async draw(first: number, week: number): Promise<readonly number[]> {
    const last = (await this.house.reader.head())?.size ?? 0
    const leaves = await this.house.reader.readLeaves(first, last - first)
    const isExchange = (index: number): boolean =>
      leaves[index - first]?.[1] === LEAF_CLASSES.exchange
    const count = Math.ceil((last - first) * auditShare)
    const seed = sha256(utf8(`audit ${week} ${this.draws.below(2 ** 32)}`))
    return last === first ? [] : sampleEntries(seed, { first, last, count }, isExchange)
  }
}

interface Asked {
  readonly question: RehearsedQuestion
  readonly index: number
  /** `undefined` for an answer. */
  readonly denial: string | undefined
}

class Abuse {
  readonly #rehearsal: Rehearsal
  readonly #pattern: AbusePattern
  readonly #officials: number
  readonly #entries = new Set<number>()
  readonly #flagged = new Map<SignalKind, number>()
  #answered = 0
  #stopped: RehearsalRow['stopped']
  #audited: number | undefined
  #weekBegin = 0
  #cases = 0

  constructor(rehearsal: Rehearsal, pattern: AbusePattern, officials: number) {
    this.#rehearsal = rehearsal
    this.#pattern = pattern
    this.#officials = officials
  }

  async begin(): Promise<void> {
    this.#weekBegin = (await this.#rehearsal.house.reader.head())?.size ?? 0
  }

  questions(day: number): readonly RehearsedQuestion[] {
    return this.#pattern.questions({
      day,
      officials: this.#officials,
      person: () => this.#rehearsal.traffic.person(),
      newCase: () => {
        this.#cases += 1
        return `B-${this.#cases}`
      },
    })
  }

  record(asked: readonly Asked[]): void {
    for (const { question, index, denial } of asked) {
      if (!question.isAbuse) continue
      this.#entries.add(index)
      if (denial === undefined) this.#answered += 1
      else this.#stopped ??= { by: denial, afterAnswers: this.#answered }
    }
  }

  see(signals: readonly Named[]): void {
    for (const { kind, entries } of signals) {
      const isHit = entries.some((index) => this.#entries.has(index))
      if (isHit && !this.#flagged.has(kind)) this.#flagged.set(kind, this.#entries.size)
    }
  }

  async audit(week: number): Promise<void> {
    const drawn = await this.#rehearsal.draw(this.#weekBegin, week)
    this.#weekBegin = (await this.#rehearsal.house.reader.head())?.size ?? 0
    const isSeen = drawn.some(
      (index) => this.#entries.has(index) && this.#rehearsal.draws.chance(auditRecognition),
    )
    if (isSeen) this.#audited ??= this.#entries.size
  }

  row(): RehearsalRow {
    return {
      pattern: this.#pattern.name,
      asked: this.#entries.size,
      answered: this.#answered,
      stopped: this.#stopped,
      flagged: [...this.#flagged]
        .map(([kind, afterQuestions]) => ({ kind, afterQuestions }))
        .toSorted((one, other) => one.afterQuestions - other.afterQuestions),
      audited: this.#audited,
    }
  }
}

function isWorkDay(day: number): boolean {
  return day % 7 < 5
}

/**
 * Rehearses one pattern amid honest traffic: every question goes through decision, caps and commit of a
 * provider with real stores, every night the detectors run as a gateway's job does, and once a week
 * entries are drawn for audit. The abusers hold valid credentials and case tokens for cases that they invent.
 */
export async function rehearsePattern(
  pattern: AbusePattern,
  options: RehearsalOptions,
): Promise<RehearsalRow> {
  using house = await openRehearsalHouse(options.seed)
  const rehearsal = new Rehearsal(house, options)
  const abuse = new Abuse(rehearsal, pattern, options.officials)
  let worked = 0
  for (let day = 0; worked < pattern.days; day += 1) {
    const honest = rehearsal.traffic.day(day)
    const isAbuseDay = day >= options.honestDays && isWorkDay(day)
    if (day === options.honestDays) await abuse.begin()
    const bad = isAbuseDay ? abuse.questions(worked) : []
    if (isAbuseDay) worked += 1
    abuse.record(await rehearsal.ask(day, [...honest, ...bad]))
    abuse.see(await rehearsal.detect(day))
    if (day >= options.honestDays && day % 7 === 6) await abuse.audit(day)
  }
  // What is found the night after the last day, and in the last week's draw.
  await abuse.audit(-1)
  return abuse.row()
}

/** Rehearses honest traffic alone: each signal is a false one. */
export async function rehearseHonest(days: number, options: RehearsalOptions): Promise<HonestYear> {
  using house = await openRehearsalHouse(options.seed)
  const rehearsal = new Rehearsal(house, options)
  const flags: Partial<Record<SignalKind, number>> = {}
  let [questions, denials] = [0, 0]
  for (let day = 0; day < days; day += 1) {
    const asked = await rehearsal.ask(day, rehearsal.traffic.day(day))
    questions += asked.length
    denials += asked.filter(({ denial }) => denial !== undefined).length
    for (const { kind } of await rehearsal.detect(day)) flags[kind] = (flags[kind] ?? 0) + 1
  }
  return { questions, denials, days, flags }
}
