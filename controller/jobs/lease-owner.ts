import { hostname } from 'node:os'

/** `host/pid/boot`: enough to see that a lease belongs to a process that is gone. */
export const leaseOwner = (boot: string): string => `${hostname()}/${process.pid}/${boot}`

/** Whether an owner is a process of this machine that no longer runs; of other machines we cannot tell. */
export function isGone(owner: string, isAlive: (pid: number) => boolean = processRuns): boolean {
  const [host, pidText] = owner.split('/')
  const pid = Number(pidText)
  // A lease in our own name was taken by an earlier process that had our number: we have claimed nothing yet.
  return host === hostname() && (pid === process.pid || !isAlive(pid))
}

function processRuns(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
