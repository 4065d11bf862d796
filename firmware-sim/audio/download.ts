import { open } from 'node:fs/promises'
import type { PlanItem } from '#protocol/messages.ts'
import type { Clock } from '../clock.ts'
import type { Disk } from '../storage/disk.ts'
import type { AudioCache } from './cache.ts'

interface DownloadParts {
  readonly fetch: typeof fetch
  readonly clock: Clock
  readonly disk: Disk
  readonly cache: AudioCache
  readonly stallMs: number
}

/** `wrong-hash`: all bytes came and they are not what the plan named; they are gone again. */
export type Downloaded = 'complete' | 'wrong-hash'

/** Fetches one file, from where an earlier attempt broke off. Throws when it breaks off again; what came is kept. */
export async function download(
  parts: DownloadParts,
  item: PlanItem,
  baseUrl: string | undefined,
  signal: AbortSignal,
): Promise<Downloaded> {
  const { cache } = parts
  let have = await cache.partBytes(item.sha256)
  if (have > item.bytes) {
    await cache.discard(item.sha256)
    have = 0
  }
  if (have < item.bytes) await fetchRest(parts, item, new URL(item.url, baseUrl), have, signal)
  const bytes = await cache.partBytes(item.sha256)
  if (bytes < item.bytes) throw new Error(`download broke off at ${bytes} of ${item.bytes} bytes`)
  if (bytes === item.bytes && (await cache.admit(item.sha256))) return 'complete'
  await cache.discard(item.sha256)
  return 'wrong-hash'
}

async function fetchRest(parts: DownloadParts, item: PlanItem, url: URL, have: number, signal: AbortSignal) {
  const stall = stallGuard(parts.clock, parts.stallMs, signal)
  try {
    const response = await parts.fetch(url, {
      signal: stall.signal,
      ...(have > 0 ? { headers: { range: `bytes=${have}-` } } : {}),
    })
    if (response.status !== 200 && response.status !== 206) {
      await response.body?.cancel()
      throw new Error(`${url.pathname} answered ${response.status}`)
    }
    // 200 to a range request: the server sends everything again.
    let at = response.status === 206 ? have : 0
    const file = await open(parts.cache.partPath(item.sha256), at > 0 ? 'r+' : 'w')
    try {
      for await (const chunk of response.body ?? []) {
        stall.progressed()
        parts.disk.assertRoom(chunk.length)
        await file.write(chunk, 0, chunk.length, at)
        at += chunk.length
        if (at > item.bytes) break
      }
      await file.datasync()
    } finally {
      await file.close()
    }
  } finally {
    stall.end()
  }
}

/** Aborts when nothing came for `stallMs`. */
function stallGuard(clock: Clock, stallMs: number, signal: AbortSignal) {
  const stalled = new AbortController()
  const stop = (): void => stalled.abort(signal.reason)
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  let progressAt = clock.now()
  const watch = async (): Promise<void> => {
    while (!stalled.signal.aborted) {
      await clock.sleep(stallMs, stalled.signal)
      if (clock.now() - progressAt >= stallMs) stalled.abort(new Error('download stalled'))
    }
  }
  watch().catch(() => {})
  return {
    signal: stalled.signal,
    progressed: () => {
      progressAt = clock.now()
    },
    end: () => {
      signal.removeEventListener('abort', stop)
      stalled.abort()
    },
  }
}
