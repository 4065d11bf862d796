import { Button, TextInput } from '@mantine/core'
import { IconArrowLeft, IconCheck, IconX } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { PutPronunciation, type SpokenSpan } from '#protocol/http/speech.ts'
import { AreaNames } from '../../../components/areas/area-names.tsx'
import { Notice } from '../../../components/ui/notice.tsx'
import { problemsOf } from '../../../lib/form-problems.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { otherReadings } from '../other-readings.ts'
import { useDictionary } from '../use-dictionary.ts'
import styles from './correction-panel.module.css'

interface CorrectionPanelProps {
  readonly mark: SpokenSpan
  readonly areaCode: string | null
  readonly mayCorrect: boolean
  readonly onChooseArea: (() => void) | undefined
  readonly onShow: (() => void) | undefined
  readonly onClose: () => void
  /** The place is read otherwise from now on. */
  readonly onCorrected: () => void
  /** The dictionary is another one: after a correction, and after its undoing. */
  readonly onDictionary: () => void
}

/** How a place is written and read, and one press to have it read otherwise. */
export function CorrectionPanel(props: CorrectionPanelProps) {
  const { mark, areaCode, mayCorrect, onChooseArea, onShow, onClose } = props
  const { t } = useTranslation()
  const title = useId()
  return (
    <section
      className={styles.panel}
      aria-labelledby={title}
      data-panel
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <div className={styles.head}>
        <dl id={title} className={styles.facts}>
          <dt>{t('speech.written')}</dt>
          <dd className={styles.written}>{mark.source}</dd>
          <dt>{t('speech.reading')}</dt>
          <dd>{mark.reading || t('speech.notRead')}</dd>
        </dl>
        <button type="button" className={styles.close} aria-label={t('common.close')} onClick={onClose}>
          <IconX size={20} aria-hidden />
        </button>
      </div>
      <Why mark={mark} />
      {!mayCorrect ? (
        <Others mark={mark} />
      ) : areaCode === null ? (
        <Notice
          kind="info"
          action={
            onChooseArea && (
              <Button variant="default" onClick={onChooseArea}>
                {t('speech.chooseArea')}
              </Button>
            )
          }
        >
          {t('speech.needArea')}
        </Notice>
      ) : PutPronunciation.shape.written.safeParse(mark.source).success ? (
        <Correct {...props} areaCode={areaCode} />
      ) : (
        <p className={styles.hint}>{t('speech.tooLongToCorrect')}</p>
      )}
      {onShow && (
        <Button variant="subtle" leftSection={<IconArrowLeft size={18} aria-hidden />} onClick={onShow}>
          {t('speech.showInScript')}
        </Button>
      )}
    </section>
  )
}

function Why({ mark }: { mark: SpokenSpan }) {
  const { t } = useTranslation()
  if (mark.kind === 'dictionary') return <p className={styles.hint}>{t('speech.fromDictionary')}</p>
  return mark.needsReview ? <p className={styles.hint}>{t('speech.guessed')}</p> : null
}

function Others({ mark }: { mark: SpokenSpan }) {
  const { t } = useTranslation()
  const others = otherReadings(mark)
  return others.length === 0 ? null : (
    <p className={styles.hint}>{t('speech.others', { readings: others.map((each) => `“${each}”`).join(', ') })}</p>
  )
}

function Correct({ mark, areaCode, onCorrected, onDictionary }: CorrectionPanelProps & { areaCode: string }) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const [typed, setTyped] = useState('')
  const [isMissing, setMissing] = useState(false)
  const { put } = useDictionary(areaCode, onDictionary)
  const choose = (spoken: string): void =>
    put.mutate({ written: mark.source, spoken: spoken.trim() }, { onSuccess: onCorrected })
  const send = (): void => {
    setMissing(typed.trim() === '')
    if (typed.trim() !== '') choose(typed)
  }
  const refusal = put.isError ? problemsOf(put.error, {}).rest.join(' ') || textOf(put.error) : null
  const pressed = put.isPending ? put.variables.spoken : null
  return (
    <>
      <div className={styles.choices}>
        {mark.needsReview && mark.reading !== '' && (
          <Button
            leftSection={<IconCheck size={18} aria-hidden />}
            disabled={put.isPending}
            loading={pressed === mark.reading}
            onClick={() => choose(mark.reading)}
          >
            {t('speech.right')}
          </Button>
        )}
        {otherReadings(mark).map((reading) => (
          <Button
            key={reading}
            variant="default"
            className={styles.choice ?? ''}
            disabled={put.isPending}
            loading={pressed === reading}
            onClick={() => choose(reading)}
          >
            {reading}
          </Button>
        ))}
      </div>
      <div className={styles.own}>
        <TextInput
          label={t('speech.readAs')}
          placeholder={t('speech.readAsPlaceholder')}
          value={typed}
          error={isMissing ? t('speech.needReading') : refusal}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            setMissing(false)
          }}
          onKeyDown={(event) => {
            // The panel may stand inside the bulletin's own form, which Enter must not send.
            if (event.key !== 'Enter') return
            event.preventDefault()
            send()
          }}
        />
        <Button
          variant="default"
          disabled={put.isPending}
          loading={pressed !== null && pressed === typed.trim()}
          onClick={send}
        >
          {t('common.save')}
        </Button>
      </div>
      <p className={styles.hint}>
        {t('speech.appliesTo', { written: mark.source })} <AreaNames codes={[areaCode]} />.
      </p>
    </>
  )
}
