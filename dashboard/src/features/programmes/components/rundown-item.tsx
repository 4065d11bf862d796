import { NumberInput } from '@mantine/core'
import { IconAccessPoint, IconInbox } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { BulletinSummary } from '#protocol/http/bulletins.ts'
import type { RelayPart } from '#protocol/http/programmes.ts'
import type { Relay } from '#protocol/http/relays.ts'
import { bulletinQuery } from '../../../components/bulletin-query.ts'
import list from '../../../components/ui/order-list.module.css'
import { audioLength } from '../../../lib/format/number.ts'
import { plainDate } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { useCan } from '../../../lib/session.ts'
import { relaysQuery } from '../api/list-relays.ts'
import type { InnerItem } from '../rundown-frame.ts'
import styles from './rundown-fields.module.css'

interface ItemProps {
  readonly item: InnerItem
  readonly bulletins: readonly BulletinSummary[]
  readonly readOnly: boolean
  readonly onChange: (item: InnerItem) => void
}

/** What an item is called in sentences about it. */
export function useItemName(bulletins: readonly BulletinSummary[]): (item: InnerItem) => string {
  const { t } = useTranslation()
  const relays = useQuery(relaysQuery).data
  return (item) => {
    if (item.kind === 'inbox') return t('programme.item.inbox')
    if (item.kind === 'relay') return t('programme.relayOf', { title: relayTitle(relays, item.relay) })
    return bulletins.find(({ id }) => id === item.bulletinId)?.title ?? t('programme.unknownBulletin')
  }
}

/** What an item is, how long it airs, and what is wrong with it. */
export function RundownItemWords({ item, bulletins, readOnly, onChange }: ItemProps) {
  const { t } = useTranslation()
  if (item.kind === 'inbox') {
    return (
      <span className={list.name}>
        <span>
          <IconInbox size={18} className={styles.icon} aria-hidden /> {t('programme.item.inbox')}
        </span>
      </span>
    )
  }
  if (item.kind === 'relay') return <RelayWords item={item} readOnly={readOnly} onChange={onChange} />
  const known = bulletins.find(({ id }) => id === item.bulletinId)
  return known ? (
    <BulletinWords bulletin={known} excerptMs={item.excerptMs} />
  ) : (
    <OtherBulletin id={item.bulletinId} excerptMs={item.excerptMs} />
  )
}

interface RelayWordsProps extends Pick<ItemProps, 'readOnly' | 'onChange'> {
  readonly item: RelayPart
}

/** How long a relay takes is known only to whoever knows the other station's programme. */
function RelayWords({ item, readOnly, onChange }: RelayWordsProps) {
  const { t } = useTranslation()
  const title = relayTitle(useQuery(relaysQuery).data, item.relay)
  return (
    <span className={list.name}>
      <span>
        <IconAccessPoint size={18} className={styles.icon} aria-hidden /> {t('programme.relayOf', { title })}
      </span>
      {readOnly ? (
        <small>{t('programme.relayMinutes', { n: item.minutes })}</small>
      ) : (
        <NumberInput
          size="md"
          hideControls
          className={styles.minutes}
          aria-label={t('programme.relayMinutesOf', { title })}
          suffix={t('programme.minutesSuffix')}
          min={1}
          max={180}
          clampBehavior="blur"
          allowDecimal={false}
          value={item.minutes}
          onChange={(minutes) => {
            if (typeof minutes === 'number' && minutes > 0) onChange({ ...item, minutes })
          }}
        />
      )}
    </span>
  )
}

/** A relay that the administrator has taken off the list keeps its name. */
const relayTitle = (relays: readonly Relay[] | undefined, name: string): string =>
  relays?.find((relay) => relay.name === name)?.title ?? name

/** One that is not among those that could be added: withdrawn since, or an old one. */
function OtherBulletin({ id, excerptMs }: { id: string; excerptMs: number | undefined }) {
  const { t } = useTranslation()
  const mayRead = useCan()('bulletins.read')
  const bulletin = useQuery({ ...bulletinQuery(id), enabled: mayRead })
  if (!mayRead) return <span className={list.name}>{t('programme.unknownBulletin')}</span>
  if (bulletin.isPending) return <span className={list.name}>{t('common.loading')}</span>
  if (bulletin.isError) return <span className={list.name}>{t('programme.unknownBulletin')}</span>
  return <BulletinWords bulletin={bulletin.data} excerptMs={excerptMs} />
}

function BulletinWords({ bulletin, excerptMs }: { bulletin: BulletinSummary; excerptMs: number | undefined }) {
  const { t } = useTranslation()
  const { title, status, expiresOn, rendition } = bulletin
  const ms = rendition.audio?.ms ?? null
  const length =
    excerptMs === undefined ? ms && audioLength(ms) : t('programme.excerpt', { length: audioLength(excerptMs) })
  return (
    <span className={list.name}>
      <span>{title}</span>
      <small>
        {[
          length,
          bulletin.class === 'priority' ? t('session.priority') : null,
          expiresOn ? t('programme.expires', { date: plainDate(expiresOn) }) : null,
        ]
          .filter(Boolean)
          .join(' · ')}
      </small>
      {status === 'withdrawn' && <small className={list.warning}>{t('programme.withdrawn')}</small>}
    </span>
  )
}
