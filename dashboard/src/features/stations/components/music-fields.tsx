import { Fieldset, NativeSelect } from '@mantine/core'
import type { GetInputPropsReturnType } from '@mantine/form'
import { useOwnSounds } from '../../../components/use-own-sounds.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import styles from './station-form.module.css'

export type MusicField = 'opening' | 'closing' | 'bed'

interface Props {
  readonly areaCode: string
  readonly readOnly: boolean
  readonly values: Readonly<Record<MusicField, string>>
  readonly inputOf: (field: MusicField) => GetInputPropsReturnType
}

/** What sounds before, beneath and after the speech: what is built in, and what the station has brought. */
export function MusicFields({ areaCode, readOnly, values, inputOf }: Props) {
  const { t } = useTranslation()
  const own = useOwnSounds(areaCode)
  const chimes = (chosen: string) => [
    { value: 'built-in', label: t('station.music.builtIn') },
    { value: 'none', label: t('station.music.none') },
    ...own('chime', chosen),
  ]
  return (
    <Fieldset legend={t('station.music.title')}>
      <div className={styles.pair}>
        <NativeSelect
          label={t('station.music.opening')}
          disabled={readOnly}
          data={chimes(values.opening)}
          {...inputOf('opening')}
        />
        <NativeSelect
          label={t('station.music.closing')}
          disabled={readOnly}
          data={chimes(values.closing)}
          {...inputOf('closing')}
        />
      </div>
      <NativeSelect
        mt="md"
        label={t('station.music.bed')}
        disabled={readOnly}
        data={[{ value: '', label: t('station.music.none') }, ...own('bed', values.bed)]}
        {...inputOf('bed')}
      />
      <p className={styles.hint}>{t('station.music.hint')}</p>
    </Fieldset>
  )
}
