import { execFileSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'

/** What running the rival takes on this machine, or what is missing. */
export type FoundRival =
  | {
      readonly state: 'found'
      /** Folder of PostgreSQL's server programs. */
      readonly programs: string
      /** PostgreSQL refuses to run as root; set where this process does. */
      readonly user: { readonly uid: number; readonly gid: number } | undefined
    }
  | { readonly state: 'missing'; readonly install: string }

const packages = ['pg', '@fastify/jwt']

function missingPackages(): readonly string[] {
  const { resolve } = createRequire(import.meta.url)
  return packages.filter((name) => {
    try {
      resolve(name)
      return false
    } catch {
      return true
    }
  })
}

function serverPrograms(): string | undefined {
  const found = ['/usr/lib/postgresql/*/bin/initdb', '/usr/pgsql-*/bin/initdb']
    .flatMap((pattern) => globSync(pattern))
    .concat(['/usr/local/bin/initdb', '/usr/bin/initdb'].filter((path) => existsSync(path)))
    .toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true }))
  return found[0] === undefined ? undefined : dirname(found[0])
}

function idOf(option: '-u' | '-g'): number {
  return Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8', stdio: 'pipe' }))
}

function serverUser(): { readonly uid: number; readonly gid: number } | undefined {
  return process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : undefined
}

/** Looks for PostgreSQL, a user that may run it, and the two packages that only the rival uses. */
export function findRival(): FoundRival {
  const packagesMissing = missingPackages()
  if (packagesMissing.length > 0) {
    return { state: 'missing', install: `Install it with: npm install ${packages.join(' ')}` }
  }
  const programs = serverPrograms()
  if (programs === undefined) {
    return {
      state: 'missing',
      install: 'Install PostgreSQL, on Debian with: apt-get install postgresql',
    }
  }
  try {
    return { state: 'found', programs, user: serverUser() }
  } catch {
    return {
      state: 'missing',
      install: 'PostgreSQL does not run as root and there is no user "postgres"; add one.',
    }
  }
}
