import { decodeBase64 } from '../bytes/index.ts'
import { loopbackHttp, type OfficerKeys, readAgreements, readKeyFile } from '../node/index.ts'
import { oidcIdentity, readIdentityFile } from '../node/identity/index.ts'
import { bestEd25519, systemClock, systemRandomness, undiciHttpClient } from '../platform/index.ts'
import type { HttpClient } from '../ports/index.ts'
import { gatewayKeyId, parseOrganisationId } from '../protocol/index.ts'
import { type Asset, createConsentPages, type IdentityPort } from '../web/index.ts'
import { ConsentBook } from './consent-book.ts'
import { openConsentRecords } from './consent-records.ts'
import { createIssuerApp } from './issuer-app.ts'
import type { LoadedIssuerConfig } from './issuer-config.ts'

/** An issuer of consent that listens; disposing stops it. */
export interface RunningIssuer extends AsyncDisposable {
  readonly port: number
}

/** What an issuer is started with beside its configuration. */
export interface IssuerGround {
  /** Files of the pages by path. */
  readonly assets: ReadonlyMap<string, Asset>
  /** Told about failures of pages with their reference, without personal data. */
  readonly tell: (what: string) => void
}

function keysOf(
  { organisations }: LoadedIssuerConfig,
  of: 'dpo_key' | 'inspector_key',
): OfficerKeys['dpos'] {
  return new Map(
    organisations.flatMap((one) => {
      const key = one[of]
      return key === undefined ? [] : [[one.id, [decodeBase64(key)]] as const]
    }),
  )
}

function gatewayKeysOf({ organisations }: LoadedIssuerConfig): ReadonlyMap<string, Uint8Array> {
  return new Map(
    organisations.flatMap(({ id, gateway_keys: keys }) =>
      keys.map((text) => {
        const key = decodeBase64(text)
        return [gatewayKeyId(parseOrganisationId(id), key), key] as const
      }),
    ),
  )
}

async function identityOf(
  { identity_file, url }: LoadedIssuerConfig,
  http: HttpClient,
): Promise<IdentityPort> {
  return oidcIdentity(await readIdentityFile(identity_file, () => url), http)
}

/**
 * Starts an issuer of consent: reads its key, agreements and records, then listens.
 *
 * @throws {@link ConsentError} `RECORDS_INVALID`; `NodeError` for keys, agreements and the identity file
 */
export async function startIssuer(
  config: LoadedIssuerConfig,
  { assets, tell }: IssuerGround,
): Promise<RunningIssuer> {
  await using stack = new AsyncDisposableStack()
  const { organisation, organisations, url, agreements_folder: folder } = config
  const ed25519 = bestEd25519()
  const officers = { dpos: keysOf(config, 'dpo_key'), inspectors: keysOf(config, 'inspector_key') }
  const agreements = await readAgreements(folder, officers, ed25519)
  const seed = await readKeyFile(config.key_file)
  const http = stack.use(undiciHttpClient())
  const identity = await identityOf(config, loopbackHttp(http))
  const records = stack.use(await openConsentRecords(config.records_file))
  const clock = systemClock
  const terms = { organisation, seed, agreements, ed25519 }
  const book = new ConsentBook({ terms, records, clock })
  const authority = new URL(url).host
  const pages = createConsentPages({
    desk: book,
    identity,
    clock,
    assets,
    organisation,
    organisations,
    randomness: systemRandomness,
    host: authority,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    onFailure: (reference, cause) =>
      tell(`page failure ${reference}: ${cause instanceof Error ? cause.message : String(cause)}`),
  })
  const gatewayKeys = gatewayKeysOf(config)
  const app = createIssuerApp({ book, pages, authority, gatewayKeys, clock, ed25519 })
  stack.defer(() => app.close())
  await app.listen({ host: config.host, port: config.port })
  const address = app.server.address()
  const owned = stack.move()
  return {
    port: typeof address === 'object' && address !== null ? address.port : config.port,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
