import { Button, Textarea, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { type CreateBulletin, MAX_CITES } from '#protocol/http/bulletins.ts'
import { serverNow } from '../../../lib/clock.ts'
import { localDate } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import styles from './validity-fields.module.css'

type Values = Pick<CreateBulletin, 'effectiveOn' | 'expiresOn' | 'cites'>

interface ValidityFieldsProps {
  readonly values: Values
  readonly errors: { readonly [K in keyof Values]?: ReactNode }
  /** Documents that the script names, to be added with one press. */
  readonly found: readonly string[]
  readonly onChange: (changed: Partial<Values>) => void
}

/** How long what the bulletin says is true, and what it rests on. */
export function ValidityFields({ values, errors, found, onChange }: ValidityFieldsProps) {
  const { t } = useTranslation()
  const optional = (label: string): string => `${label} (${t('common.optional')})`
  const isOver = values.expiresOn !== null && values.expiresOn < localDate(serverNow())
  return (
    <div className={styles.fields}>
      <TextInput
        type="date"
        label={optional(t('validity.effectiveOn'))}
        description={t('validity.effectiveHint')}
        value={values.effectiveOn ?? ''}
        error={errors.effectiveOn}
        onChange={(event) => onChange({ effectiveOn: event.currentTarget.value || null })}
      />
      <TextInput
        type="date"
        label={optional(t('validity.expiresOn'))}
        description={t('validity.expiresHint')}
        value={values.expiresOn ?? ''}
        error={errors.expiresOn ?? (isOver && t('validity.alreadyOver'))}
        onChange={(event) => onChange({ expiresOn: event.currentTarget.value || null })}
      />
      <Cites
        label={optional(t('validity.cites'))}
        cites={values.cites}
        error={errors.cites}
        found={found}
        onChange={(cites) => onChange({ cites })}
      />
    </div>
  )
}

interface CitesProps {
  readonly label: string
  readonly cites: readonly string[]
  readonly error: ReactNode
  readonly found: readonly string[]
  readonly onChange: (cites: string[]) => void
}

function Cites({ label, cites, error, found, onChange }: CitesProps) {
  const { t } = useTranslation()
  // What is typed may have empty lines for a while.
  const [text, setText] = useState(cites.join('\n'))
  const write = (next: string): void => {
    setText(next)
    onChange(next.split('\n').flatMap((line) => line.trim() || []))
  }
  const missing = cites.length < MAX_CITES ? found.filter((each) => !isCited(each, cites)) : []
  return (
    <div className={styles.cites}>
      <Textarea
        label={label}
        description={t('validity.citesHint')}
        autosize
        minRows={2}
        maxRows={8}
        value={text}
        error={error}
        onChange={(event) => write(event.currentTarget.value)}
      />
      {missing.length > 0 && (
        <fieldset className={styles.found}>
          <legend>{t('validity.citesFound')}</legend>
          {missing.map((each) => (
            <Button
              key={each}
              variant="light"
              radius="xl"
              leftSection={<IconPlus size={18} aria-hidden />}
              onClick={() => write([...cites, each].join('\n'))}
            >
              {each}
            </Button>
          ))}
        </fieldset>
      )}
    </div>
  )
}

/** The number alone decides: the writer may have named the document more fully. */
function isCited(document: string, cites: readonly string[]): boolean {
  const number = document.split(' ').at(-1) ?? document
  return cites.some((cite) => cite.includes(number))
}
