import {
  actBytes,
  parseAct,
  parseAgreement,
  signAct,
  signAgreement,
} from '../../../agreement/index.ts'
import { canonicalBytes } from '../../../bytes/index.ts'
import { nobleEd25519 } from '../../../crypto/index.ts'
import { parseOrganisationId } from '../../../protocol/index.ts'
import type {
  OfficeOutcome,
  OfficerDesk,
  ShownAgreement,
  ShownEmergency,
  ShownSignal,
} from '../../../web/index.ts'
import { sampleSeeds } from '../../sample-agreement.ts'
import { fixtureAgreements } from './fixture-agreements.ts'

/** An officer's desk without a gateway behind it, and the handles by which a test bends it. */
export interface FixtureOfficer extends OfficerDesk {
  /** Documents that were handed in, oldest first. */
  readonly handedIn: readonly Uint8Array[]
  /** What comes of whatever is handed in or decided from now on. */
  setOutcome(outcome: OfficeOutcome): void
}

const hourMs = 3_600_000
const log = 'tax.localhost/log/2026h2'

function fixtureSignals(nowMs: number): readonly ShownSignal[] {
  const signal = (id: string, kind: string): ShownSignal => ({
    id,
    kind,
    side: 'provider',
    consumer: 'housing',
    agreement: 'housing-tax-rent',
    official: 'p-0123456789abcdef',
    subject: null,
    entryCount: 19,
    entries: Array.from({ length: 19 }, (_none, at) => ({ log, index: 20 + at })),
    window: { fromMs: nowMs - 30 * 24 * hourMs, toMs: nowMs },
    evidence: { law: 'poisson', observed: 19, expected: 1.25, threshold: 7 },
    falseAlarmsPerYear: 0.004,
    madeAtMs: nowMs - hourMs,
    place: { log, index: 60 },
    decision: null,
  })
  return [
    signal('AAAAAAAAAAA', 'sequential'),
    {
      ...signal('BBBBBBBBBBB', 'kin'),
      agreement: null,
      official: null,
      subject: 'handle-of-one-run',
      entryCount: 1,
      entries: [{ log, index: 12 }],
      evidence: { law: 'statement', observed: 1, expected: 0, threshold: 1 },
      decision: { verdict: 'misuse', by: 'data-protection', entry: 61, atMs: nowMs },
    },
  ]
}

function fixtureEmergencies(nowMs: number): readonly ShownEmergency[] {
  const row = (letter: string, change: Partial<ShownEmergency>): ShownEmergency => ({
    consumer: 'housing',
    exchangeId: letter.repeat(22),
    agreement: 'housing-tax-emergency',
    official: 'p-0123456789abcdef',
    atMs: nowMs - 2 * hourMs,
    confirmed: false,
    finding: null,
    reviewByMs: nowMs + 22 * hourMs,
    suspends: false,
    log,
    entry: 70 + letter.charCodeAt(0),
    ...change,
  })
  return [
    row('A', {}),
    row('B', { atMs: nowMs - 30 * hourMs, reviewByMs: nowMs - 6 * hourMs, suspends: true }),
    row('C', { confirmed: true, reviewByMs: null }),
    row('D', { finding: 'justified', reviewByMs: null }),
    row('E', { finding: 'unjustified', reviewByMs: null, suspends: true }),
  ]
}

class Desk implements FixtureOfficer {
  readonly timeLockMs = 14 * 24 * hourMs
  readonly handedIn: Uint8Array[] = []
  readonly signer: OfficerDesk['signer']
  readonly #nowMs: number
  readonly #agreements: readonly ShownAgreement[]
  #outcome: OfficeOutcome = { state: 'done', entry: 90 }

  constructor(nowMs: number, signs: boolean) {
    this.#nowMs = nowMs
    this.#agreements = fixtureAgreements(nowMs)
    const by = {
      organisation: parseOrganisationId('tax'),
      role: 'dpo',
      seed: sampleSeeds.tax,
    } as const
    this.signer = signs
      ? {
          sign: (agreement) => canonicalBytes(signAgreement(agreement, by, nobleEd25519)),
          signAct: (wanted) =>
            actBytes(signAct({ v: 1, ...wanted, atMs: nowMs }, by, nobleEd25519)),
        }
      : undefined
  }

  setOutcome(outcome: OfficeOutcome): void {
    this.#outcome = outcome
  }

  agreements(): Promise<readonly ShownAgreement[]> {
    return Promise.resolve(this.#agreements)
  }

  budgets(): ReturnType<OfficerDesk['budgets']> {
    const fromMs = this.#nowMs - 90 * 24 * hourMs
    const year = {
      fromMs,
      untilMs: fromMs + 365 * 24 * hourMs,
      microEpsilon: 1_000_000,
      spentMicroEpsilon: 850_000,
      charges: 17,
      log,
      entry: 9,
    }
    return Promise.resolve([
      { population: 'residents', size: 100_000, year },
      { population: 'pupils', size: 20_000, year: null },
    ])
  }

  registers(): ReturnType<OfficerDesk['registers']> {
    const element = (
      name: string,
      type: 'boolean' | 'integer' | 'date',
    ): object & {
      name: string
      type: 'boolean' | 'integer' | 'date'
      category: 'ordinary'
    } => ({ name, type, category: 'ordinary' })
    return Promise.resolve([
      {
        name: 'income',
        category: 'ordinary',
        subject: { scheme: 'demo-nin' },
        population: { size: 100_000 },
        elements: [
          element('annualIncome', 'integer'),
          element('insured', 'boolean'),
          element('born', 'date'),
        ],
      },
    ])
  }

  signals(): Promise<readonly ShownSignal[]> {
    return Promise.resolve(fixtureSignals(this.#nowMs))
  }

  decideSignal(): Promise<OfficeOutcome> {
    return Promise.resolve(this.#outcome)
  }

  emergencies(): Promise<readonly ShownEmergency[]> {
    return Promise.resolve(fixtureEmergencies(this.#nowMs))
  }

  reviewEmergency(): Promise<OfficeOutcome> {
    return Promise.resolve(this.#outcome)
  }

  openings(): ReturnType<OfficerDesk['openings']> {
    return Promise.resolve({ opened: 1, most: 10, withinMs: 30 * 24 * hourMs })
  }

  handIn(document: Uint8Array): Promise<OfficeOutcome> {
    this.handedIn.push(document)
    return Promise.resolve(isDocument(document) ? this.#outcome : refused)
  }
}

const refused: OfficeOutcome = {
  state: 'refused',
  code: 'AGREEMENT_MALFORMED',
  reason: 'it is no canonical JSON',
}

function isDocument(bytes: Uint8Array): boolean {
  for (const parse of [parseAgreement, parseAct]) {
    try {
      parse(bytes)
      return true
    } catch {
      // The other form may fit.
    }
  }
  return false
}

/** A desk of the officer of `tax`; `signs`: the officer's key is at hand. */
export function createFixtureOfficer(nowMs: number, signs: boolean): FixtureOfficer {
  return new Desk(nowMs, signs)
}
