import assert from 'node:assert/strict'
import test from 'node:test'
import { formatVerifierKey, SIGNATURE_TYPES } from '../log/index.ts'
import { parsePolicy, type Policy, quorumMet } from '../log/verify/index.ts'
import { bestEd25519 } from '../platform/index.ts'
import { encodeBase64 } from '../bytes/index.ts'
import { type NodeConfig, parseConfig } from './config.ts'
import { knownProviders, ownPolicy } from './gateway-parts.ts'
import { explicitPeer, type Peer } from './peer.ts'
import { isRecordPeer } from './peer-config.ts'

const ed25519 = bestEd25519()
const keyOf = (place: number): Uint8Array => ed25519.publicKey(new Uint8Array(32).fill(place))

function logVkey(id: string, place: number): string {
  return formatVerifierKey(`${id}.localhost/log/2026h2`, SIGNATURE_TYPES.ed25519, keyOf(place))
}

interface Settings {
  readonly ownWitnesses?: readonly string[]
  readonly peerWitnesses?: readonly string[]
}

function configOf({ ownWitnesses, peerWitnesses }: Settings = {}): NodeConfig {
  return parseConfig({
    version: 1,
    org: { id: 'housing', name: 'Housing Agency' },
    listen: { public: '127.0.0.1:1', admin: '127.0.0.1:2' },
    keys: {
      gateway_file: 'a',
      log_file: 'b',
      record_folder: 'c',
      handle_file: 'd',
      pseudonym_file: 'e',
      dpo_public: encodeBase64(keyOf(1)),
    },
    store: { kind: 'sqlite', path: 's', head_path: 'h' },
    log: { origin: 'housing.localhost/log/2026h2', folder: 'log' },
    witness: {
      policy_file: 'policy.txt',
      ...(ownWitnesses === undefined ? {} : { own: ownWitnesses }),
    },
    agreements: { folder: 'agreements' },
    peers: [
      {
        id: 'tax',
        url: 'http://127.0.0.1:3',
        gateway_key: encodeBase64(keyOf(2)),
        log_vkeys: [logVkey('tax', 3)],
        dpo_key: encodeBase64(keyOf(4)),
        ...(peerWitnesses === undefined ? {} : { witnesses: peerWitnesses }),
      },
    ],
  })
}

const names = ['w.localhost/1', 'tax.localhost/w', 'housing.localhost/w', 'social.localhost/w']

function policyOf(threshold: number, witnesses: readonly string[] = names): Policy {
  const lines = witnesses.map((name, place) => {
    const vkey = formatVerifierKey(name, SIGNATURE_TYPES.cosignature, keyOf(50 + place))
    return `witness n${place} ${vkey} http://127.0.0.1:${4 + place}`
  })
  const aliases = witnesses.map((_, place) => `n${place}`).join(' ')
  return parsePolicy([...lines, `group g ${threshold} ${aliases}`, 'quorum g', ''].join('\n'))
}

function isMet(policy: Policy, by: readonly string[]): boolean {
  const keys = policy.witnesses.map(({ key }) => key)
  return quorumMet(
    policy,
    keys.filter(({ name }) => by.includes(name)),
  )
}

function peersOf({ peers }: NodeConfig): readonly Peer[] {
  return peers.flatMap((peer) => (isRecordPeer(peer) ? [] : [explicitPeer(peer)]))
}

function exchangePolicy(policy: Policy, settings?: Settings): Policy {
  const config = configOf(settings)
  const provider = knownProviders(config, peersOf(config), ownPolicy(config, policy)).get('tax')
  return provider?.quorumPolicy ?? assert.fail()
}

test('an exchange is witnessed by those who take no part in it, each log by others than its own', () => {
  const policy = policyOf(2)
  const exchange = exchangePolicy(policy)
  assert.ok(isMet(exchange, ['w.localhost/1', 'social.localhost/w']))
  assert.ok(!isMet(exchange, ['w.localhost/1', 'tax.localhost/w', 'housing.localhost/w']))
  const own = ownPolicy(configOf(), policy)
  assert.ok(isMet(own, ['w.localhost/1', 'tax.localhost/w']))
  assert.ok(!isMet(own, ['w.localhost/1', 'housing.localhost/w']))
  assert.ok(!own.witnesses.some(({ key }) => key.name === 'housing.localhost/w'))
})

test('witnesses of another name are left out where the configuration names them', () => {
  const foreign = ['w.localhost/1', 'keeper.localhost/tax', 'keeper.localhost/own', 'x.localhost/w']
  const policy = policyOf(2, foreign)
  const settings = {
    ownWitnesses: ['keeper.localhost/own'],
    peerWitnesses: ['keeper.localhost/tax'],
  }
  const parties = ['w.localhost/1', 'keeper.localhost/tax', 'keeper.localhost/own']
  assert.ok(isMet(exchangePolicy(policy), parties))
  assert.ok(!isMet(exchangePolicy(policy, settings), parties))
  assert.ok(isMet(exchangePolicy(policy, settings), ['w.localhost/1', 'x.localhost/w']))
})

test('a policy that leaves nobody for an exchange, or for the own log, is refused at once', () => {
  assert.throws(() => exchangePolicy(policyOf(3)), { code: 'CONFIG_INVALID', message: /"tax"/ })
  assert.throws(() => exchangePolicy(policyOf(4)), { code: 'CONFIG_INVALID', message: /own/ })
  const none = parsePolicy('quorum none\n')
  assert.ok(isMet(exchangePolicy(none), []))
})
