import { isCountersigned } from '../agreement/index.ts'
import { type ConsumerDeps, type ProviderDeps, standingNow } from '../person/index.ts'
import {
  aesGcm,
  nodeMlDsa44,
  systemClock,
  systemRandomness,
  systemTimers,
} from '../platform/index.ts'
import { readCaseToken } from '../protocol/index.ts'
import { loopbackHttp } from './loopback-http.ts'
import type { LoadedConfig } from './config-file.ts'
import type { OpenGateway } from './open-gateway.ts'
import { publicUrl } from './public-url.ts'
import { identitySealing } from './sealing-holders.ts'
import { readsOfATurn } from './reads-of-a-turn.ts'

/** What this gateway answers with. */
export function providerRole(
  { config }: LoadedConfig,
  gateway: OpenGateway,
  { countNoise, mayAnswer }: Required<Pick<ProviderDeps, 'countNoise' | 'mayAnswer'>>,
): ProviderDeps {
  const { ed25519, key, keys, subjects, timeLock, reader, writer, registers } = gateway
  return {
    key,
    ed25519,
    reader,
    readTogether: readsOfATurn(reader),
    writer,
    agreements: gateway.agreements,
    lineage: gateway.lineage,
    timeLock,
    registers,
    countNoise,
    mayAnswer,
    organisation: config.org.id,
    authority: publicUrl(config).host,
    clock: systemClock,
    timers: systemTimers,
    randomness: systemRandomness,
    handleKey: keys.handle,
    subjects,
    consumers: gateway.directory.consumers,
    isCountersigned: (agreement) =>
      isCountersigned(agreement, {
        inspectors: (id) => gateway.directory.inspectorKeys(id),
        ed25519,
      }),
    isConsentKey: (issuer) => gateway.directory.isConsentKey(issuer),
    isKeyCurrent: (keyId) => gateway.directory.isCurrentGatewayKey(keyId),
    readCaseToken: (token, { name, publicKey }, nowMs) =>
      readCaseToken(token, {
        issuer: name,
        publicKey,
        audience: config.org.id,
        nowMs,
        ed25519,
      }),
  }
}

/** What this gateway asks with. */
export function consumerRole({ config }: LoadedConfig, gateway: OpenGateway): ConsumerDeps {
  const { ed25519, key, keys, subjects, agreements, reader, writer, http, cases } = gateway
  return {
    key,
    ed25519,
    mlDsa44: nodeMlDsa44,
    reader,
    writer,
    agreements,
    http,
    cases,
    consentIssuers: (config.consent_issuers ?? []).map(({ organisation, url }) => ({
      organisation,
      url,
      authority: new URL(url).host,
      http: loopbackHttp(http),
    })),
    organisation: config.org.id,
    clock: systemClock,
    timers: systemTimers,
    randomness: systemRandomness,
    aead: aesGcm(systemRandomness),
    subjects,
    recordKeys: keys.record,
    pseudonymKey: keys.pseudonym,
    sealing: identitySealing(config),
    providers: gateway.directory.providers,
    stateHere: async (known) =>
      (await standingNow(reader, known, systemClock.now(), gateway)).state,
  }
}
