import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { CalendarException } from '#protocol/calendar.ts'
import type { Programme } from '#protocol/http/programmes.ts'
import { setException } from '../../../components/programmes/exceptions.ts'
import { Notice } from '../../../components/ui/notice.tsx'
import { notifyUndoable } from '../../../components/ui/notify-undoable.tsx'
import { Section } from '../../../components/ui/section.tsx'
import { plainDate } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { keys } from '../../../lib/query-keys.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import styles from './programme-form.module.css'

interface ExceptionsListProps {
  readonly programme: Programme
  readonly readOnly: boolean
  /** The programme with one day changed: its revision has grown. */
  readonly onChanged: (programme: Programme) => void
}

/** Days on which a series is different, each with a way back to what is usual. */
export function ExceptionsList({ programme, readOnly, onChanged }: ExceptionsListProps) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const client = useQueryClient()
  const set = async (date: string, exception: CalendarException | null) => {
    onChanged(await setException(programme.id, date, exception))
    await Promise.all([
      client.invalidateQueries({ queryKey: keys.programmes }),
      client.invalidateQueries({ queryKey: keys.days }),
    ])
  }
  const removing = useMutation({
    mutationFn: (exception: CalendarException) => set(exception.date, null),
    onSuccess: (_, exception) =>
      notifyUndoable(t('programme.exceptionRemoved', { date: plainDate(exception.date) }), () =>
        set(exception.date, exception),
      ),
  })
  const exceptions = [...programme.exceptions].sort((a, b) => a.date.localeCompare(b.date))
  return (
    <Section title={t('programme.exceptions')}>
      {removing.isError && <Notice kind="bad">{textOf(removing.error)}</Notice>}
      <p className={styles.hint}>
        {exceptions.length === 0 ? t('programme.noExceptions') : t('programme.exceptionsHint')}
      </p>
      <ul className={styles.exceptions}>
        {exceptions.map((exception) => (
          <li key={exception.date} className={styles.exception}>
            <span className={styles.exceptionWords}>
              <Link
                to="/lich-phat/ngay/$date"
                params={{ date: exception.date }}
                search={{ 'dia-ban': programme.areaCode }}
              >
                {plainDate(exception.date)}
              </Link>
              <ExceptionWords exception={exception} />
            </span>
            {!readOnly && (
              <Button
                variant="default"
                data-action="remove"
                aria-label={t('programme.exceptionRemoveName', { date: plainDate(exception.date) })}
                loading={removing.isPending && removing.variables.date === exception.date}
                onClick={() => removing.mutate(exception)}
              >
                {t('programme.exceptionRemove')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function ExceptionWords({ exception }: { exception: CalendarException }) {
  const { t } = useTranslation()
  switch (exception.kind) {
    case 'skip':
      return <small>{[t('programme.exceptionSkip'), exception.reason].filter(Boolean).join(': ')}</small>
    case 'move': {
      const { date, time } = exception.to
      const when = [time, date && plainDate(date)].filter(Boolean).join(', ')
      return <small>{t('programme.exceptionMove', { when })}</small>
    }
    case 'replace':
      return <small>{t('programme.exceptionReplace')}</small>
  }
}
