import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { adminRoutes } from '../admin-app.ts'
import { createPublicApp, type PublicAppDeps } from '../public-app.ts'
import { openApiDocument } from './index.ts'

/** A gateway with everything that one can have, over nothing: the routes are all that is looked at. */
function wholeApp(onRoute: NonNullable<PublicAppDeps['onRoute']>): FastifyInstance {
  const callers = { role: 'ask', tokens: [], certificates: new Map(), issuers: [] }
  const parts: object = {
    onRoute,
    provider: { authority: 'tax.example', consumers: new Map() },
    consumer: {},
    reader: {},
    logs: [{ logPath: '/log/2026h1', reader: {}, files: {} }],
    askCallers: callers,
    mayAnswer: () => true,
    seen: {},
    agreements: {},
    population: {},
    joins: {},
    bundles: { desk: { clock: {} }, inspectors: [] },
    record: { agreements: {}, budgets: {} },
    counts: () => undefined,
    statistics: { analysts: callers, desk: {}, joins: {} },
    directory: {},
    limits: { bodyBytes: 65_536, connections: 16 },
  }
  return createPublicApp(parts as PublicAppDeps)
}

/** Parameters without their names, and a log's shard as one. */
function plain(path: string): string {
  return path.replace(/^\/log\/[^/]+\//, '/log/{}/').replaceAll(/:\w+|\{\w*\}|\*/g, '{}')
}

/** The routes of a public listener that has everything; HEAD goes with each GET. */
async function routesOf(): Promise<readonly string[]> {
  const routes: string[] = []
  await using app = wholeApp((method, url) => {
    if (method !== 'HEAD') routes.push(`${method} ${plain(url)}`)
  })
  await app.ready()
  return routes
}

interface Operation {
  readonly operationId: string
  readonly security?: readonly unknown[]
  readonly tags?: readonly string[]
}
const { paths } = openApiDocument() as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}
const described = Object.entries(paths).flatMap(([path, operations]) =>
  Object.keys(operations).map((method) => `${method.toUpperCase()} ${plain(path)}`),
)

/** Routes of the public listener that are in no description, each with its reason. */
const undescribed: ReadonlyMap<string, string> = new Map()

/** What a description lacks, and what it has too much. */
function differences(routes: readonly string[], written: readonly string[]): readonly string[] {
  return [
    ...routes.filter((route) => !written.includes(route) && !undescribed.has(route)),
    ...written.filter((route) => !routes.includes(route)).map((route) => `no route: ${route}`),
  ]
}

test('every route of the public listener is in the description, and the description has no other', async () => {
  const routes = await routesOf()
  assert.ok(routes.length > 30, routes.join('\n'))
  assert.deepEqual(differences(routes, described), [])
  for (const one of routes) {
    const without = described.filter((other) => other !== one)
    assert.deepEqual(differences(routes, without), [one], 'a route left out is found')
  }
  assert.deepEqual(differences(routes.slice(1), described), [`no route: ${routes[0]}`])
})

test('each operation says who it is for, and has a name of its own', () => {
  const all = Object.values(paths).flatMap((operations) => Object.values(operations))
  assert.equal(new Set(all.map(({ operationId }) => operationId)).size, all.length)
  for (const { operationId, tags = [], security } of all) {
    const wanted = { peers: [{ signature: [] }], everybody: [] }
    if (tags.includes('peers')) assert.deepEqual(security, wanted.peers, operationId)
    else if (tags.includes('everybody')) assert.deepEqual(security, wanted.everybody, operationId)
    else assert.equal(security, undefined, operationId)
  }
})

test('the inner listener is for own pages and commands alone: each route of it is in the specification', () => {
  const folder = resolve(import.meta.dirname, '../../../../spec')
  const text = globSync('*.md', { cwd: folder })
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
  const missing = (routes: readonly string[]): readonly string[] =>
    routes.filter((route) => !new RegExp(`${route}(?![\\w/-])`).test(text))
  assert.deepEqual(missing(adminRoutes), [])
  assert.deepEqual(missing(['/v1/act', '/v1/acts']), ['/v1/act'])
})
