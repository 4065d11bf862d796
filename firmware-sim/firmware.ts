import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { forbiddenFrom, forbiddenOf } from '#protocol/rules/forbidden.ts'
import { RELAY_FEATURE } from '#protocol/rules/relay.ts'
import { importTrustedKeys } from '#protocol/signing.ts'
import { AudioCache } from './audio/cache.ts'
import { Prefetch } from './audio/prefetch.ts'
import { silentRelay } from './audio/relay.ts'
import { nextBoot } from './boot-record.ts'
import type { Controls } from './commands/behaviours.ts'
import { CommandDesk } from './commands/desk.ts'
import { Journal } from './journal/journal.ts'
import { JournalSender } from './journal/sender.ts'
import { openLine } from './line.ts'
import { type ClusterParts, isClockGood } from './parts.ts'
import { PlanHolder } from './plan/holder.ts'
import { Arming } from './player/arming.ts'
import { PlayLedger } from './player/ledger.ts'
import { Player } from './player/player.ts'
import { closeWhatPowerLossCut } from './player/recover.ts'
import { Reporter } from './reporter.ts'
import { statusOf } from './status.ts'
import { poweredDisk } from './storage/disk.ts'
import { volumeAt } from './volume.ts'

/** One run of the cluster, from power on to power off. */
export interface Firmware {
  readonly player: Player
  /** Resolves when the broker was reached for the first time. */
  readonly connected: Promise<void>
  /** Anything that its decisions depend on has changed from outside, e.g. its clock was synchronised. */
  wake(): void
  end(how: 'graceful' | 'cut'): Promise<void>
}

export interface FirmwareHooks {
  /** A command asks for a restart. */
  reboot(): void
  /** It cannot go on: the watchdog has to restart it. */
  crash(error: unknown): void
}

const DEFAULT_STATUS_MS = 60_000

/** Wires one run together: everything below lives until `end`. */
export async function bootFirmware(parts: ClusterParts, on: FirmwareHooks): Promise<Firmware> {
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
  const volume = (): number => volumeAt(clock.now(), plans.plan?.settings, wantedVolume)

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
      reporter.wake()
    },
  })
  const arming = new Arming({
    journal,
    ledger,
    isReady: (occurrence) => prefetch.stateOf(occurrence) === 'armed',
    now: clock.now,
  })
  const player: Player = new Player({
    clock,
    decoder: parts.decoder,
    openRelay: parts.openRelay ?? silentRelay,
    audioPath: (item) => cache.path(item.sha256),
    wavDir: parts.wavDir,
    clusterId,
    volume,
    journal,
    ledger,
    plan: () => plans.plan,
    isClockGood: () => isClockGood(clockHealth()),
    missing: (occurrence) => prefetch.missing(occurrence),
    checkAudio: (occurrence) => prefetch.check(occurrence),
    prepareAheadMs: tuning.prepareAheadMs,
    claimAheadMs: tuning.claimAheadMs,
  })
  const sender = new JournalSender({ clusterId, journal, transport, clock, random, retry: tuning.journalRetry })
  const controls: Controls = {
    stop: (reason) => player.stop(reason),
    setVolume: (percent) => {
      wantedVolume = percent
      reporter.wake()
    },
    get isPlaying() {
      return player.soundsNow !== null
    },
    get isQuiet() {
      const settings = plans.plan?.settings
      return settings !== undefined && forbiddenFrom('self-test', forbiddenOf(settings), clock.now()) <= clock.now()
    },
    refetch: () => prefetch.refetch(),
    selfTest: async () => {
      if (!isClockGood(clockHealth())) return 'clock is not synchronised'
      return (await disk.freeBytes(dir)) > 0 ? null : 'storage is full'
    },
    reboot: on.reboot,
  }
  const desk = new CommandDesk({ clusterId, clock, trusted, transport, controls })

  const reporter: Reporter = new Reporter({
    clusterId,
    boot,
    clock,
    random,
    transport,
    everyMs: () => plans.plan?.settings.statusEveryMs ?? DEFAULT_STATUS_MS,
    status: async () =>
      statusOf({
        now: clock.now(),
        plan: plans.plan,
        clockHealth: clockHealth(),
        volume: volume(),
        firmware: parts.firmware,
        codecs: parts.codecs,
        features: parts.openRelay ? [RELAY_FEATURE] : undefined,
        storageFreeBytes: await disk.freeBytes(dir),
        audioState: (occurrence) => prefetch.stateOf(occurrence),
        hasBegun: (occurrence) => ledger.hasBegun(occurrence.id),
      }),
  })

  await plans.load()
  if (plans.plan) await prefetch.follow(plans.plan)
  const loops = [
    player.run(power.signal),
    prefetch.run(power.signal),
    sender.run(power.signal),
    reporter.run(power.signal),
  ].map((loop) =>
    loop.catch((error: unknown) => {
      // No loop ends by itself: a broken one would be a cluster that looks well and stays silent.
      if (!power.signal.aborted) on.crash(error)
    }),
  )
  const line = openLine(transport, { identity, plans, desk, journal, sender, reporter }, power.signal)

  return {
    player,
    connected: line.reached,
    wake: () => {
      player.wake()
      reporter.wake()
    },
    async end(how) {
      if (power.signal.aborted) return
      if (how === 'graceful') await line.sayGoodbye()
      power.abort(new Error('the power is off'))
      await transport.end(how)
      await Promise.all(loops)
      await player.dispose()
    },
  }
}
