import * as z from 'zod'
import { nearestKey } from '../agreement/index.ts'
import { type JoinTierName, joinTierNames } from '../crypto/index.ts'
import { isLoopbackHost } from '../protocol/index.ts'
import { leastAccountingYears } from '../person/index.ts'
import { type CallerConfig, callerConfigSchema } from './caller-config.ts'
import { type CaseConfig, caseConfigSchema } from './cases/case-config.ts'
import { idField, pathField, urlField } from './config-fields.ts'
import { type JoinQueueConfig, joinQueueSchema } from './joins/queue/join-queue-config.ts'
import { NodeError } from './node-error.ts'
import { type ObjectStoreConfig, objectStoreSchema } from './object-store-config.ts'
import { type AnyPeerConfig, peerConfigSchema } from './peer-config.ts'

/** A register and its public description. */
export type RegisterConfig = { readonly description_file: string } & (
  | { readonly kind: 'sqlite' | 'csv' | 'parquet'; readonly path: string }
  | {
      readonly kind: 'postgres'
      /** `postgres://role@host/database` in one line; secret. */
      readonly dsn_file: string
      /** The same for the role that may read rows for joins; secret. Left out, there are no joins. */
      readonly joins_dsn_file?: string | undefined
      /** The schema of the described table. */
      readonly schema: string
    }
  | {
      readonly kind: 'http'
      readonly url: string
      readonly token_file: string
      /** PEM of an authority that is not a usual one. */
      readonly authority_file?: string | undefined
    }
)

/** TLS 1.3 of the public listener. */
export interface ListenTls {
  /** PEM. */
  readonly certificate_file: string
  /** PEM, secret. */
  readonly key_file: string
  /** `required`: peers must show a certificate that their directory record pins. */
  readonly client_certificates?: 'off' | 'required' | undefined
}

/** Both halves of reconciling: handing bundles out, and taking them. */
export interface ReconciliationConfig {
  /** Peers that may take bundles of the own logs. */
  readonly inspectors: readonly string[]
  /** Peers whose logs this gateway holds against each other; none where it is no inspector. */
  readonly organisations: readonly string[]
  /** Seconds between two runs; fifteen minutes unless given. */
  readonly every_s: number
  /** How long the other side's entry may take, in seconds; fifteen minutes unless given. */
  readonly window_s: number
  /** What is open between two runs. */
  readonly state_file: string
}

/** The settings of one gateway, as its YAML file gives them; paths are relative to that file. */
export interface NodeConfig {
  readonly version: 1
  readonly org: { readonly id: string; readonly name: string }
  readonly listen: {
    readonly public: string
    readonly admin: string
    /** How others reach the public listener; its own address unless given. */
    readonly url?: string | undefined
    /** Without it the public listener speaks plain HTTP, on this machine alone. */
    readonly tls?: ListenTls | undefined
  }
  readonly keys: {
    /** Signs messages to other gateways. */
    readonly gateway_file: string
    /** Signs from the time that the own directory record gives for it. */
    readonly gateway_next_file?: string | undefined
    /** Signs checkpoints; only the writer reads it. */
    readonly log_file: string
    /** Signs them as well, while the log's key is changed: what `log_file` will be. */
    readonly log_next_file?: string | undefined
    /** Signs published checkpoints with ML-DSA-44 beside them. */
    readonly log_ml_dsa_file?: string | undefined
    /** Folder of the monthly keys that seal entries and kept questions; belongs outside ordinary backups. */
    readonly record_folder: string
    /** Folder of the keys that seal what is kept of joins, one file a run; belongs outside ordinary backups. */
    readonly join_folder?: string | undefined
    /** As an inspector of joins: the key that holders seal for, made by `cloison identity seal-key`. */
    readonly audit_seal_file?: string | undefined
    /** Keys the digests of subjects and cases in counters and chains. */
    readonly handle_file: string
    /** Makes an official's pseudonym, another one for each provider. */
    readonly pseudonym_file: string
    /** The data protection officer's public key; the secret one is given to no gateway. */
    readonly dpo_public: string
    /** For whom the identity of every official who asks is sealed: both together, never one alone. */
    readonly sealing?:
      | {
          /** X25519, of the data protection officer; made for this alone. */
          readonly dpo_public: string
          /** Another organisation, a peer. */
          readonly inspector: string
          /** X25519, of that organisation. */
          readonly inspector_public: string
        }
      | undefined
  }
  readonly store: {
    readonly kind: 'sqlite'
    readonly path: string
    readonly head_path: string
    /** Folder of what is kept of joins, sealed: lists and states, for as long as an audit may ask for them. */
    readonly join_folder?: string | undefined
  }
  readonly log: {
    readonly origin: string
    /** Where tiles and checkpoint are published, unless there is an object store. */
    readonly folder: string
    readonly object_store?: ObjectStoreConfig | undefined
    /** Logs that this organisation has closed, oldest first: still served, never written to. */
    readonly closed?: readonly { readonly origin: string; readonly folder: string }[] | undefined
    readonly publish_s: number
    readonly max_batch: number
    /** Within this time the running gateway reads its whole log again; an hour if left out. */
    readonly audit_s?: number | undefined
    /** Seconds between two epochs, each with a map of all subjects' chains; a day if left out. */
    readonly epoch_s?: number | undefined
  }
  readonly witness: {
    readonly policy_file: string
    /** Names of own witnesses that are not named after the host of the log's origin. */
    readonly own?: readonly string[] | undefined
  }
  readonly agreements: { readonly folder: string; readonly time_lock_ms?: number | undefined }
  readonly peers: readonly AnyPeerConfig[]
  /** The own directory record, and how long other organisations' new keys wait. */
  readonly directory?:
    | {
        readonly record_file?: string | undefined
        /** A day; shorter between demo origins alone. */
        readonly key_lock_ms?: number | undefined
        /** Fourteen days; shorter between demo origins alone. */
        readonly root_lock_ms?: number | undefined
        /** Seconds between two looks at the peers' records; a minute if left out. */
        readonly poll_s?: number | undefined
      }
    | undefined
  readonly registers: Readonly<Record<string, RegisterConfig>>
  readonly cases?: CaseConfig | undefined
  /** Issuers of consent that agreements name, and where they are. */
  readonly consent_issuers?:
    readonly { readonly organisation: string; readonly url: string }[] | undefined
  readonly callers: readonly CallerConfig[]
  readonly limits: {
    readonly connections: number
    readonly body_bytes: number
    /** From one address, before anybody has proved who it is; 128 unless given. */
    readonly connections_per_address?: number | undefined
    /** Of one peer; 128 unless given. */
    readonly connections_per_peer?: number | undefined
    /** Signed requests of one peer; 12,000 unless given. */
    readonly requests_per_peer_per_minute?: number | undefined
    /** That compute the points of joins; one less than the machine has cores unless given. */
    readonly join_threads?: number | undefined
    /** Most points of a list of a join, rows and dummies together; 10,000,000 unless given. */
    readonly join_points?: number | undefined
    /** Which arithmetic computes them; the fastest of the machine unless given. */
    readonly join_tier?: JoinTierName | undefined
  }
  /** Worker processes that compute points of joins on other machines; left out, this process alone. */
  readonly join_queue?: JoinQueueConfig | undefined
  /** How often list-building signals are looked for; an hour if left out. */
  readonly signals?: { readonly every_s: number } | undefined
  /** Who may hold this organisation's logs against others', and what this one does so itself. */
  readonly reconciliation?: ReconciliationConfig | undefined
  /** How long records stay before they may be erased, beside what agreements say. */
  readonly records?:
    { readonly accounting_years: number; readonly retention_days: number } | undefined
}

const [id, path, url] = [idField, pathField, urlField]
/** An address of this machine with a port. */
export const addressPattern: RegExp = /^[0-9a-z.:[\]-]+:\d{1,5}$/i

const address = z
  .string()
  .regex(addressPattern, 'must be an address and a port, as in 127.0.0.1:8411')

/** What is sent to an issuer says whom it is about: it goes in the clear on this machine alone. */
const issuerUrl = url.refine((text) => {
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || isLoopbackHost(hostname)
}, 'must be an https address, or http on this machine')

const register = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['sqlite', 'csv', 'parquet']), path, description_file: path }),
  z
    .strictObject({
      kind: z.literal('postgres'),
      dsn_file: path,
      joins_dsn_file: path.optional(),
      schema: z
        .string()
        .regex(/^[A-Za-z_][A-Za-z0-9_]{0,62}$/, 'must be a plain name')
        .default('public'),
      description_file: path,
    })
    .refine((one) => one.joins_dsn_file !== one.dsn_file, {
      path: ['joins_dsn_file'],
      error: 'must name another role than dsn_file: whoever has it can list the register',
    }),
  z.strictObject({
    kind: z.literal('http'),
    url,
    token_file: path,
    authority_file: path.optional(),
    description_file: path,
  }),
])

const shape = {
  version: z.literal(1),
  org: z.strictObject({ id, name: z.string().min(1) }),
  listen: z.strictObject({
    public: address,
    admin: address,
    url: url.optional(),
    tls: z
      .strictObject({
        certificate_file: path,
        key_file: path,
        client_certificates: z.enum(['off', 'required']).optional(),
      })
      .optional(),
  }),
  keys: z.strictObject({
    gateway_file: path,
    gateway_next_file: path.optional(),
    log_file: path,
    log_next_file: path.optional(),
    log_ml_dsa_file: path.optional(),
    record_folder: z
      .string('must name the folder of the monthly record keys, one file a month')
      .min(1),
    join_folder: path.optional(),
    audit_seal_file: path.optional(),
    handle_file: path,
    pseudonym_file: path,
    dpo_public: z.string(),
    sealing: z
      .strictObject({ dpo_public: z.string(), inspector: id, inspector_public: z.string() })
      .optional(),
  }),
  store: z.strictObject({
    kind: z.literal('sqlite'),
    path,
    head_path: path,
    join_folder: path.optional(),
  }),
  log: z.strictObject({
    origin: z.string().min(1),
    folder: path.default('log'),
    object_store: objectStoreSchema.optional(),
    closed: z.array(z.strictObject({ origin: z.string().min(1), folder: path })).optional(),
    publish_s: z.number().positive().default(10),
    max_batch: z.int().min(1).max(4096).default(256),
    audit_s: z.number().positive().max(604_800).optional(),
    epoch_s: z.number().min(1).max(604_800).optional(),
  }),
  witness: z.strictObject({ policy_file: path, own: z.array(z.string()).optional() }),
  agreements: z.strictObject({ folder: path, time_lock_ms: z.int().positive().optional() }),
  peers: z.array(peerConfigSchema).default([]),
  directory: z
    .strictObject({
      record_file: path.optional(),
      key_lock_ms: z.int().positive().optional(),
      root_lock_ms: z.int().positive().optional(),
      poll_s: z.number().positive().max(86_400).optional(),
    })
    .optional(),
  registers: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), register).default({}),
  cases: caseConfigSchema.optional(),
  consent_issuers: z.array(z.strictObject({ organisation: id, url: issuerUrl })).optional(),
  callers: z.array(callerConfigSchema).default([]),
  limits: z
    .strictObject({
      connections: z.int().positive().default(256),
      body_bytes: z.int().min(1024).max(65_536).default(65_536),
      connections_per_address: z.int().positive().optional(),
      connections_per_peer: z.int().positive().optional(),
      requests_per_peer_per_minute: z.int().positive().optional(),
      join_threads: z.int().min(1).max(64).optional(),
      join_points: z.int().min(10_000).max(200_000_000).optional(),
      join_tier: z.enum(joinTierNames).optional(),
    })
    .default({ connections: 256, body_bytes: 65_536 }),
  join_queue: joinQueueSchema.optional(),
  signals: z.strictObject({ every_s: z.number().min(1).max(86_400) }).optional(),
  reconciliation: z
    .strictObject({
      inspectors: z.array(id).max(16).default([]),
      organisations: z.array(id).max(64).default([]),
      every_s: z.number().min(1).max(86_400).default(900),
      window_s: z.number().min(1).max(604_800).default(900),
      state_file: path.default('reconciliation.json'),
    })
    .optional(),
  records: z
    .strictObject({
      accounting_years: z
        .int()
        .min(leastAccountingYears, 'must be 5 or more: the law keeps an accounting for five years')
        .max(100)
        .default(leastAccountingYears),
      retention_days: z.int().min(0).max(36_600).default(0),
    })
    .optional(),
}

/** The closed schema of {@link NodeConfig}; unknown keys are errors. */
export const nodeConfigSchema: z.ZodType<NodeConfig> = z.strictObject(shape)

/** Every key of the file, at any depth: what a mistyped one is compared with. */
function keysOf(schema: unknown, found: Set<string> = new Set()): Set<string> {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional)
    return keysOf(schema.unwrap(), found)
  if (schema instanceof z.ZodArray) return keysOf(schema.element, found)
  if (schema instanceof z.ZodRecord) return keysOf(schema.valueType, found)
  if (schema instanceof z.ZodUnion) {
    for (const option of schema.options) keysOf(option, found)
    return found
  }
  if (!(schema instanceof z.ZodObject)) return found
  for (const [key, value] of Object.entries(schema.shape)) {
    found.add(key)
    keysOf(value, found)
  }
  return found
}

/** Of a choice, what is wrong with the form that is nearest to what stands there. */
function nearestForm(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union') return issue
  const [nearest] = issue.errors.toSorted((one, other) => one.length - other.length)
  const [first] = nearest ?? []
  return first === undefined ? issue : { ...first, path: [...issue.path, ...first.path] }
}

function describe(found: z.core.$ZodIssue): string {
  const issue = nearestForm(found)
  const where = issue.path.length === 0 ? 'The top level' : `"${issue.path.join('.')}"`
  if (issue.code !== 'unrecognized_keys') return `${where}: ${issue.message}`
  const [unknown = ''] = issue.keys
  const near = nearestKey(unknown, [...keysOf(nodeConfigSchema)])
  const hint = near === undefined ? '' : `; did you mean "${near}"?`
  return `${where} has an unknown key "${unknown}"${hint}`
}

/**
 * Checks settings that were read from YAML.
 *
 * @throws {@link NodeError} `CONFIG_INVALID`, naming the first wrong key and the nearest right one
 */
export function parseConfig(value: unknown): NodeConfig {
  const parsed = nodeConfigSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const [first] = parsed.error.issues
  const reason = first === undefined ? 'the file is empty' : describe(first)
  throw new NodeError('CONFIG_INVALID', `The configuration is not valid. ${reason}.`)
}
