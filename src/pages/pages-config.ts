import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { parse } from 'yaml'
import * as z from 'zod'
import { nearestKey } from '../agreement/index.ts'
import { isLoopbackHost } from '../protocol/index.ts'
import type { LocalText } from '../web/index.ts'
import { PagesError } from './pages-error.ts'

/** Whom a gateway's pages may be for. Caseworkers ask from their case system; inspectors have the demo's pages alone. */
export const pagesRoles = ['person', 'dpo', 'analyst', 'admin', 'public', 'verify'] as const

/** One of {@link pagesRoles}. */
export type PagesRole = (typeof pagesRoles)[number]

/** The settings of an organisation's pages, as their YAML file gives them. Paths are relative to the file. */
export interface PagesConfig {
  readonly version: 1
  /** The settings of the gateway behind the pages, on the same machine. */
  readonly gateway_file: string
  /** A loopback address; what the world reaches stands before it and speaks TLS. */
  readonly listen: string
  /** How people sign in. Only public sites need none. */
  readonly identity_file?: string | undefined
  /** The address of each site, under a host of its own: https, or http on this machine. */
  readonly sites: Partial<Readonly<Record<PagesRole, string>>>
  /** Organisations by name, where the pages speak of them; an id stands for one without. */
  readonly names: Readonly<Record<string, LocalText>>
}

/** Settings with their paths made absolute. */
export interface LoadedPagesConfig extends PagesConfig {
  readonly host: string
  readonly port: number
}

const path = z.string().min(1)
const name = z.string().min(1).max(120)

/** A browser keeps a session and its forms apart by host; another machine is reached by TLS alone. */
function isSiteUrl(text: string): boolean {
  if (!/^https?:\/\/[a-z0-9.:-]+$/.test(text) || !URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || hostname.endsWith('.localhost')
}

const site = z
  .string()
  .refine(isSiteUrl, 'must be an https address without a path, or http under a name of .localhost')

const schema: z.ZodType<PagesConfig> = z
  .strictObject({
    version: z.literal(1),
    gateway_file: path,
    listen: z.string().refine((text) => {
      const colon = text.lastIndexOf(':')
      return /^\d{1,5}$/.test(text.slice(colon + 1)) && isLoopbackHost(text.slice(0, colon))
    }, 'must be a loopback address and a port, as in 127.0.0.1:8480'),
    identity_file: path.optional(),
    sites: z
      .strictObject({
        person: site.exactOptional(),
        dpo: site.exactOptional(),
        analyst: site.exactOptional(),
        admin: site.exactOptional(),
        public: site.exactOptional(),
        verify: site.exactOptional(),
      })
      .refine((sites) => Object.keys(sites).length > 0, 'must name one site at least')
      .refine((sites) => {
        const hosts = Object.values(sites).map((url) => new URL(url).host)
        return new Set(hosts).size === hosts.length
      }, 'must give every site a host of its own'),
    names: z
      .record(
        z.string(),
        z.strictObject({ en: name, fr: name.exactOptional(), es: name.exactOptional() }),
      )
      .default({}),
  })
  .refine(
    ({ sites, identity_file }) =>
      identity_file !== undefined ||
      Object.keys(sites).every((role) => role === 'public' || role === 'verify'),
    { message: 'is needed by every site but "public" and "verify"', path: ['identity_file'] },
  )

const keys = ['version', 'gateway_file', 'listen', 'identity_file', 'sites', 'names', ...pagesRoles]

function describe(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return 'it is empty'
  const where = issue.path.length === 0 ? 'the top level' : `"${issue.path.join('.')}"`
  if (issue.code !== 'unrecognized_keys') return `${where} ${issue.message}`
  const [unknown = ''] = issue.keys
  return `${where} has an unknown key "${unknown}"; the nearest is "${nearestKey(unknown, keys)}"`
}

async function readYaml(file: string): Promise<unknown> {
  try {
    const value: unknown = parse(await readFile(file, 'utf8'), { version: '1.2', uniqueKeys: true })
    return value
  } catch (cause) {
    const message = `The file ${file} cannot be read as YAML; name one with -c.`
    throw new PagesError('CONFIG_UNREADABLE', message, { cause })
  }
}

/**
 * Reads the settings of pages (YAML 1.2, unique keys; an unknown key is an error).
 *
 * @throws {@link PagesError} `CONFIG_UNREADABLE`, `CONFIG_INVALID`
 */
export async function loadPagesConfig(file: string): Promise<LoadedPagesConfig> {
  const result = schema.safeParse(await readYaml(file))
  if (!result.success) {
    const { issues } = result.error
    const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]
    throw new PagesError('CONFIG_INVALID', `${file}: ${describe(issue)}.`)
  }
  const settings = result.data
  const at = (relative: string): string => resolve(dirname(resolve(file)), relative)
  const colon = settings.listen.lastIndexOf(':')
  return {
    ...settings,
    gateway_file: at(settings.gateway_file),
    ...(settings.identity_file !== undefined && { identity_file: at(settings.identity_file) }),
    host: settings.listen.slice(0, colon).replaceAll(/[[\]]/g, ''),
    port: Number(settings.listen.slice(colon + 1)),
  }
}
