/** Every top-level folder of `src/` with the folders it may import. A folder that is not a key has no place in the house. */
export const arrows: ReadonlyMap<string, readonly string[]> = drawArrows()

/** Arrows that carry types only: the port that a driver implements may be declared above it. */
export const typeArrows: ReadonlyMap<string, readonly string[]> = new Map([
  ['storage', ['witness']],
])

/** Programs that stand below their folder's row: their one file puts the machine together, as a composition root does. */
export const programArrows: ReadonlyMap<string, readonly string[]> = new Map([
  ['register/connectors/masking/masking-process.ts', ['platform']],
])

/** Folders that run in a browser as well: no `node:*`, wherever they stand. */
export const neutralFolders: readonly string[] = [
  'ports',
  'bytes',
  'client',
  'sentences',
  'crypto',
  'protocol',
  'log',
  'agreement',
  'population/psi',
  'web/browser',
]

/** Folders that need no `node:*` either, since the simulator runs them on made-up ports. */
export const portsOnlyFolders: readonly string[] = ['person', 'population', 'oversight', 'web']

/** Packages with one home. `packages` are exact names, or prefixes when they end in `/`. */
export interface PackageHome {
  readonly packages: readonly string[]
  readonly folders: readonly string[]
  readonly advice: string
}

/** Where the drivers and the primitives may be imported. */
export const packageHomes: readonly PackageHome[] = [
  {
    packages: ['node:sqlite', 'pg', '@duckdb/'],
    folders: ['storage', 'register/connectors', 'bench/rival'],
    advice: 'put what needs the driver into storage/ or register/connectors/, behind a port',
  },
  {
    packages: ['aws4fetch', '@rgrove/parse-xml'],
    folders: ['storage/object'],
    advice: 'put what speaks to an object store into storage/object/, behind the files port',
  },
  {
    packages: ['openid-client'],
    folders: ['node/identity'],
    advice: 'sign people in through the identity port of web/, implemented in node/identity/',
  },
  {
    packages: ['oidc-provider'],
    folders: ['demo/login'],
    advice: 'only the demo is a provider; the product is a client',
  },
  {
    packages: ['@noble/'],
    folders: ['crypto'],
    advice: 'use what crypto/index.ts offers, or add the primitive there',
  },
  {
    packages: ['@peculiar/'],
    folders: ['platform'],
    advice: 'certificates are made by platform/make-certificate.ts',
  },
  {
    packages: ['sodium-native'],
    folders: ['platform', 'population/psi/native'],
    advice: 'use platform/index.ts, or take the primitive as an argument',
  },
]

function drawArrows(): ReadonlyMap<string, readonly string[]> {
  const primitives = ['ports', 'bytes', 'crypto']
  const formats = [...primitives, 'sentences', 'protocol', 'log']
  const rules = [...formats, 'agreement', 'register']
  const questions = [...rules, 'person', 'population']
  const house = [...questions, 'oversight', 'storage', 'platform', 'web']
  return new Map([
    ['ports', []],
    ['bytes', []],
    ['client', []],
    ['sentences', []],
    ['crypto', ['ports', 'bytes']],
    ['protocol', primitives],
    ['log', primitives],
    ['agreement', formats],
    ['register', formats],
    ['person', rules],
    ['population', rules],
    ['oversight', questions],
    ['storage', questions],
    ['platform', formats.concat('agreement')],
    ['web', [...formats, 'agreement', 'person', 'population', 'oversight']],
    ['node', house],
    ['witness', [...formats, 'storage', 'platform']],
    ['consent', [...formats, 'agreement', 'person', 'platform', 'web', 'node']],
    ['pages', [...house, 'node']],
    ['demo', [...house, 'node', 'witness', 'consent', 'pages']],
    ['bench', [...house, 'node', 'witness', 'demo']],
    ['redteam', [...house, 'node', 'witness', 'demo', 'bench']],
    ['cli', [...house, 'node', 'witness', 'consent', 'pages', 'demo', 'bench', 'redteam']],
    [
      'testing',
      [...house, 'node', 'witness', 'consent', 'pages', 'demo', 'bench', 'redteam', 'cli'],
    ],
  ])
}
