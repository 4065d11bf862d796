import { VisuallyHidden } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { PlayedRow } from '#protocol/http/reports.ts'
import { number, percent } from '../../../lib/format/number.ts'
import { dateTime } from '../../../lib/format/time.ts'
import { useLanguage, useTranslation } from '../../../lib/i18n/index.ts'
import { tallyOf } from '../../../lib/tally.ts'
import type { PlayedBy } from '../api/get-played.ts'
import styles from './played.module.css'
import { TallyBar } from './tally-bar.tsx'

const MINUTE_MS = 60_000

/** Planned versus played, a row for each session, commune or day. */
export function PlayedTable({ rows, by }: { rows: readonly PlayedRow[]; by: PlayedBy }) {
  const { t } = useTranslation()
  return (
    <table className={styles.table}>
      <caption>
        <VisuallyHidden>{t('played.caption')}</VisuallyHidden>
      </caption>
      <thead>
        <tr>
          <th scope="col">{t(`played.by.${by}`)}</th>
          <th scope="col" className={styles.wide}>
            {t('played.result')}
          </th>
          <th scope="col" className={styles.number}>
            {t('played.heard')}
          </th>
          <th scope="col" className={styles.number}>
            {t('played.unknown')}
          </th>
          <th scope="col" className={styles.number}>
            {t('played.minutes')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.key} row={row} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ row }: { row: PlayedRow }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const told = row.planned - row.open
  const minutes = (ms: number): string => number(ms / MINUTE_MS, language)
  return (
    <tr>
      <th scope="row">
        {row.session ? (
          <Link to="/buoi-phat/$broadcastId" params={{ broadcastId: row.session.id }} className={styles.name}>
            {row.name}
          </Link>
        ) : (
          row.name
        )}
        {row.session && <div className={styles.dim}>{dateTime(row.session.startAt)}</div>}
      </th>
      <td className={styles.wide}>
        <TallyBar broadcast={{ status: 'closed', tally: tallyOf(row) }} />
      </td>
      <td className={styles.number} data-label={t('played.heard')}>
        {number(row.heard, language)}/{number(told, language)}
        {told > 0 && <div className={styles.dim}>{percent(row.heard / told)}</div>}
      </td>
      <td className={styles.number} data-label={t('played.unknown')}>
        {number(row.unknown, language)}
      </td>
      <td className={styles.number} data-label={t('played.minutes')}>
        {minutes(row.heardMs)}/{minutes(row.plannedMs)}
      </td>
    </tr>
  )
}
