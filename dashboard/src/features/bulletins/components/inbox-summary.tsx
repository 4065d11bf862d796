import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { BulletinUses } from '#protocol/http/bulletin-uses.ts'
import type { Bulletin } from '#protocol/http/bulletins.ts'
import { Facts } from '../../../components/ui/facts.tsx'
import { Notice } from '../../../components/ui/notice.tsx'
import { Section } from '../../../components/ui/section.tsx'
import { number } from '../../../lib/format/number.ts'
import { useLanguage, useTranslation } from '../../../lib/i18n/index.ts'
import { usesQuery } from '../api/get-uses.ts'
import styles from './inbox-summary.module.css'

const SHOWN = ['waiting', 'placed', 'postponed', 'declined', 'aired'] as const

/** What the communes that the bulletin has come to have made of it; nothing while it has come to none. */
export function InboxSummary({ id }: Pick<Bulletin, 'id'>) {
  const { t } = useTranslation()
  const inbox = useQuery(usesQuery(id)).data?.inbox
  if (!inbox || inbox.total === 0) return null
  return (
    <Section
      title={t('inboxUses.title')}
      aside={
        <Link to="/ban-tin-den" search={{ banTin: id }} className={styles.more}>
          {t('inboxUses.open')}
        </Link>
      }
    >
      <Summary inbox={inbox} />
    </Section>
  )
}

function Summary({ inbox }: Pick<BulletinUses, 'inbox'>) {
  const { t } = useTranslation()
  const language = useLanguage()
  const count = (n: number): string => number(n, language)
  return (
    <>
      {inbox.urgent + inbox.overdue > 0 && (
        <div className={styles.notices}>
          {inbox.urgent > 0 && <Notice kind="bad">{t('inboxUses.urgent', { n: count(inbox.urgent) })}</Notice>}
          {inbox.overdue > 0 && <Notice kind="warn">{t('inboxUses.overdue', { n: count(inbox.overdue) })}</Notice>}
        </div>
      )}
      <Facts
        items={SHOWN.filter((state) => inbox[state] > 0).map((state) => [
          t(`inbox.state.${state}`),
          t('inboxUses.total', { n: count(inbox[state]) }),
        ])}
      />
    </>
  )
}
