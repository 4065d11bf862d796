import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { getRouteApi, Link } from '@tanstack/react-router'
import { BULLETIN_STATUSES, type BulletinStatus } from '#protocol/http/bulletins.ts'
import { Choice } from '../../components/ui/choice.tsx'
import { Page } from '../../components/ui/page.tsx'
import { BulletinList } from '../../features/bulletins/components/bulletin-list.tsx'
import { useTranslation } from '../../lib/i18n/index.ts'
import { useCan } from '../../lib/session.ts'

const route = getRouteApi('/app/ban-tin')

export function BulletinsPage() {
  const { t } = useTranslation()
  const can = useCan()
  const { status } = route.useSearch()
  const navigate = route.useNavigate()
  const create = can('bulletins.write') && (
    <Button
      leftSection={<IconPlus size={20} aria-hidden />}
      renderRoot={(props) => <Link to="/ban-tin/moi" {...props} />}
    >
      {t('bulletin.create')}
    </Button>
  )
  return (
    <Page title={t('bulletin.title')} actions={create}>
      <Choice<BulletinStatus | 'all'>
        label={t('bulletin.filter')}
        value={status ?? 'all'}
        options={[
          { value: 'all', label: t('common.all') },
          ...BULLETIN_STATUSES.map((value) => ({ value, label: t(`bulletinStatus.${value}`) })),
        ]}
        onChange={(next) => navigate({ search: next === 'all' ? {} : { status: next }, replace: true })}
      />
      <BulletinList status={status} />
    </Page>
  )
}
