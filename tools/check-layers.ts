import { resolve } from 'node:path'
import { checkTree } from './layers/check-tree.ts'

const root = resolve(import.meta.dirname, '..')
const report = checkTree(root)
for (const { path, line, text } of report.breaches) console.error(`${path}:${line}: ${text}`)
if (report.breaches.length > 0) process.exitCode = 1
else console.error(`${report.files} files, every arrow points down`)
