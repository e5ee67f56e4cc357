import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** How many connections the public listener holds at a time. */
export interface ConnectionLimits {
  /** In all. */
  readonly connections: number
  /** From one address, as long as nobody has proved who it is. */
  readonly perAddress: number
  /** Of one peer, once a message on the connection was rightly signed. */
  readonly perPeer: number
}

/** Counts connections by address, and by peer from the first signed message on. */
export interface ConnectionCaps {
  /** This connection is a peer's. False, and the connection ends, when the peer has too many. */
  identify(socket: Socket, peer: string): boolean
}

class Tally {
  readonly #counts = new Map<string, number>()

  /** The count with one more. */
  add(key: string): number {
    const count = (this.#counts.get(key) ?? 0) + 1
    this.#counts.set(key, count)
    return count
  }

  remove(key: string): void {
    const count = (this.#counts.get(key) ?? 0) - 1
    if (count > 0) this.#counts.set(key, count)
    else this.#counts.delete(key)
  }
}

function endOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`
}

/** Under which name a connection is counted. An IPv6 network counts as one address (RFC 6177). */
function nameOf({ remoteAddress = '' }: Socket): string {
  const plain = remoteAddress.replace(/^::ffff:(?=\d+\.)/, '')
  return plain.includes(':')
    ? `address ${plain.split(':').slice(0, 4).join(':')}`
    : `address ${plain}`
}

/**
 * Watches a server: a connection beyond its address's share is ended before anything is read. On a
 * TLS server this is before the handshake.
 */
export function connectionCaps(server: Server, limits: ConnectionLimits): ConnectionCaps {
  const tally = new Tally()
  /** By the two ends' address and port, which a TLS connection shares with the one below it. */
  const names = new Map<string, string>()
  server.maxConnections = limits.connections
  server.on('connection', (socket: Socket) => {
    const name = nameOf(socket)
    const end = endOf(socket)
    names.set(end, name)
    const count = tally.add(name)
    socket.once('close', () => {
      tally.remove(names.get(end) ?? name)
      names.delete(end)
    })
    if (count > limits.perAddress) socket.destroy()
  })
  return {
    identify(socket, peer) {
      const before = names.get(endOf(socket))
      const name = `peer ${peer}`
      if (before === undefined || before === name) return true
      tally.remove(before)
      names.set(endOf(socket), name)
      if (tally.add(name) <= limits.perPeer) return true
      socket.destroySoon()
      return false
    },
  }
}
