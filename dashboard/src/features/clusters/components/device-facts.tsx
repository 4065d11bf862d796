import type { ReactNode } from 'react'
import type { Cluster } from '#protocol/http/clusters.ts'
import type { ClusterStatus } from '#protocol/messages.ts'
import { Facts } from '../../../components/ui/facts.tsx'
import { fileSize, number } from '../../../lib/format/number.ts'
import { dateTime } from '../../../lib/format/time.ts'
import { useLanguage, useTranslation } from '../../../lib/i18n/index.ts'
import styles from './cluster-table.module.css'

/** What the device last said of itself; lines that it cannot measure are left out. */
export function DeviceFacts({ status }: { status: Cluster['status'] }) {
  const { t } = useTranslation()
  const facts = useFacts()
  if (!status) return <p className={styles.dim}>{t('cluster.noStatus')}</p>
  return (
    <>
      <Facts items={facts(status)} />
      <p className={styles.dim}>{t('cluster.statusAt', { time: dateTime(status.at) })}</p>
    </>
  )
}

function useFacts(): (status: ClusterStatus) => (readonly [string, ReactNode])[] {
  const { t } = useTranslation()
  const language = useLanguage()
  return (status) => {
    const clock = status.clock.synchronised
      ? t('cluster.clockGood', { ms: Math.round(status.clock.offsetMs) })
      : t('cluster.clockUnsynchronised')
    const power =
      status.power === 'battery'
        ? status.batteryPercent === undefined
          ? t('cluster.battery')
          : t('cluster.batteryCharge', { n: status.batteryPercent })
        : status.power && t('cluster.mains')
    const given = <T,>(value: T | undefined, show: (value: T) => string): string | undefined =>
      value === undefined ? undefined : show(value)
    const rows: (readonly [string, string | undefined])[] = [
      [t('cluster.clock'), clock],
      [t('cluster.volume'), `${status.volume} %`],
      [t('cluster.signal'), given(status.signalDbm, (dbm) => `${number(dbm, language)} dBm`)],
      [t('cluster.power'), power],
      [t('cluster.temperature'), given(status.temperatureC, (c) => `${number(c, language)} °C`)],
      [t('cluster.storage'), given(status.storageFreeBytes, (bytes) => fileSize(bytes, language))],
      [t('cluster.amplifier'), given(status.amplifierMilliamps, (ma) => `${number(ma, language)} mA`)],
      [t('cluster.firmware'), status.firmware],
      [t('cluster.sim'), given(status.simBytesToday, (bytes) => fileSize(bytes, language))],
    ]
    return rows.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
  }
}
