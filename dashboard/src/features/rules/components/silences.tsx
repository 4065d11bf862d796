import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Silence } from '#protocol/calendar.ts'
import type { AiringRules } from '#protocol/http/airing-rules.ts'
import { TET_SILENCE } from '#protocol/rules/silences.ts'
import { Notice } from '../../../components/ui/notice.tsx'
import { problemsOf } from '../../../lib/form-problems.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { notifyDone } from '../../../lib/notify.ts'
import { keys } from '../../../lib/query-keys.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import { putSilences } from '../api/put-silences.ts'
import { useRuleWords } from '../use-rule-words.ts'
import styles from './rules.module.css'
import { SilenceForm } from './silence-form.tsx'

const isSame = (a: Silence, b: Silence): boolean => JSON.stringify(a) === JSON.stringify(b)

/** When nothing but an emergency sounds, by whose word; one's own can be taken back. */
export function Silences({ rules }: { rules: AiringRules }) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const client = useQueryClient()
  const { nameOf, periodText } = useRuleWords(rules)
  const [isAdding, setAdding] = useState(false)
  const { scope, revision, own, effective } = rules
  const saving = useMutation({
    mutationFn: (silences: Silence[]) => putSilences(scope, { silences, revision }),
    onSuccess: (saved) => {
      client.setQueryData(keys.rulesOf(scope), saved)
      setAdding(false)
      notifyDone(t('rules.silencesSaved'))
    },
    onError: () => client.invalidateQueries({ queryKey: keys.rulesOf(scope) }),
  })
  const hasTet = effective.silences.some(({ value }) => value.reason === TET_SILENCE.reason)
  const { rest, errors } = problemsOf(saving.error, {})
  return (
    <>
      {saving.isError && (
        <Notice kind="bad" title={t('rules.refused')}>
          {[...rest, ...Object.values(errors)].join(' ') || textOf(saving.error)}
        </Notice>
      )}
      <p className={styles.empty}>{t('rules.silencesHint')}</p>
      <ul className={styles.list} aria-label={t('rules.silences')}>
        {effective.silences.map(({ by, value }) => (
          <li key={JSON.stringify(value)} className={styles.row}>
            <div className={styles.what}>
              <strong>{value.reason}</strong>
              {periodText(value)}
              <div className={styles.hint}>
                {[
                  value.clusters === 'all'
                    ? t('rules.allClusters')
                    : t('rules.someClusters', { n: value.clusters.length }),
                  nameOf(by),
                ].join(' · ')}
              </div>
            </div>
            {by === rules.kind && rules.may.silence && (
              <Button
                variant="subtle"
                color="red"
                data-action="remove"
                aria-label={t('rules.removeDayName', { name: value.reason })}
                loading={saving.isPending && !saving.variables.some((one) => isSame(one, value))}
                onClick={() =>
                  !saving.isPending &&
                  window.confirm(t('rules.removeSilence', { name: value.reason })) &&
                  saving.mutate(own.silences.filter((one) => !isSame(one, value)))
                }
              >
                {t('rules.remove')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {rules.may.silence && !isAdding && (
        <div className={`${styles.deeds} ${styles.add}`}>
          <Button variant="light" onClick={() => setAdding(true)}>
            {t('rules.addSilence')}
          </Button>
          {!hasTet && (
            <Button
              variant="light"
              loading={saving.isPending}
              onClick={() => saving.mutate([...own.silences, TET_SILENCE])}
            >
              {t('rules.addTet')}
            </Button>
          )}
        </div>
      )}
      {isAdding && (
        <SilenceForm
          areaCode={rules.kind === 'commune' ? scope : null}
          isSaving={saving.isPending}
          onCancel={() => setAdding(false)}
          onSave={(silence) => saving.mutate([...own.silences, silence])}
        />
      )}
    </>
  )
}
