import { Progress, VisuallyHidden } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import type { Rendition } from '#protocol/http/bulletins.ts'
import { number, percent } from '../../../lib/format/number.ts'
import { useLanguage, useTranslation } from '../../../lib/i18n/index.ts'
import { type ProductionPart, productionParts, sentenceInWork } from '../production-parts.ts'
import styles from './production-progress.module.css'

type Step = Exclude<Rendition['step'], 'failed'>

/** From the queue to a finished file, step by step, with how far the present one is. */
export function ProductionProgress({ rendition, step }: { rendition: Rendition; step: Step }) {
  const { t } = useTranslation()
  return (
    <>
      <ol className={styles.parts} aria-label={t('production.label')}>
        {productionParts(step).map((part, index) => (
          <li
            key={part.name}
            className={styles.part}
            data-state={part.state}
            aria-current={part.state === 'current' ? 'step' : undefined}
          >
            <span className={styles.dot} aria-hidden>
              {part.state === 'done' ? <IconCheck size={16} stroke={3} /> : index + 1}
            </span>
            <div className={styles.text}>
              <div className={styles.name}>
                {t(`production.part.${part.name}`)}
                {part.state === 'done' && <VisuallyHidden> {t('steps.done')}</VisuallyHidden>}
              </div>
              <Detail part={part} rendition={rendition} />
            </div>
          </li>
        ))}
      </ol>
      {/* Steps are announced; percentages would never stop. */}
      <VisuallyHidden aria-live="polite">
        {step === 'speaking' && t('production.speakingStep')}
        {step === 'mixing' && t('production.mixingStep')}
      </VisuallyHidden>
    </>
  )
}

function Detail({ part, rendition }: { part: ProductionPart; rendition: Rendition }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { progress, sentences } = rendition
  const isCounted = part.name === 'speaking' && sentences !== null && sentences > 0
  const total = isCounted ? number(sentences, language) : null
  if (part.state !== 'current') {
    return (
      <div className={styles.detail}>{total && part.state === 'done' && t('production.sentences', { n: total })}</div>
    )
  }
  if (part.name === 'queued') return <div className={styles.detail}>{t('production.queuedHint')}</div>
  return (
    <>
      <div className={styles.detail}>
        <span>
          {isCounted
            ? t('production.sentence', { k: number(sentenceInWork(progress, sentences), language), n: total })
            : part.name === 'mixing' && t('production.mixingHint')}
        </span>
        <span className={styles.share}>{percent(progress)}</span>
      </div>
      <Progress.Root size="lg" radius="xl" transitionDuration={300}>
        <Progress.Section value={Math.round(progress * 100)} aria-label={t(`production.part.${part.name}`)} />
      </Progress.Root>
    </>
  )
}
