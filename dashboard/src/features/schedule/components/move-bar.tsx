import { Button, Radio } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { DaySession } from '#protocol/http/days.ts'
import type { QuietHours } from '#protocol/rules/quiet-hours.ts'
import { programmeQuery } from '../../../components/programmes/programme-query.ts'
import { Notice } from '../../../components/ui/notice.tsx'
import { ApiError } from '../../../lib/api.ts'
import { useNow } from '../../../lib/clock.ts'
import { clock, localDate, longDate, mondayOf, startOfDay } from '../../../lib/format/time.ts'
import { useLanguage, useTranslation } from '../../../lib/i18n/index.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { freeStarts, type Obstacle, obstacleAt, offeredStarts } from '../alternatives.ts'
import { weekQuery } from '../api/list-days.ts'
import { clockOf } from '../day-lane.ts'
import { focusGrip } from '../focus-session.ts'
import { type Scope, scopesOf } from '../move.ts'
import { MOVE_BAR } from '../use-drag.ts'
import type { Moving } from '../use-move.ts'
import { SAVE_BUTTON } from './lane-session.tsx'
import styles from './move-bar.module.css'

interface MoveBarProps {
  readonly areaCode: string
  readonly moving: Moving
  readonly quietHours: QuietHours
  readonly onMove: (moving: Moving) => void
  readonly onSave: (moving: Moving, scope: Scope) => Promise<void>
  readonly onLeave: () => void
}

/** What a move means, what is in its way, where it would fit, and whether it is for this day alone. */
export function MoveBar({ areaCode, moving, quietHours, onMove, onSave, onLeave }: MoveBarProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const now = useNow(10_000)
  const { session, target } = moving
  const [wanted, setWanted] = useState<Scope>('this-day')
  const programme = useQuery(programmeQuery(session.programmeId))
  const scopes: readonly Scope[] = programme.data ? scopesOf(programme.data, session, target) : []
  const [first = 'this-day'] = scopes
  const saving = useMutation({
    mutationFn: (wish: Moving) => onSave(wish, scopes.includes(wanted) ? wanted : first),
    onSuccess: () => focusGrip(session),
  })
  // Its own week: it may be another than the one that is laid out.
  const week = useQuery(weekQuery(areaCode, mondayOf(target.date)))
  const day = week.data?.days.find(({ date }) => date === target.date)
  const around = { day: day ?? { sessions: [], silences: [] }, quietHours, now }
  const obstacle = obstacleAt(session, target, around)
  // A refusal is of one time: it goes when another is tried.
  const isRefused = saving.isError && saving.variables === moving
  const offered = isRefused ? offeredStarts(saving.error) : []
  const starts =
    offered.length > 0 ? offered : day && (obstacle || isRefused) ? freeStarts(session, target, around) : []
  const isSameDay = target.date === localDate(session.startAt)
  const leave = () => {
    onLeave()
    focusGrip(session)
  }
  const go = (minute: number) => onMove({ session, target: { ...target, minute } })
  return (
    <section
      id={MOVE_BAR}
      className={styles.bar}
      aria-label={t('move.region')}
      onKeyDown={(event) => event.key === 'Escape' && leave()}
    >
      <p className={styles.what}>
        <strong>
          {t(isSameDay ? 'move.to' : 'move.toDay', {
            name: session.programmeName,
            time: clockOf(target.minute),
            day: longDate(startOfDay(target.date), language),
          })}
        </strong>{' '}
        <span className={styles.from}>({t('move.from', { time: clock(session.startAt) })})</span>
      </p>
      {isRefused ? (
        <Notice kind="bad" title={t('move.refused')}>
          <Refusal error={saving.error} />
        </Notice>
      ) : obstacle ? (
        <p className={styles.obstacle}>
          <IconAlertTriangle size={20} aria-hidden /> <ObstacleWords obstacle={obstacle} quietHours={quietHours} />
        </p>
      ) : (
        !day && (
          <p className={styles.from} role="status">
            {t(week.isError ? 'move.unseenDay' : 'move.seeingDay')}
          </p>
        )
      )}
      {starts.length > 0 && (
        <fieldset className={styles.alternatives}>
          <legend>{t('move.alternatives')}</legend>
          {starts.map((minute) => (
            <Button
              key={minute}
              variant="light"
              radius="xl"
              aria-label={t('move.alternativeTo', { time: clockOf(minute) })}
              onClick={() => go(minute)}
            >
              {clockOf(minute)}
            </Button>
          ))}
        </fieldset>
      )}
      <div className={styles.end}>
        {scopes.length > 1 ? (
          <Radio.Group
            value={wanted}
            onChange={(value) => setWanted(value === 'all-days' ? value : 'this-day')}
            aria-label={t('move.scope')}
          >
            <div className={styles.scopes}>
              <Radio value="this-day" label={t('move.thisDay')} classNames={{ body: styles.scope }} />
              <Radio value="all-days" label={t('move.allDays')} classNames={{ body: styles.scope }} />
            </div>
          </Radio.Group>
        ) : (
          first === 'this-day' && <span className={styles.from}>{t('move.thisDay')}</span>
        )}
        <div className={styles.buttons}>
          <Button variant="default" onClick={leave}>
            {t('common.cancel')}
          </Button>
          <Button
            id={SAVE_BUTTON}
            loading={saving.isPending}
            disabled={programme.isPending}
            onClick={() => saving.mutate(moving)}
          >
            {t('common.save')}
          </Button>
        </div>
      </div>
    </section>
  )
}

function Refusal({ error }: { error: unknown }) {
  const textOf = useErrorText()
  const problems = error instanceof ApiError ? error.problems : []
  if (problems.length === 0) return <>{textOf(error)}</>
  return (
    <>
      {problems.map((problem) => (
        <div key={`${problem.field} ${problem.key}`}>{problem.message}</div>
      ))}
    </>
  )
}

function ObstacleWords({ obstacle, quietHours }: { obstacle: Obstacle; quietHours: QuietHours }) {
  const { t } = useTranslation()
  switch (obstacle.kind) {
    case 'past':
      return <>{t('move.past')}</>
    case 'quiet':
      return <>{t('move.quiet', { ...quietHours })}</>
    case 'silence':
      return <>{t('move.silence', { reason: obstacle.reason })}</>
    case 'meets':
      return <>{t('move.meets', meeting(obstacle.other))}</>
  }
}

const meeting = ({ programmeName, startAt, slotEndAt }: DaySession) => ({
  name: programmeName,
  from: clock(startAt),
  to: clock(slotEndAt, { seconds: false }),
})
