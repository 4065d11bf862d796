import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconArrowBackUp, IconCalendarMinus, IconListDetails, IconPencil, IconReplace } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { DaySession } from '#protocol/http/days.ts'
import { Notice } from '../../../components/ui/notice.tsx'
import { useNow } from '../../../lib/clock.ts'
import { clock, plainDate } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { useCan } from '../../../lib/session.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import type { Target } from '../move.ts'
import { isOpen } from '../session-state.ts'
import { useChangeDay } from '../use-change-day.ts'
import { MoveForm } from './move-form.tsx'
import { ReplaceDialog } from './replace-dialog.tsx'
import styles from './session-actions.module.css'
import { SkipDialog } from './skip-dialog.tsx'

interface SessionActionsProps {
  readonly session: DaySession
  /** Calls off a session that is planned. */
  readonly cancel: ReactNode
  readonly onTry: (target: Target) => void
}

/** What can be done about one session of a day. */
export function SessionActions({ session, cancel, onTry }: SessionActionsProps) {
  const { t } = useTranslation()
  const can = useCan()
  const now = useNow(5_000)
  const mayChange = can('programmes.write') && isOpen(session, now)
  return (
    <div className={styles.actions}>
      {mayChange && <Changes session={session} onTry={onTry} />}
      {mayChange && session.status === 'planned' && cancel}
      {session.broadcastId && (
        <Button
          component={Link}
          to={`/buoi-phat/${session.broadcastId}`}
          variant="default"
          leftSection={<IconListDetails size={20} aria-hidden />}
        >
          {t('day.ledger')}
        </Button>
      )}
      {can('programmes.write') && (
        <Button
          component={Link}
          to={`/chuong-trinh/${session.programmeId}`}
          variant="default"
          leftSection={<IconPencil size={20} aria-hidden />}
        >
          {t('day.editProgramme')}
        </Button>
      )}
    </div>
  )
}

function Changes({ session, onTry }: Pick<SessionActionsProps, 'session' | 'onTry'>) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const [isSkipping, skip] = useDisclosure(false)
  const [isReplacing, replace] = useDisclosure(false)
  const change = useChangeDay()
  const about = { name: session.programmeName, date: plainDate(session.originalDate) }
  const restoring = useMutation({
    mutationFn: () => change(session, null, t('change.restored', about)),
  })
  return (
    <>
      {restoring.isError && (
        <Notice kind="bad" title={t('change.refused')}>
          {textOf(restoring.error)}
        </Notice>
      )}
      {session.isReplaced ? (
        <p className={styles.hint}>{t('move.replacedHint')}</p>
      ) : (
        <MoveForm key={session.startAt} session={session} onTry={onTry} />
      )}
      {(session.isReplaced || session.movedFrom) && (
        <Button
          variant="default"
          leftSection={<IconArrowBackUp size={20} aria-hidden />}
          loading={restoring.isPending}
          onClick={() => restoring.mutate()}
        >
          {session.movedFrom ? t('change.restoreMove', { time: clock(session.movedFrom) }) : t('change.restoreReplace')}
        </Button>
      )}
      <Button variant="default" leftSection={<IconReplace size={20} aria-hidden />} onClick={replace.open}>
        {t('change.replace')}
      </Button>
      <Button variant="default" leftSection={<IconCalendarMinus size={20} aria-hidden />} onClick={skip.open}>
        {t('change.skip')}
      </Button>
      <ReplaceDialog session={session} opened={isReplacing} onClose={replace.close} />
      <SkipDialog session={session} opened={isSkipping} onClose={skip.close} />
    </>
  )
}
