import { decodeUtf8 } from '../bytes/index.ts'
import type { HttpResponse } from '../ports/index.ts'
import { PagesError } from './pages-error.ts'

/** What a gateway answered, unchecked. @throws {@link PagesError} `REQUEST_FAILED` for what is no JSON */
export function jsonOf(response: HttpResponse): unknown {
  try {
    const json: unknown = JSON.parse(decodeUtf8(response.body))
    return json
  } catch (cause) {
    throw new PagesError('REQUEST_FAILED', `a gateway answered ${response.status} without JSON`, {
      cause,
    })
  }
}
