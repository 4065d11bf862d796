import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { PlanOccurrence, Presence } from '#protocol/messages.ts'
import { isQuiet } from '#protocol/rules/quiet-hours.ts'
import { importTrustedKeys } from '#protocol/signing.ts'
import { clusterTopics, topics } from '#protocol/topics.ts'
import { AudioCache } from './audio/cache.ts'
import { Prefetch } from './audio/prefetch.ts'
import { nextBoot } from './boot-record.ts'
import type { Controls } from './commands/behaviours.ts'
import { CommandDesk } from './commands/desk.ts'
import { receiveAck } from './journal/ack.ts'
import { Journal } from './journal/journal.ts'
import { JournalSender } from './journal/sender.ts'
import { type ClusterParts, isClockGood } from './parts.ts'
import { PlanHolder } from './plan/holder.ts'
import { Arming } from './player/arming.ts'
import { PlayLedger } from './player/ledger.ts'
import { Player } from './player/player.ts'
import { closeWhatPowerLossCut } from './player/recover.ts'
import { statusOf } from './status.ts'
import { poweredDisk } from './storage/disk.ts'
import type { Transport } from './transport.ts'
import { volumeAt } from './volume.ts'
import { Waker } from './waker.ts'

/** One run of the cluster, from power on to power off. */
export interface Firmware {
  readonly bootId: string
  readonly player: Player
  readonly transport: Transport
  readonly connected: Promise<void>
  /** Anything that its decisions depend on has changed from outside, e.g. its clock was synchronised. */
  wake(): void
  end(how: 'graceful' | 'cut'): Promise<void>
}

const DEFAULT_STATUS_MS = 60_000
/** A change of what is armed is worth a status of its own, but not a burst of them. */
const STATUS_PAUSE_MS = 1_000

/** Wires one run together: everything below lives until `end`. */
export async function bootFirmware(parts: ClusterParts, onReboot: () => void): Promise<Firmware> {
  const { identity, dir, clock, clockHealth, random, tuning } = parts
  const { clusterId } = identity
  await mkdir(dir, { recursive: true })
  const power = new AbortController()
  const disk = poweredDisk(parts.disk, power.signal)
  const { boot, bootId } = await nextBoot({ dir, disk, clock, random })
  const journal = await Journal.open({ dir, disk, clock, random, bootId, onJournal: parts.onJournal })
  const ledger = await PlayLedger.open(disk, dir)
  const trusted = await importTrustedKeys(identity.trustedKeys)
  const transport = parts.openTransport()
  const cache = new AudioCache(join(dir, 'audio'), disk, tuning.cacheBytes)
  await cache.open()
  await journal.add({ kind: 'boot' })
  await closeWhatPowerLossCut(journal, ledger)

  let wantedVolume: number | null = null
  const statusWaker = new Waker()
  const volume = (): number => volumeAt(clock.now(), plans.plan?.settings, wantedVolume)
  const ready = (occurrence: PlanOccurrence): boolean => occurrence.items.every(({ sha256 }) => prefetch.isHere(sha256))

  const plans: PlanHolder = new PlanHolder({
    clusterId,
    dir,
    clock,
    clockHealth,
    disk,
    trusted,
    journal,
    onAccepted: async (plan, before) => {
      await player.follow(plan, before)
      await prefetch.follow(plan)
    },
  })
  const prefetch: Prefetch = new Prefetch({
    fetch: parts.fetch,
    clock,
    disk,
    random,
    cache,
    journal,
    tuning,
    plan: () => plans.plan,
    onChange: () => {
      if (plans.plan) arming.check(plans.plan).catch(() => {})
      player.wake()
      statusWaker.wake()
    },
  })
  const arming = new Arming({ journal, ledger, isReady: ready, now: clock.now })
  const player: Player = new Player({
    clock,
    decoder: parts.decoder,
    audioPath: (item) => cache.path(item.sha256),
    wavDir: parts.wavDir,
    clusterId,
    volume,
    journal,
    ledger,
    plan: () => plans.plan,
    isClockGood: () => isClockGood(clockHealth()),
    missing: (occurrence) => {
      const gap = occurrence.items.find(({ sha256 }) => !prefetch.isHere(sha256))
      return gap ? prefetch.problemOf(gap.sha256) : null
    },
    checkAudio: async (occurrence) => {
      for (const { sha256 } of occurrence.items) {
        if (await cache.isSound(sha256)) continue
        await prefetch.spoiled(sha256)
        return false
      }
      return true
    },
    prepareAheadMs: tuning.prepareAheadMs,
    claimAheadMs: tuning.claimAheadMs,
  })
  const sender = new JournalSender({ clusterId, journal, transport, clock, random, retry: tuning.journalRetry })
  const controls: Controls = {
    stop: (reason) => player.stop(reason),
    setVolume: (percent) => {
      wantedVolume = percent
      statusWaker.wake()
    },
    get isPlaying() {
      return player.soundsNow !== null
    },
    get isQuiet() {
      const settings = plans.plan?.settings
      return settings !== undefined && isQuiet(clock.now(), settings.quietHours, settings.timeZone)
    },
    refetch: () => prefetch.refetch(),
    selfTest: async () => {
      if (!isClockGood(clockHealth())) return 'clock is not synchronised'
      return (await disk.freeBytes(dir)) > 0 ? null : 'storage is full'
    },
    reboot: onReboot,
  }
  const desk = new CommandDesk({ clusterId, clock, trusted, transport, controls })

  const presence = (state: Presence['state']) => ({
    topic: topics.presence.path({ clusterId }),
    payload: JSON.stringify({ state, boot } satisfies Presence),
    qos: topics.presence.qos,
    retain: topics.presence.retain,
  })
  const sendStatus = async (): Promise<void> => {
    const status = statusOf({
      now: clock.now(),
      plan: plans.plan,
      clockHealth: clockHealth(),
      volume: volume(),
      firmware: parts.firmware,
      storageFreeBytes: await disk.freeBytes(dir),
      audioState: (occurrence) => {
        if (ready(occurrence)) return 'armed'
        const gap = occurrence.items.some(({ sha256 }) => prefetch.problemOf(sha256) !== 'audio-missing')
        return gap ? 'missing' : 'fetching'
      },
      isOver: (occurrence) => {
        const state = ledger.stateOf(occurrence.id)
        return state === 'closed' || state === 'claimed'
      },
    })
    const { qos, retain } = topics.status
    const topic = topics.status.path({ clusterId })
    await transport.publish({ topic, payload: JSON.stringify(status), qos, retain })
  }
  const reportStatus = async (): Promise<never> => {
    for (;;) {
      await sendStatus().catch(() => {})
      await clock.sleep(STATUS_PAUSE_MS, power.signal)
      const everyMs = plans.plan?.settings.statusEveryMs ?? DEFAULT_STATUS_MS
      await statusWaker.wait(clock, Math.max(1, random.around(everyMs, 0.1) - STATUS_PAUSE_MS), power.signal)
    }
  }

  let tellConnected: () => void = () => {}
  const connected = new Promise<void>((resolve) => {
    tellConnected = resolve
  })
  transport.onConnect(() => {
    if (power.signal.aborted) return
    // Subscribing again makes the broker repeat the retained plan, which may be newer than ours.
    transport.subscribe(clusterTopics(clusterId, identity.areaCodes).subscribe).catch(() => {})
    transport.publish(presence('online')).catch(() => {})
    sender.connected()
    statusWaker.wake()
    tellConnected()
  })
  transport.onClose(() => sender.disconnected())
  transport.onMessage((topic, payload) => {
    if (power.signal.aborted) return
    if (topics.plan.match(topic)) plans.receive(payload).catch(() => {})
    else if (topics.command.match(topic)) desk.receive(payload).catch(() => {})
    else if (topics.journalAck.match(topic)) receiveAck(journal, payload).catch(() => {})
  })

  await plans.load()
  if (plans.plan) await prefetch.follow(plans.plan)
  const loops = [player.run(power.signal), prefetch.run(power.signal), sender.run(power.signal), reportStatus()].map(
    (loop) => loop.catch(() => {}),
  )
  transport.connect(presence('offline'))

  return {
    bootId,
    player,
    transport,
    connected,
    wake: () => {
      player.wake()
      statusWaker.wake()
    },
    async end(how) {
      if (power.signal.aborted) return
      if (how === 'graceful') await transport.publish(presence('offline')).catch(() => {})
      power.abort(new Error('the power is off'))
      await transport.end(how)
      await Promise.all(loops)
      await player.dispose()
    },
  }
}
