import { Button, NativeSelect } from '@mantine/core'
import { IconInbox } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { BulletinSummary } from '#protocol/http/bulletins.ts'
import { audioLength } from '../../../lib/format/number.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { relaysQuery } from '../api/list-relays.ts'
import type { InnerItem } from '../rundown-frame.ts'
import styles from './rundown-fields.module.css'

/** A relay as it is added; the officer sets how long it really is. */
const RELAY_MINUTES = 30

interface Props {
  readonly bulletins: readonly BulletinSummary[]
  readonly value: readonly InnerItem[]
  readonly onChange: (value: readonly InnerItem[]) => void
}

export function RundownAdding({ bulletins, value, onChange }: Props) {
  const { t } = useTranslation()
  const relays = useQuery(relaysQuery).data ?? []
  const hasInbox = value.some(({ kind }) => kind === 'inbox')
  const add = (item: InnerItem) => onChange([...value, item])
  return (
    <div className={styles.adding}>
      <NativeSelect
        className={styles.choose}
        label={t('programme.add')}
        value=""
        onChange={(event) => {
          const chosen = bulletins.find(({ id }) => id === event.currentTarget.value)
          if (chosen) add({ kind: 'bulletin', bulletinId: chosen.id })
        }}
        data={[
          { value: '', label: t('programme.addChoose') },
          ...bulletins.map(({ id, title, rendition: { audio } }) => ({
            value: id,
            label: audio ? `${title} (${audioLength(audio.ms)})` : title,
          })),
        ]}
      />
      {relays.length > 0 && (
        <NativeSelect
          className={styles.choose}
          label={t('programme.addRelay')}
          value=""
          onChange={(event) => {
            const relay = event.currentTarget.value
            if (relay !== '') add({ kind: 'relay', relay, minutes: RELAY_MINUTES })
          }}
          data={[
            { value: '', label: t('programme.addRelayChoose') },
            ...relays.map(({ name, title }) => ({ value: name, label: title })),
          ]}
        />
      )}
      {!hasInbox && (
        <Button
          variant="default"
          leftSection={<IconInbox size={20} aria-hidden />}
          onClick={() => add({ kind: 'inbox' })}
        >
          {t('programme.addInbox')}
        </Button>
      )}
    </div>
  )
}
