import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * A cluster's broker password follows from one master secret, so that nothing secret is stored beside the cluster, a
 * rebuilt broker can be granted again at any time, and rotating is counting the generation up.
 */
export function clusterPassword(masterSecret: string, clusterId: string, generation: number): string {
  return derive(masterSecret, `${clusterId}.${generation}`)
}

/** Compares in constant time; the length of a derived password is no secret. */
export function isClusterPassword(
  masterSecret: string,
  cluster: { clusterId: string; generation: number },
  given: string | Uint8Array,
): boolean {
  return isSameSecret(clusterPassword(masterSecret, cluster.clusterId, cluster.generation), given)
}

/** The password of the controllers' own account on a broker that several of them share. No cluster id lacks the dot. */
export const controllerPassword = (masterSecret: string): string => derive(masterSecret, 'controller')

export function isSameSecret(expected: string, given: string | Uint8Array): boolean {
  const a = Buffer.from(expected)
  const b = Buffer.from(given)
  return a.length === b.length && timingSafeEqual(a, b)
}

const derive = (masterSecret: string, name: string): string =>
  createHmac('sha256', masterSecret).update(name).digest('base64url')
