import { Button, Stack } from '@mantine/core'
import { IconCalendarOff } from '@tabler/icons-react'
import { useState } from 'react'
import type { SessionChoice } from '#protocol/http/inbox.ts'
import { Empty } from '../../../components/ui/empty.tsx'
import { Notice } from '../../../components/ui/notice.tsx'
import { clock, shortDate } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { type ItemKey, placeItem } from '../api/decide.ts'
import { useDecision } from '../use-decision.ts'
import styles from './session-option.module.css'
import { SessionOption } from './session-option.tsx'

interface PlaceFormProps {
  readonly item: ItemKey
  readonly choices: readonly SessionChoice[]
  readonly onDone: () => void
}

/** As many as fit a phone before somebody asks for more. */
const SHOWN = 6
const keyOf = ({ programmeId, originalDate }: SessionChoice): string => `${programmeId}@${originalDate}`
const nameOf = ({ startAt, programmeName }: SessionChoice): string =>
  `${clock(startAt)} ${shortDate(startAt)} · ${programmeName}`
const titlesOf = ({ drops }: SessionChoice): string => drops.map(({ title }) => `“${title}”`).join(', ')

/** The suggested session by one tap, or any of the others; what is full gives something up only once that was read. */
export function PlaceForm({ item, choices, onDone }: PlaceFormProps) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [isTried, setTried] = useState(false)
  const placing = useDecision(
    (sessions: readonly SessionChoice[]) =>
      placeItem(item, {
        sessions: sessions.map(({ programmeId, originalDate }) => ({ programmeId, originalDate })),
        insist: sessions.some(({ drops }) => drops.length > 0),
      }),
    t('inboxPlace.done'),
    onDone,
  )
  if (choices.length === 0)
    return <Empty icon={IconCalendarOff} title={t('inboxPlace.none')} text={t('inboxPlace.noneText')} />
  const suggested = choices.find(({ isSuggested, drops }) => isSuggested && drops.length === 0)
  const picked = choices.filter((choice) => chosen.has(keyOf(choice)))
  const costly = picked.filter(({ drops }) => drops.length > 0)
  const toggle = (key: string): void =>
    setChosen((before) => new Set(before.has(key) ? [...before].filter((one) => one !== key) : [...before, key]))
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (picked.length > 0) placing.mutate(picked)
      }}
    >
      <Stack gap="md">
        {placing.isError && <Notice kind="bad">{textOf(placing.error)}</Notice>}
        {suggested && (
          <Button
            data-autofocus
            fullWidth
            h="auto"
            mih={56}
            loading={placing.isPending}
            onClick={() => placing.mutate([suggested])}
          >
            <span className={styles.wrapping}>{t('inboxPlace.take', { session: nameOf(suggested) })}</span>
          </Button>
        )}
        <Options choices={choices} chosen={chosen} onToggle={(choice) => toggle(keyOf(choice))} />
        {costly.length > 0 && (
          <Notice kind="warn" title={t('inboxPlace.dropsTitle')}>
            {costly.map((choice) => (
              <div key={keyOf(choice)}>
                {t('inboxPlace.dropsText', { session: nameOf(choice), titles: titlesOf(choice) })}
              </div>
            ))}
          </Notice>
        )}
        {isTried && picked.length === 0 && <Notice kind="bad">{t('inboxPlace.choose')}</Notice>}
        <Button type="submit" variant={picked.length > 0 ? 'filled' : 'default'} loading={placing.isPending}>
          {costly.length > 0 ? t('inboxPlace.insist') : t('inboxPlace.submit', { n: picked.length })}
        </Button>
      </Stack>
    </form>
  )
}

interface OptionsProps {
  readonly choices: readonly SessionChoice[]
  readonly chosen: ReadonlySet<string>
  readonly onToggle: (choice: SessionChoice) => void
}

function Options({ choices, chosen, onToggle }: OptionsProps) {
  const { t } = useTranslation()
  const [isAll, setAll] = useState(false)
  const shown = isAll ? choices : choices.slice(0, SHOWN)
  return (
    <fieldset className={styles.options}>
      <legend className={styles.legend}>{t('inboxPlace.others')}</legend>
      <Stack gap="xs">
        {shown.map((choice) => (
          <SessionOption
            key={keyOf(choice)}
            choice={choice}
            isChosen={chosen.has(keyOf(choice))}
            onToggle={() => onToggle(choice)}
          />
        ))}
        {shown.length < choices.length && (
          <Button variant="subtle" onClick={() => setAll(true)}>
            {t('inboxPlace.more', { n: choices.length - shown.length })}
          </Button>
        )}
      </Stack>
    </fieldset>
  )
}
