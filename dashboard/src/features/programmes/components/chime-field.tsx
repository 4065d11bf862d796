import { NativeSelect } from '@mantine/core'
import { ChimeItem, type ChimeKind } from '#protocol/http/programmes.ts'
import { useOwnSounds } from '../../../components/use-own-sounds.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import styles from './rundown-fields.module.css'

interface Props {
  readonly kind: ChimeKind
  readonly areaCode: string
  readonly value: ChimeItem['sound'] | null
  readonly readOnly: boolean
  readonly onChange: (sound: ChimeItem['sound'] | null) => void
}

/** What a session begins or ends with: nothing, the built-in chime, or one of the station's own. */
export function ChimeField({ kind, areaCode, value, readOnly, onChange }: Props) {
  const { t } = useTranslation()
  const own = useOwnSounds(areaCode)
  return (
    <NativeSelect
      className={styles[kind]}
      label={t(`programme.item.${kind}`)}
      disabled={readOnly}
      value={value ?? ''}
      onChange={(event) => {
        const chosen = ChimeItem.shape.sound.safeParse(event.currentTarget.value)
        onChange(chosen.success ? chosen.data : null)
      }}
      data={[
        { value: '', label: t('station.music.none') },
        { value: 'built-in', label: t('station.music.builtIn') },
        ...own('chime', value ?? ''),
      ]}
    />
  )
}
