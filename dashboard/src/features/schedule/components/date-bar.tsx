import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { CalendarDate } from '#protocol/calendar.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import styles from './date-bar.module.css'

interface DateBarProps {
  readonly previous: { readonly label: string; readonly date: string }
  readonly next: { readonly label: string; readonly date: string }
  /** Named where another date than the present one is shown. */
  readonly home: { readonly label: string; readonly date: string } | null
  readonly date: string
  readonly title: ReactNode
  readonly onShow: (date: string) => void
  readonly children?: ReactNode
}

/** Steps back and forth in time, or goes to any date at once. */
export function DateBar({ previous, next, home, date, title, onShow, children }: DateBarProps) {
  const { t } = useTranslation()
  // While a date is being typed the field is the person's, whatever the page shows meanwhile.
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <div className={styles.bar}>
      <ActionIcon variant="default" size={44} aria-label={previous.label} onClick={() => onShow(previous.date)}>
        <IconChevronLeft size={22} aria-hidden />
      </ActionIcon>
      <strong className={styles.title} aria-live="polite">
        {title}
      </strong>
      <ActionIcon variant="default" size={44} aria-label={next.label} onClick={() => onShow(next.date)}>
        <IconChevronRight size={22} aria-hidden />
      </ActionIcon>
      <TextInput
        type="date"
        className={styles.jump}
        aria-label={t('week.jump')}
        value={typed ?? date}
        onBlur={() => setTyped(null)}
        onChange={(event) => {
          const wanted = event.currentTarget.value
          setTyped(wanted)
          if (CalendarDate.safeParse(wanted).success) onShow(wanted)
        }}
      />
      {home && (
        <Button variant="subtle" onClick={() => onShow(home.date)}>
          {home.label}
        </Button>
      )}
      {children}
    </div>
  )
}
