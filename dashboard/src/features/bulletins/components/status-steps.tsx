import { VisuallyHidden } from '@mantine/core'
import { IconArrowBackUp, IconBan, IconCheck } from '@tabler/icons-react'
import type { BulletinStatus } from '#protocol/http/bulletins.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { type Airing, type Step, stepsOf } from '../steps-of.ts'
import styles from './status-steps.module.css'

/** Where the bulletin is on its way from desk to loudspeaker. */
export function StatusSteps({ status, airing }: { status: BulletinStatus; airing: Airing }) {
  const { t } = useTranslation()
  return (
    <ol className={styles.steps} aria-label={t('steps.label')}>
      {stepsOf(status, airing).map((step, index) => (
        <li
          key={step.name}
          className={styles.step}
          data-state={step.state}
          aria-current={step.state === 'done' || step.state === 'ahead' ? undefined : 'step'}
        >
          <span className={styles.dot} aria-hidden>
            <Dot step={step} number={index + 1} />
          </span>
          <span>
            {step.state === 'returned' || step.state === 'withdrawn'
              ? t(`bulletinStatus.${step.state}`)
              : t(`steps.${step.name}`)}
          </span>
          {step.state === 'done' && <VisuallyHidden>{t('steps.done')}</VisuallyHidden>}
        </li>
      ))}
    </ol>
  )
}

function Dot({ step, number }: { step: Step; number: number }) {
  if (step.state === 'done') return <IconCheck size={16} stroke={3} />
  if (step.state === 'returned') return <IconArrowBackUp size={16} stroke={2.6} />
  if (step.state === 'withdrawn') return <IconBan size={16} stroke={2.6} />
  return <>{number}</>
}
