import type { Bulletin } from '#protocol/http/bulletins.ts'
import { Notice } from '../../../components/ui/notice.tsx'
import { useNow } from '../../../lib/clock.ts'
import { dateTime, localDate, plainDate } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { numberOf, olderOnAir } from '../version-state.ts'
import styles from './standing-notices.module.css'

/** What stands between a bulletin and the ear, or is heard although the page shows something newer. */
export function StandingNotices({ bulletin }: { bulletin: Bulletin }) {
  const { t } = useTranslation()
  const today = localDate(useNow(60_000))
  const { withdrawal, expiresOn } = bulletin
  const older = olderOnAir(bulletin)
  const isOver = expiresOn !== null && expiresOn < today
  if (!withdrawal && older === null && !isOver) return null
  return (
    <div className={styles.notices}>
      {withdrawal && (
        <Notice kind="bad" title={t('withdraw.noticeTitle', { n: numberOf(bulletin, withdrawal.versionId) })}>
          <div>{withdrawal.reason}</div>
          <div>{t('withdraw.noticeBy', { name: withdrawal.byName, time: dateTime(withdrawal.at) })}</div>
          <div>{t('withdraw.noticeOffline')}</div>
        </Notice>
      )}
      {older !== null && (
        <Notice kind="warn">
          {t('versions.stillOnAir', { n: older })}{' '}
          {t(bulletin.may.withdraw ? 'versions.wrongWithdraw' : 'versions.wrongAsk')}
        </Notice>
      )}
      {isOver && (
        <Notice kind="warn" title={t('validity.overTitle')}>
          {t('validity.overText', { date: plainDate(expiresOn) })}
        </Notice>
      )}
    </div>
  )
}
