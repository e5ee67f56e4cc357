import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { parse } from 'yaml'
import * as z from 'zod'
import { nearestKey } from '../../agreement/index.ts'
import { isLoopbackHost } from '../../protocol/index.ts'
import { type Site, signInRoles } from '../../web/index.ts'
import { idField, pathField } from '../config-fields.ts'
import { NodeError } from '../node-error.ts'
import { readSettingFile } from '../read-setting-file.ts'
import type { OidcClient, OidcSettings } from './oidc-identity.ts'

function isTrustedIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname))
}

const claimField = z.string().min(1).max(200)
const wordField = z.string().min(1).max(200)

const identitySchema = z.strictObject({
  version: z.literal(1),
  issuer: z.string().refine(isTrustedIssuer, 'must be an https address, or http on this machine'),
  scope: z
    .string()
    .refine((text) => text.split(' ').includes('openid'), 'must hold the word openid')
    .default('openid profile'),
  claims: z.strictObject({
    role: claimField,
    organisation: claimField,
    account: claimField,
    name: claimField.default('name'),
    subject: claimField,
  }),
  roles: z.strictObject({
    caseworker: wordField,
    analyst: wordField.default('analyst'),
    dpo: wordField,
    person: wordField,
    inspector: wordField,
    admin: wordField,
  }),
  clients: z
    .array(
      z.strictObject({
        role: z.enum(signInRoles),
        organisation: idField,
        client_id: z.string().min(1).max(200),
        client_secret_file: pathField,
      }),
    )
    .min(1),
})

function invalid(path: string, reason: string, cause?: unknown): NodeError {
  return new NodeError('CONFIG_INVALID', `${path} is not valid. ${reason}.`, { cause })
}

/** Every key of the file, for the one that is nearest to a mistaken one. */
const keys = [
  ...Object.keys(identitySchema.shape),
  ...Object.keys(identitySchema.shape.claims.shape),
  ...Object.keys(identitySchema.shape.roles.shape),
  'role',
  'organisation',
  'client_id',
  'client_secret_file',
]

function describe(issue: z.core.$ZodIssue): string {
  const where = issue.path.length === 0 ? 'The top level' : `"${issue.path.join('.')}"`
  if (issue.code !== 'unrecognized_keys') return `${where}: ${issue.message}`
  const [unknown = ''] = issue.keys
  return `${where} has an unknown key "${unknown}"; the nearest is ${nearestKey(unknown, keys)}`
}

function parseFile(text: string, path: string): z.infer<typeof identitySchema> {
  let value: unknown
  try {
    value = parse(text, { version: '1.2', uniqueKeys: true })
  } catch (cause) {
    throw new NodeError('CONFIG_UNREADABLE', `${path} is not valid YAML.`, { cause })
  }
  const parsed = identitySchema.safeParse(value)
  if (parsed.success) return parsed.data
  // A misspelt key is also a missing one: the spelling is what helps.
  const { issues } = parsed.error
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]
  throw invalid(path, issue === undefined ? 'It is empty' : describe(issue), parsed.error)
}

/** Two clients of one role and organisation, or one client for two hosts: roles would run together. */
function requireOneEach(
  clients: readonly Pick<OidcClient, 'role' | 'organisation' | 'clientId'>[],
  path: string,
): void {
  const sites = new Set(clients.map(({ role, organisation }) => `${role}.${organisation}`))
  const ids = new Set(clients.map(({ clientId }) => clientId))
  if (sites.size < clients.length)
    throw invalid(path, '"clients" names a role of an organisation twice')
  if (ids.size < clients.length)
    throw invalid(path, '"clients" uses a client_id twice; each role needs a client of its own')
}

/**
 * Reads how the pages sign people in (YAML 1.2, unique keys). `urlOf` gives the address of a site of
 * the pages, without a slash at the end; a client of a site that is not served is left out, once it is read.
 *
 * @throws NodeError `CONFIG_UNREADABLE`, `CONFIG_INVALID`
 */
export async function readIdentityFile(
  path: string,
  urlOf: (site: Site) => string | undefined,
): Promise<OidcSettings> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new NodeError('CONFIG_UNREADABLE', `The file ${path} cannot be read.`, { cause })
  })
  const { clients, issuer, scope, claims, roles } = parseFile(text, path)
  const folder = dirname(resolve(path))
  const made = await Promise.all(
    clients.map(async ({ role, organisation, client_id, client_secret_file }) => {
      const file = resolve(folder, client_secret_file)
      const clientSecret = (await readSettingFile(file, 'client_secret_file')).trim()
      if (clientSecret === '') throw invalid(path, `"client_secret_file" of ${client_id} is empty`)
      return { role, organisation, clientId: client_id, clientSecret }
    }),
  )
  requireOneEach(made, path)
  const served = made.flatMap((client) => {
    const url = urlOf(client)
    return url === undefined
      ? []
      : [{ ...client, redirectUri: `${url}/callback`, signedOutUri: `${url}/` }]
  })
  return { issuer, scope, claims, roles, clients: served }
}
