import type { HttpClient } from '../ports/index.ts'

/**
 * Sends what is meant for a name below `localhost` to this machine, which RFC 6761 §6.3 asks for and
 * not every resolver does; the name stays in `Host`.
 */
export function loopbackHttp(http: HttpClient): HttpClient {
  return {
    send(request) {
      const url = new URL(request.url)
      if (!url.hostname.endsWith('.localhost')) return http.send(request)
      const { host } = url
      url.hostname = '127.0.0.1'
      return http.send({ ...request, url: url.href, headers: { ...request.headers, host } })
    },
  }
}
