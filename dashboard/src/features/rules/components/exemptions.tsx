import { Button } from '@mantine/core'
import { IconCheck, IconClock, IconX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { AiringRules } from '#protocol/http/airing-rules.ts'
import type { Exemption } from '#protocol/http/exemptions.ts'
import { LoadError } from '../../../components/ui/load-error.tsx'
import { Pill } from '../../../components/ui/pill.tsx'
import { RowsSkeleton } from '../../../components/ui/rows-skeleton.tsx'
import { dateTime, plainDate } from '../../../lib/format/time.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { notifyDone, notifyFailed } from '../../../lib/notify.ts'
import { keys } from '../../../lib/query-keys.ts'
import { useCan } from '../../../lib/session.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { exemptionsQuery } from '../api/list-exemptions.ts'
import { settleExemption } from '../api/settle-exemption.ts'
import { useRuleWords } from '../use-rule-words.ts'
import { ExemptionForm } from './exemption-form.tsx'
import styles from './rules.module.css'

const LOOKS = {
  waiting: { tone: 'warn', icon: IconClock },
  granted: { tone: 'good', icon: IconCheck },
  refused: { tone: 'bad', icon: IconX },
  revoked: { tone: 'calm', icon: IconX },
} as const

/** What was asked for and decided, by whom; never by one person alone. */
export function Exemptions({ rules }: { rules: AiringRules }) {
  const { t } = useTranslation()
  const can = useCan()
  const exemptions = useQuery(exemptionsQuery(rules.scope))
  const [isAsking, setAsking] = useState(false)
  if (exemptions.isPending) return <RowsSkeleton rows={1} height={60} />
  if (exemptions.isError) return <LoadError error={exemptions.error} onRetry={() => exemptions.refetch()} />
  const isLimited = Object.keys(rules.effective.limits).length > 0
  return (
    <>
      <p className={styles.empty}>{t('rules.exemptionsHint')}</p>
      <ul className={styles.list} aria-label={t('rules.exemptions')}>
        {exemptions.data.map((one) => (
          <Row key={one.id} exemption={one} rules={rules} />
        ))}
      </ul>
      {!isLimited && <p className={styles.hint}>{t('rules.nothingToExempt')}</p>}
      {can('programmes.write') && isLimited && !isAsking && (
        <div className={styles.add}>
          <Button variant="light" onClick={() => setAsking(true)}>
            {t('rules.ask')}
          </Button>
        </div>
      )}
      {isAsking && <ExemptionForm rules={rules} onClose={() => setAsking(false)} />}
    </>
  )
}

function Row({ exemption, rules }: { exemption: Exemption; rules: AiringRules }) {
  const { t } = useTranslation()
  const { exemptText } = useRuleWords(rules)
  const textOf = useErrorText()
  const client = useQueryClient()
  const settling = useMutation({
    mutationFn: (deed: 'grant' | 'refuse' | 'revoke') => settleExemption(exemption.id, deed),
    onSuccess: (settled) => notifyDone(t(`rules.settled.${settled.state}`)),
    onError: (error) => notifyFailed(t('rules.refused'), textOf(error)),
    onSettled: () => client.invalidateQueries({ queryKey: keys.exemptions }),
  })
  const { from, until, kinds, state, may, decidedByName, decidedAt, revokedByName, revokedAt } = exemption
  const days = from === until ? plainDate(from) : `${plainDate(from)} – ${plainDate(until)}`
  const story = [
    t('rules.askedBy', { name: exemption.askedByName, at: dateTime(exemption.askedAt) }),
    ...(decidedByName && decidedAt ? [t('rules.settledBy', { name: decidedByName, at: dateTime(decidedAt) })] : []),
    ...(revokedByName && revokedAt ? [t('rules.revokedBy', { name: revokedByName, at: dateTime(revokedAt) })] : []),
  ]
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <strong>{`${exemption.programmeName ?? t('rules.everyProgramme')}: ${days}`}</strong>
        {kinds.map((kind) => (
          <div key={kind}>{exemptText(rules, exemption, kind)}</div>
        ))}
        <div>{exemption.reason}</div>
        <div className={styles.hint}>{story.join(' · ')}</div>
      </div>
      <div className={styles.deeds}>
        <Pill {...LOOKS[state]}>{t(`rules.state.${state}`)}</Pill>
        {may.decide && (
          <>
            <Button data-action="settle" loading={settling.isPending} onClick={() => settling.mutate('grant')}>
              {t('rules.grant')}
            </Button>
            <Button
              data-action="settle"
              variant="light"
              color="red"
              loading={settling.isPending}
              onClick={() => settling.mutate('refuse')}
            >
              {t('rules.refuse')}
            </Button>
          </>
        )}
        {may.revoke && (
          <Button
            data-action="revoke"
            variant="subtle"
            color="red"
            loading={settling.isPending}
            onClick={() => window.confirm(t('rules.revokeQuestion')) && settling.mutate('revoke')}
          >
            {t('rules.revoke')}
          </Button>
        )}
      </div>
    </li>
  )
}
