import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  createFixtureBackend,
  createFixturePages,
  createPageClient,
  fixtureNowMs,
  signIn,
} from '../../testing/web/index.ts'
import type { FixtureBackend, PageClient } from '../../testing/web/index.ts'
import type { InspectedAgreement, InspectorDesk } from './inspector-desk.ts'

const port = 8400
const site = `http://inspector.inspector.localhost:${port}`

async function setUp(
  bend: (inspection: FixtureBackend['inspection']) => Partial<InspectorDesk> = () => ({}),
): Promise<PageClient> {
  const backend = createFixtureBackend()
  const inspection = { ...backend.inspection, ...bend(backend.inspection) }
  const onFailure = (_reference: string, cause: unknown): void => {
    if (cause instanceof Error) throw cause
  }
  const pages = createFixturePages({
    backend: { ...backend, inspection },
    port,
    assets: new Map(),
    onFailure,
  })
  const client = createPageClient(pages)
  await client.get(`${site}/?lang=en`)
  await signIn(client, site, 1)
  return client
}

/** The text of the cards of a page, each without its tags. */
function cardsOf(html: string): readonly string[] {
  return html
    .split('<article')
    .slice(1)
    .map((card) =>
      card
        .replaceAll(/<[^>]*>/g, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    )
}

async function registerCards(
  bend?: (inspection: FixtureBackend['inspection']) => Partial<InspectorDesk>,
): Promise<readonly string[]> {
  const client = await setUp(bend)
  return cardsOf((await client.get(`${site}/register`)).text)
}

function cardOf(cards: readonly string[], name: string): string {
  const found = cards.find((card) => card.includes(name))
  assert.ok(found !== undefined, `no card of ${name}`)
  return found
}

test('after one of three resumptions an agreement is still said to be suspended', async () => {
  const card = cardOf(await registerCards(), 'housing-tax-emergency, version 1')
  assert.match(card, /Suspended/)
  assert.match(card, /Tax Agency, entry 21: Resumed/)
  assert.match(card, /Where it stands [^.]*suspended/i)
})

test('a reviewed agreement is in force, one that waits says until when, one that ended that it has', async () => {
  const cards = await registerCards()
  const rent = cardOf(cards, 'housing-tax-rent, version 1')
  assert.match(rent, /Questions are answered\./)
  assert.match(rent, /entry 22: Reviewed/)
  assert.match(cardOf(cards, 'housing-tax-care, version 1'), /30 September 2026/)
  assert.match(cardOf(cards, 'housing-tax-join, version 1'), /Ended for good by a party\./)
})

test('an agreement that a rule has ended or suspended says so, whatever its newest act', async () => {
  const standings = [
    [{ state: 'expired', because: 'replaced' }, /a later version has taken effect/],
    [{ state: 'expired' }, /its last day has passed/],
    [{ state: 'suspended', because: 'review-overdue' }, /review/],
  ] as const
  for (const [standing, said] of standings) {
    const cards = await registerCards((inspection) => ({
      agreements: async () =>
        (await inspection.agreements()).map((one): InspectedAgreement => ({
          ...one,
          standing: { effectiveFromMs: fixtureNowMs, suspendedBy: [], ...standing },
        })),
    }))
    assert.match(cardOf(cards, 'housing-tax-rent, version 1'), said)
  }
})

test('where the two gateways differ, both are named and the card is to be looked at', async () => {
  const card = cardOf(await registerCards(), 'housing-tax-tables, version 1')
  assert.match(card, /To be looked at/)
  assert.match(card, /Where it stands, by Tax Agency In force/)
  assert.match(card, /Where it stands, by Housing Agency Suspended/)
})

test('an agreement that a log names and no gateway tells of is shown as that', async () => {
  const card = cardOf(await registerCards(), 'housing-tax-rent-support v1')
  assert.match(card, /no gateway tells where it stands/)
  assert.match(card, /Tax Agency, entry 3: Published/)
})

test('a card has purpose, limits, term and the signed document', async () => {
  const client = await setUp()
  const { text } = await client.get(`${site}/register`)
  const rent = cardOf(cardsOf(text), 'housing-tax-rent, version 1')
  for (const row of ['Purpose', 'At most', 'Term', 'In effect from', 'The signed document'])
    assert.ok(rent.includes(row), row)
  const document = await client.get(`${site}/register/housing-tax-rent/1/document.json`)
  assert.equal((JSON.parse(document.text) as { id: string }).id, 'housing-tax-rent')
  const none = await client.get(`${site}/register/housing-tax-rent/9/document.json`)
  assert.equal(none.status, 404)
})

test('a register of many agreements is read page by page', async () => {
  const client = await setUp((inspection) => ({
    agreements: async () => {
      const [one] = await inspection.agreements()
      assert.ok(one !== undefined)
      return Array.from({ length: 61 }, (_, version) => ({
        ...one,
        agreement: { ...one.agreement, id: 'housing-tax-many', version: version + 1 },
      }))
    },
    acts: async () => [],
  }))
  const shown = async (query: string): Promise<readonly string[]> =>
    cardsOf((await client.get(`${site}/register${query}`)).text)
  assert.equal((await shown('')).length, 30)
  const last = await shown('?page=3')
  assert.equal(last.length, 1)
  assert.match(last[0] ?? '', /version 61/)
  assert.equal((await shown('?page=4')).length, 30)
})

async function signalCards(): Promise<readonly string[]> {
  return cardsOf((await (await setUp()).get(`${site}/signals`)).text)
}

test('a signal says who saw it, who asked, under what, who, and when', async () => {
  const card = cardOf(await signalCards(), 'identifiers stand in a row')
  assert.match(card, /Seen by Tax Agency, which answered/)
  assert.match(card, /Asked by Housing Agency/)
  assert.match(card, /Agreement housing-tax-rent /)
  assert.match(card, /p-0123456789abcdef/)
  assert.match(card, /Period 20 September 2026 at 16:30 to 21 September 2026 at 16:30/)
  assert.match(card, /17 counted, 0.0312 expected/)
  const crowd = cardOf(await signalCards(), 'Many officials asked')
  assert.match(crowd, /Agreement more than one Official \(pseudonym\) no single one/)
})

test('what the case system states is told as its statement, with nothing expected by chance', async () => {
  const card = cardOf(await signalCards(), 'somebody close')
  assert.match(card, /The case system itself says so of 3 questions\./)
  assert.match(card, /Seen by Housing Agency, which asked/)
  assert.match(card, /False alarms none by chance/)
  assert.doesNotMatch(card, /expected|a year/)
})

test('a revealed draw says which entries it drew, a void one why, an open one how far it is', async () => {
  const { text } = await (await setUp()).get(`${site}/draws`)
  assert.match(text, /Drawn: 4, 9, 11, 17 and 1,203</)
  assert.match(text, /Void: the revealed number is not the one that was committed to/)
  assert.match(text, /Checkpoint fixed, number not revealed/)
  assert.match(text, /Cannot be computed just now/)
})

test('the page of both sides says how the same is done without a network', async () => {
  const { text } = await (await setUp()).get(`${site}/reconciliation`)
  assert.match(text, /cloison log export -c tax\/cloison.yaml --to inspector --out tax.jsonl/)
  assert.match(text, /cloison reconcile --left tax.jsonl --right social.jsonl/)
})
