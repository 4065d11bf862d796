import { ActionIcon, Button } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconClipboardList } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Choice } from '../../components/ui/choice.tsx'
import { Empty } from '../../components/ui/empty.tsx'
import { LoadError } from '../../components/ui/load-error.tsx'
import { LoadMore } from '../../components/ui/load-more.tsx'
import { Page } from '../../components/ui/page.tsx'
import { RowsSkeleton } from '../../components/ui/rows-skeleton.tsx'
import { Card, Section } from '../../components/ui/section.tsx'
import { type PlayedBy, playedQuery } from '../../features/broadcasts/api/get-played.ts'
import { PlayedTable } from '../../features/broadcasts/components/played-table.tsx'
import { PlayedTotal } from '../../features/broadcasts/components/played-total.tsx'
import { useNow } from '../../lib/clock.ts'
import { addMonths, localDate, monthOf } from '../../lib/format/time.ts'
import { useTranslation } from '../../lib/i18n/index.ts'
import styles from './played-page.module.css'

const route = getRouteApi('/app/nhat-ky')
const WAYS = { ngay: 'day', xa: 'commune', buoi: 'session' } as const satisfies Record<string, PlayedBy>

/** What was planned in a month, and what of it was heard. */
export function PlayedPage() {
  const { t } = useTranslation()
  const { thang, theo = 'ngay' } = route.useSearch()
  const navigate = route.useNavigate()
  const thisMonth = localDate(useNow(60_000)).slice(0, 7)
  const month = thang ?? thisMonth
  const show = (next: string) => {
    navigate({ search: (before) => ({ ...before, thang: next === thisMonth ? undefined : next }), replace: true })
  }
  return (
    <Page title={t('played.title')}>
      <div className={styles.monthBar}>
        <ActionIcon
          variant="default"
          size={44}
          aria-label={t('played.previousMonth')}
          onClick={() => show(addMonths(month, -1))}
        >
          <IconChevronLeft size={22} aria-hidden />
        </ActionIcon>
        <strong className={styles.month} aria-live="polite">
          {t('played.month', { month: month.slice(5), year: month.slice(0, 4) })}
        </strong>
        <ActionIcon
          variant="default"
          size={44}
          aria-label={t('played.nextMonth')}
          onClick={() => show(addMonths(month, 1))}
        >
          <IconChevronRight size={22} aria-hidden />
        </ActionIcon>
        {month !== thisMonth && (
          <Button variant="subtle" onClick={() => show(thisMonth)}>
            {t('played.thisMonth')}
          </Button>
        )}
      </div>
      <Choice
        label={t('played.view')}
        value={theo}
        options={[
          { value: 'ngay', label: t('played.by.day') },
          { value: 'xa', label: t('played.by.commune') },
          { value: 'buoi', label: t('played.by.session') },
        ]}
        onChange={(next) => navigate({ search: (before) => ({ ...before, theo: next }), replace: true })}
      />
      <Month month={month} by={WAYS[theo]} />
    </Page>
  )
}

function Month({ month, by }: { month: string; by: PlayedBy }) {
  const { t } = useTranslation()
  const played = useInfiniteQuery(playedQuery(monthOf(month), by))
  if (played.isPending) return <RowsSkeleton rows={6} height={64} />
  if (played.isError) return <LoadError error={played.error} onRetry={() => played.refetch()} />
  const [first] = played.data.pages
  const rows = played.data.pages.flatMap((page) => page.items)
  if (!first || rows.length === 0) {
    return (
      <Card>
        <Empty icon={IconClipboardList} title={t('played.empty')} text={t('played.emptyText')} />
      </Card>
    )
  }
  return (
    <>
      <Section title={t('played.total')}>
        <PlayedTotal total={first.total} bulletins={first.bulletins} />
      </Section>
      <Card flush>
        <PlayedTable rows={rows} by={by} />
      </Card>
      <LoadMore pages={played} />
    </>
  )
}
