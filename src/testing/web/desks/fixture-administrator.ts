import type {
  AdministratorDesk,
  ListedAct,
  ListedJob,
  ListedKey,
  ListedPeer,
  ListedStorage,
  OwnKeys,
  ShownCheck,
} from '../../../web/index.ts'

const dayMs = 86_400_000

function linkChecks(peer: string): readonly ShownCheck[] {
  return [
    {
      what: `peers.${peer} record`,
      ok: true,
      found: { id: 'linkSays.record', values: { version: 3, day: '2027-03-01' } },
      fix: null,
    },
    {
      what: `peers.${peer} clock`,
      ok: false,
      found: { id: 'linkSays.clocks', values: { seconds: 75 } },
      fix: { id: 'doctorDo.again', values: { command: `cloison peer test ${peer}` } },
    },
  ]
}

function checks(peer: string | undefined): readonly ShownCheck[] {
  return [
    {
      what: 'keys.gateway_file',
      ok: true,
      found: { id: 'doctorSays.own-file', values: {} },
      fix: null,
    },
    {
      what: 'registers.income',
      ok: false,
      found: { id: 'doctorSays.many-rows', values: { rows: 100_001, size: 100_000 } },
      fix: { id: 'doctorDo.population', values: {} },
    },
    {
      what: 'agreements.folder',
      ok: false,
      found: { id: 'doctorSays.unreadable', values: { path: '/srv/tax/agreements' } },
      fix: { id: 'doctorDo.command', values: { command: 'mkdir -p /srv/tax/agreements' } },
    },
    {
      what: 'cases',
      ok: false,
      found: { id: 'doctorSays.said', values: { said: 'The case system closed the connection.' } },
      fix: { id: 'doctorDo.cases', values: {} },
    },
    { what: 'gateway', ok: true, found: { id: 'doctorSays.ready', values: {} }, fix: null },
    ...(peer === undefined ? [] : linkChecks(peer)),
  ]
}

type MakeKey = (use: string, state: ListedKey['state'], keyId: string) => ListedKey

function makeKey(nowMs: number): MakeKey {
  return (use, state, keyId) => ({
    use,
    name: use === 'log' ? 'tax.localhost/log/2026h2' : null,
    keyId,
    state,
    notBeforeMs: state === 'configured' ? null : nowMs - 90 * dayMs,
    notAfterMs: state === 'configured' ? null : nowMs + 275 * dayMs,
  })
}

function peers(nowMs: number): readonly ListedPeer[] {
  const key = makeKey(nowMs)
  return [
    {
      organisation: 'housing',
      url: 'https://gateway.housing.example',
      from: 'record',
      keys: [
        key('gateway', 'current', 'housing/gateway/0a1b2c3d'),
        key('dpo', 'locked', 'housing/dpo/0a1b2c3d'),
      ],
    },
    {
      organisation: 'social',
      url: 'http://127.0.0.1:8412',
      from: 'configuration',
      keys: [key('gateway', 'configured', 'social/gateway/0a1b2c3d')],
    },
  ]
}

function ownKeys(nowMs: number): OwnKeys {
  const key = makeKey(nowMs)
  return {
    keys: [
      key('gateway', 'current', 'tax/gateway/0a1b2c3d'),
      key('log', 'expired', 'tax.localhost/log/2026h2+0a1b2c3d'),
      key('dpo', 'revoked', 'tax/dpo/0a1b2c3d'),
      key('tls', 'not-yet', 'tax/tls/0a1b2c3d'),
    ],
    files: [
      { setting: 'keys.gateway_file', writtenAtMs: nowMs - 400 * dayMs },
      { setting: 'keys.log_file', writtenAtMs: nowMs - 3 * dayMs },
    ],
  }
}

const storage: ListedStorage = {
  stores: [
    { setting: 'store.path', bytes: 73_400_320 },
    { setting: 'store.head_path', bytes: 8_192 },
  ],
  logs: [
    { origin: 'tax.localhost/log/2026h1', size: 210_400, closed: true },
    { origin: 'tax.localhost/log/2026h2', size: 4_120, closed: false },
  ],
  freeBytes: 51_539_607_552,
  shutBy: [
    { id: 'gateSays.unconfirmed', values: {} },
    { id: 'gateSays.self-audit', values: { said: 'Tile 3 is not what was signed.' } },
  ],
}

function jobs(nowMs: number): readonly ListedJob[] {
  return [
    { name: 'publish', pauseMs: 1_000, rounds: 5_400, failures: 2, lastMs: nowMs - 800 },
    { name: 'signals', pauseMs: 3_600_000, rounds: 0, failures: 0, lastMs: null },
  ]
}

function acts(nowMs: number): readonly ListedAct[] {
  const log = 'tax.localhost/log/2026h2'
  const one = (entry: number, kind: string, name: string | null): ListedAct => ({
    kind,
    name,
    atMs: nowMs - (60 - entry) * 3_600_000,
    log,
    entry,
  })
  return [
    one(52, 'directory.accepted', 'housing'),
    one(41, 'key.log-added', 'tax.localhost/log/2026h2+0a1b2c3d+AQ=='),
    one(40, 'agreement.published', 'housing-tax-rent v1'),
    one(0, 'admin.start', 'Tax Agency'),
  ]
}

/** An administrator's desk without a gateway behind it. */
export function createFixtureAdministrator(nowMs: number): AdministratorDesk {
  return {
    doctor: ({ peer } = {}) =>
      Promise.resolve({ lookedAtMs: nowMs - 20_000, checks: checks(peer) }),
    acts: (kinds) =>
      Promise.resolve(acts(nowMs).filter(({ kind }) => kinds.some((one) => one === kind))),
    peers: () => Promise.resolve(peers(nowMs)),
    keys: () => Promise.resolve(ownKeys(nowMs)),
    storage: () => Promise.resolve(storage),
    jobs: () => Promise.resolve(jobs(nowMs)),
  }
}
