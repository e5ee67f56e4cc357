import { mkdir, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Agreement } from '../agreement/index.ts'
import { canonicalBytes, encodeBase64 } from '../bytes/index.ts'
import type { Ed25519 } from '../crypto/index.ts'
import { type FoundedOrganisation, initOrganisation, makeKeyFile } from '../node/index.ts'
import { officialPseudonym } from '../person/index.ts'
import { bestEd25519, systemClock, systemRandomness } from '../platform/index.ts'
import { parseOrganisationId } from '../protocol/index.ts'
import { writeTable } from '../storage/sqlite/index.ts'
import { type CaseBook, makeCases } from './case-system-cases.ts'
import { caseIssuerName, demoAgreements } from './demo-agreements.ts'
import { makeConsentKeys, prepareConsent } from './demo-consent.ts'
import { makeSealingKeys } from './demo-sealing.ts'
import { markDemo } from './kept-demo.ts'
import { demoConfig, makeToken, writeConfig } from './demo-config.ts'
import {
  demoOrganisations,
  demoOrigin,
  portOffsets,
  populationSeed,
  populationSize,
} from './demo-layout.ts'
import { prepareTrust } from './demo-witnesses.ts'
import { makePopulation } from './population.ts'
import type { SyntheticPerson } from './population-person.ts'
import { writeRegisters } from './population-registers.ts'

/** A demo on disk, ready to be started. */
export interface PreparedDemo {
  readonly dir: string
  readonly basePort: number
  readonly founded: ReadonlyMap<string, FoundedOrganisation>
  readonly people: readonly SyntheticPerson[]
  readonly cases: CaseBook
  readonly agreements: readonly Agreement[]
  /** The token for the inner interfaces of every gateway. */
  readonly pagesToken: string
  readonly casesToken: string
  /** What the issuer of consent shows at the demo's own log-in. */
  readonly consentSecret: string
  /** C2SP vkeys of all logs and witnesses, one a line. */
  readonly vkeys: string
  /** C2SP tlog-policy. */
  readonly policy: string
}

/** Told what is being done, in a few words. */
export type Tell = (what: string) => void

async function foundAll(
  dir: string,
  nowMs: number,
  ed25519: Ed25519,
): Promise<Map<string, FoundedOrganisation>> {
  const founded = new Map<string, FoundedOrganisation>()
  const deps = { clock: systemClock, randomness: systemRandomness, ed25519 }
  for (const { id } of demoOrganisations) {
    const identity = {
      id: parseOrganisationId(id),
      folder: join(dir, id),
      origin: demoOrigin(id, nowMs),
    }
    founded.set(id, await initOrganisation(identity, deps))
    await mkdir(join(dir, id, 'agreements'))
  }
  return founded
}

function found(founded: ReadonlyMap<string, FoundedOrganisation>, id: string): FoundedOrganisation {
  const organisation = founded.get(id)
  if (organisation === undefined) throw new TypeError(`the demo has no organisation ${id}`)
  return organisation
}

interface CasesPrepared {
  readonly book: CaseBook
  readonly issuerKey: Uint8Array
  readonly token: string
}

async function prepareCases(
  dir: string,
  basePort: number,
  people: readonly SyntheticPerson[],
): Promise<CasesPrepared> {
  const folder = join(dir, 'cases')
  const seed = await makeKeyFile(join(folder, 'case.key'), systemRandomness)
  const token = await makeToken(join(folder, 'cases.token'), systemRandomness)
  const book = makeCases(people, { seed: populationSeed, nowMs: systemClock.now() })
  await writeFile(join(folder, 'cases.json'), JSON.stringify(book))
  const port = basePort + portOffsets.caseSystem
  const settings = {
    version: 1,
    port,
    issuer: caseIssuerName,
    keyFile: 'case.key',
    tokenFile: 'cases.token',
    casesFile: 'cases.json',
  }
  await writeFile(join(folder, 'settings.json'), JSON.stringify(settings))
  return { book, issuerKey: bestEd25519().publicKey(seed), token }
}

async function writeAgreements(dir: string, agreements: readonly Agreement[]): Promise<void> {
  for (const agreement of agreements) {
    const bytes = canonicalBytes(agreement)
    for (const party of [agreement.provider, agreement.consumer]) {
      await writeFile(join(dir, party, 'agreements', `${agreement.id}.json`), bytes)
    }
  }
}

function pseudonymsOf(
  housing: FoundedOrganisation,
  book: CaseBook,
): ReadonlyMap<string, readonly string[]> {
  const providers = demoOrganisations.filter(({ id }) => id === 'tax' || id === 'social')
  return new Map(
    providers.map(({ id }) => [
      id,
      book.officials.map((official) => officialPseudonym(housing.pseudonymKey, id, official.id)),
    ]),
  )
}

/**
 * Makes everything of the demo below `dir`, which must be empty or missing: keys, logs, registers of
 * 100,000 synthetic people, cases, agreements signed by both sides, the witnesses and every gateway's
 * configuration. Starts nothing.
 */
export async function prepareDemo(
  dir: string,
  basePort: number,
  tell: Tell,
): Promise<PreparedDemo> {
  const ed25519 = bestEd25519()
  const nowMs = systemClock.now()
  tell(`inventing ${populationSize.toLocaleString('en')} people`)
  const people = makePopulation({ seed: populationSeed, size: populationSize })
  tell('founding four organisations and five witnesses')
  const founded = await foundAll(dir, nowMs, ed25519)
  const housing = found(founded, 'housing')
  tell('writing the registers')
  const written = writeRegisters({ dir, writeTable }, people)
  const registers = written.map((register) => {
    const folder = join(dir, register.organisation)
    return {
      ...register,
      path: relative(folder, register.path),
      descriptionPath: relative(folder, register.descriptionPath),
    }
  })
  const { book, issuerKey, token } = await prepareCases(dir, basePort, people)
  const consent = await makeConsentKeys(dir, { randomness: systemRandomness, ed25519 })
  const parties = {
    tax: found(founded, 'tax'),
    social: found(founded, 'social'),
    housing,
    caseIssuerKey: issuerKey,
    consentKey: consent.publicKey,
  }
  const agreements = demoAgreements(parties, nowMs, ed25519)
  await writeAgreements(dir, agreements)
  await prepareConsent(dir, { basePort, founded, agreements })
  const trust = await prepareTrust(dir, basePort, founded)
  const sealing = await makeSealingKeys(dir, systemRandomness)
  const pagesToken = await writeGateways(
    dir,
    { basePort, founded, registers, pseudonyms: pseudonymsOf(housing, book), sealing },
    token,
  )
  await markDemo(dir, { basePort, founded, agreements })
  return {
    dir,
    basePort,
    founded,
    people,
    cases: book,
    agreements,
    pagesToken,
    casesToken: token,
    consentSecret: consent.clientSecret,
    ...trust,
  }
}

/** One token for the pages towards every gateway, and one for housing towards its case system. */
async function writeGateways(
  dir: string,
  network: Parameters<typeof demoConfig>[1],
  casesToken: string,
): Promise<string> {
  const pagesToken = encodeBase64(systemRandomness.bytes(24)).replaceAll('/', '-')
  for (const organisation of demoOrganisations) {
    const folder = join(dir, organisation.id)
    await writeFile(join(folder, 'keys', 'pages.token'), `${pagesToken}\n`, { mode: 0o600 })
    await writeFile(join(folder, 'keys', 'cases.token'), `${casesToken}\n`, { mode: 0o600 })
    await writeConfig(folder, demoConfig(organisation, network))
  }
  return pagesToken
}
