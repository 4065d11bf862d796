import { Switch } from '@mantine/core'
import { OMITTABLE_PARTS, type OmittablePart } from '#protocol/http/bulletins.ts'
import { number } from '../../../lib/format/number.ts'
import { useLanguage, useTranslation } from '../../../lib/i18n/index.ts'
import type { PartCount } from '../omittable-parts.ts'
import styles from './reading.module.css'

interface OmitPartsProps {
  readonly parts: readonly PartCount[]
  readonly omit: readonly OmittablePart[]
  readonly onChange: (omit: OmittablePart[]) => void
}

/** Offers to leave out what is meant for the eye: an official document's frame, its tables. */
export function OmitParts({ parts, omit, onChange }: OmitPartsProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <fieldset className={styles.omit}>
      <legend className={styles.omitTitle}>{t('speech.omitTitle')}</legend>
      {parts.map(({ part, sentences }) => (
        <Switch
          key={part}
          size="md"
          classNames={{ body: styles.omitSwitch ?? '' }}
          checked={omit.includes(part)}
          label={t(`speech.omit.${part}`, { n: number(sentences, language) })}
          onChange={(event) => {
            const isOmitted = event.currentTarget.checked
            onChange(OMITTABLE_PARTS.filter((each) => (each === part ? isOmitted : omit.includes(each))))
          }}
        />
      ))}
    </fieldset>
  )
}
