import { parseArgs } from 'node:util'
import { createCaseSystem } from './case-system.ts'
import { readCaseSystem } from './case-system-settings.ts'

const { values } = parseArgs({ options: { config: { type: 'string' } } })

if (values.config === undefined) {
  console.error('usage: case-system-main.ts --config FILE')
  process.exitCode = 2
} else {
  const state = await readCaseSystem(values.config)
  const app = createCaseSystem(state, { now: () => Date.now() })
  const stop = (): void => void app.close()
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  await app.listen({ host: '127.0.0.1', port: state.port })
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : state.port
  console.log(JSON.stringify({ event: 'listening', port, pid: process.pid }))
}
