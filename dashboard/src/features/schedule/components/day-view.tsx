import { Modal } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Station } from '#protocol/http/areas.ts'
import type { DayAbsence, DaySession, StationDay, StationDays } from '#protocol/http/days.ts'
import { LoadError } from '../../../components/ui/load-error.tsx'
import { Notice } from '../../../components/ui/notice.tsx'
import { RowsSkeleton } from '../../../components/ui/rows-skeleton.tsx'
import { Card } from '../../../components/ui/section.tsx'
import { useNow } from '../../../lib/clock.ts'
import { mondayOf } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { useCan } from '../../../lib/session.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { weekQuery } from '../api/list-days.ts'
import { keyOf } from '../day-lane.ts'
import { focusGrip } from '../focus-session.ts'
import type { Putting } from '../putting.ts'
import { isOpen } from '../session-state.ts'
import { useChangeDay } from '../use-change-day.ts'
import { useMove } from '../use-move.ts'
import { Absences } from './absences.tsx'
import { DayLane } from './day-lane.tsx'
import styles from './day-view.module.css'
import { MoveBar } from './move-bar.tsx'
import { PutBar } from './put-bar.tsx'
import { SessionActions } from './session-actions.tsx'
import { type BulletinActions, SessionDetails } from './session-details.tsx'

/** The lane wants this much beside what is told of a session. */
const WIDE = '(min-width: 1100px)'

interface DayViewProps {
  readonly station: Station
  readonly date: string
  /** The session whose rundown is shown. */
  readonly selected: string | null
  readonly onSelect: (key: string | null) => void
  readonly cancelButton: (broadcastId: string) => ReactNode
  /** Answers why a session is heard somewhere or not. */
  readonly why: (session: DaySession) => ReactNode
  /** A bulletin that is about to be put into a session. */
  readonly putting: Putting | null
  readonly bulletinActions?: BulletinActions
  /** Beside the day, or under it on a phone. */
  readonly aside?: ReactNode
}

/** A day to be laid out. */
export function DayView(props: DayViewProps) {
  const { station, date } = props
  const monday = mondayOf(date)
  const week = useQuery({ ...weekQuery(station.areaCode, monday), placeholderData: keepPreviousData })
  if (week.isPending) return <RowsSkeleton rows={1} height={1200} />
  if (week.isError) return <LoadError error={week.error} onRetry={() => week.refetch()} />
  const day = week.data.days.find((each) => each.date === date)
  if (!day) return <RowsSkeleton rows={1} height={1200} />
  return <Day key={`${station.areaCode} ${date}`} {...props} week={week.data} day={day} />
}

function Day(props: DayViewProps & { week: StationDays; day: StationDay }) {
  const { station, week, day, selected, onSelect, cancelButton, why, putting, bulletinActions, aside } = props
  const { t } = useTranslation()
  const isWide = useMediaQuery(WIDE, undefined, { getInitialValueInEffect: false })
  const { moving, setMoving, save, startOf } = useMove()
  const can = useCan()
  const now = useNow(10_000)
  const session = day.sessions.find((one) => keyOf(one) === selected) ?? null
  const details = (one: DaySession) => (
    <SessionDetails session={one} bulletinActions={isOpen(one, now) ? bulletinActions : undefined}>
      <SessionActions
        session={one}
        cancel={one.broadcastId && cancelButton(one.broadcastId)}
        onTry={(target) => {
          if (!isWide) onSelect(null)
          setMoving({ session: one, target })
        }}
      />
      {why(one)}
    </SessionDetails>
  )
  return (
    <div className={styles.layout}>
      <div className={styles.main}>
        {can('programmes.write') && <p className={styles.howTo}>{t('day.howTo')}</p>}
        <DayLane
          day={day}
          quietHours={week.quietHours}
          moving={moving}
          startOf={startOf}
          onMove={setMoving}
          selected={selected}
          onSelect={(key) => onSelect(key === selected && isWide ? null : key)}
          putting={putting}
        />
        {moving && (
          <MoveBar
            key={keyOf(moving.session)}
            areaCode={station.areaCode}
            moving={moving}
            quietHours={week.quietHours}
            onMove={setMoving}
            onSave={save}
            onLeave={() => setMoving(null)}
          />
        )}
        {putting && <PutBar putting={putting} />}
        <DayAbsences day={day} />
      </div>
      {isWide ? (
        <div className={styles.side}>
          <Card>{session ? details(session) : <p className={styles.choose}>{t('day.choose')}</p>}</Card>
          {aside}
        </div>
      ) : (
        <>
          {aside}
          <Modal
            opened={session !== null}
            onClose={() => onSelect(null)}
            fullScreen
            title={t('day.rundown')}
            closeButtonProps={{ 'aria-label': t('common.close') }}
          >
            {session && details(session)}
          </Modal>
        </>
      )}
    </div>
  )
}

function DayAbsences({ day }: { day: StationDay }) {
  const { t } = useTranslation()
  const can = useCan()
  const textOf = useErrorText()
  const change = useChangeDay()
  const bringing = useMutation({
    mutationFn: ({ programmeId, programmeName }: DayAbsence) =>
      change({ programmeId, originalDate: day.date }, null, t('day.broughtBack', { name: programmeName })),
    onSuccess: (_, { programmeId }) => focusGrip({ programmeId, originalDate: day.date }),
  })
  return (
    <>
      {bringing.isError && (
        <Notice kind="bad" title={t('change.refused')}>
          {textOf(bringing.error)}
        </Notice>
      )}
      <Absences day={day} readOnly={!can('programmes.write')} onBringBack={(absence) => bringing.mutate(absence)} />
    </>
  )
}
