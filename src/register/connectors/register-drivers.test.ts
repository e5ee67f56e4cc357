import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'

import {
  contractDescription,
  contractRows,
  registerContract,
  writeCsvFile,
  writeSqliteFile,
} from '../../testing/index.ts'
import { openRegister } from './open-register.ts'

const folder = mkdtempSync(join(tmpdir(), 'cloison-register-'))
after(() => rmSync(folder, { recursive: true }))

const sqlitePath = join(folder, 'people.db')
const csvPath = join(folder, "people's.csv")
writeSqliteFile(sqlitePath, contractRows())
writeCsvFile(csvPath, contractRows())

registerContract('sqlite', () =>
  openRegister({ kind: 'sqlite', path: sqlitePath, description: contractDescription }),
)
registerContract('csv', () =>
  openRegister({ kind: 'csv', path: csvPath, description: contractDescription }),
)
