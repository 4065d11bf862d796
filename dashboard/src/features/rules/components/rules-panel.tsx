import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { LoadError } from '../../../components/ui/load-error.tsx'
import { RowsSkeleton } from '../../../components/ui/rows-skeleton.tsx'
import { Section } from '../../../components/ui/section.tsx'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { rulesQuery } from '../api/get-rules.ts'
import { Exemptions } from './exemptions.tsx'
import { RulesForm } from './rules-form.tsx'
import { Silences } from './silences.tsx'

/** When a place may sound, how much, when not at all, and who may break that for once. */
export function RulesPanel({ scope }: { scope: string }) {
  const { t } = useTranslation()
  const rules = useQuery(rulesQuery(scope))
  if (rules.isPending) return <RowsSkeleton rows={4} height={90} />
  if (rules.isError) return <LoadError error={rules.error} onRetry={() => rules.refetch()} />
  const { kind } = rules.data
  return (
    <Stack gap="xl">
      <Section title={t(kind === 'cluster' ? 'rules.clusterTitle' : 'rules.title')}>
        <RulesForm key={scope} rules={rules.data} />
      </Section>
      {kind !== 'cluster' && (
        <Section title={t('rules.silences')}>
          <Silences rules={rules.data} />
        </Section>
      )}
      {kind === 'commune' && (
        <Section title={t('rules.exemptions')}>
          <Exemptions key={scope} rules={rules.data} />
        </Section>
      )}
    </Stack>
  )
}
