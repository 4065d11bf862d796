import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { CreateBulletin } from '#protocol/http/bulletins.ts'
import { bulletinQuery } from '../../components/bulletin-query.ts'
import { LoadError } from '../../components/ui/load-error.tsx'
import { Notice } from '../../components/ui/notice.tsx'
import { Page } from '../../components/ui/page.tsx'
import { RowsSkeleton } from '../../components/ui/rows-skeleton.tsx'
import { editBulletin } from '../../features/bulletins/api/edit-bulletin.ts'
import { BulletinForm } from '../../features/bulletins/components/bulletin-form.tsx'
import { numberOf } from '../../features/bulletins/version-state.ts'
import { CostLine } from '../../features/speech/components/cost-line.tsx'
import { Reading } from '../../features/speech/components/reading.tsx'
import { useTranslation } from '../../lib/i18n/index.ts'
import { keys } from '../../lib/query-keys.ts'
import styles from './bulletin-page.module.css'

const route = getRouteApi('/app/ban-tin/$bulletinId/sua')

export function EditBulletinPage() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { bulletinId } = route.useParams()
  const bulletin = useQuery(bulletinQuery(bulletinId))
  const send = async (input: CreateBulletin): Promise<void> => {
    client.setQueryData(keys.bulletin(bulletinId), await editBulletin(bulletinId, input))
    void client.invalidateQueries({ queryKey: keys.bulletinLists })
    await navigate({ to: '/ban-tin/$bulletinId', params: { bulletinId } })
  }
  return (
    <Page
      title={t('bulletin.edit')}
      back={{ to: `/ban-tin/${bulletinId}`, label: bulletin.data?.title ?? t('common.back') }}
    >
      {bulletin.isPending ? (
        <RowsSkeleton rows={4} height={110} />
      ) : bulletin.isError ? (
        <LoadError error={bulletin.error} onRetry={() => bulletin.refetch()} />
      ) : (
        <>
          <div className={styles.note}>
            <Notice kind="info">
              {t('bulletinForm.editNote')}
              {bulletin.data.approvedVersionId && (
                <div>{t('versions.stillOnAir', { n: numberOf(bulletin.data, bulletin.data.approvedVersionId) })}</div>
              )}
            </Notice>
          </div>
          <BulletinForm
            initial={bulletin.data}
            submitLabel={t('bulletinForm.submitEdit')}
            send={send}
            reading={(of) => <Reading {...of} />}
            cost={(of) => <CostLine {...of} />}
          />
        </>
      )}
    </Page>
  )
}
