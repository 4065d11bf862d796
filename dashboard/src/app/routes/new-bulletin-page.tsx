import { useDebouncedCallback, useWindowEvent } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { z } from 'zod'
import { CreateBulletin } from '#protocol/http/bulletins.ts'
import { AreaCode } from '#protocol/ids.ts'
import { Page } from '../../components/ui/page.tsx'
import { createBulletin } from '../../features/bulletins/api/create-bulletin.ts'
import { BulletinForm } from '../../features/bulletins/components/bulletin-form.tsx'
import { CostLine } from '../../features/speech/components/cost-line.tsx'
import { Reading } from '../../features/speech/components/reading.tsx'
import { createDraft } from '../../lib/draft.ts'
import { useTranslation } from '../../lib/i18n/index.ts'
import { keys } from '../../lib/query-keys.ts'
import { meQuery } from '../../lib/session.ts'

/** A draft may lack what a bulletin must have. */
const draft = createDraft(
  sessionStorage,
  'bulletin',
  CreateBulletin.extend({ title: z.string(), targets: z.array(AreaCode), cites: z.array(z.string()).default([]) }),
)

const BLANK: Omit<CreateBulletin, 'targets'> = {
  title: '',
  class: 'ordinary',
  script: '',
  omit: [],
  effectiveOn: null,
  expiresOn: null,
  cites: [],
}

/** Writing a long script down takes longer than typing a letter of it. */
const KEEP_MS = 400

export function NewBulletinPage() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const areaCodes = useQuery(meQuery).data?.areaCodes ?? []
  // Who works for one area writes for it.
  const targets = areaCodes.length === 1 ? areaCodes : []
  const keep = useDebouncedCallback(draft.write, { delay: KEEP_MS, flushOnUnmount: true })
  useWindowEvent('pagehide', () => keep.flush())
  const send = async (input: CreateBulletin): Promise<void> => {
    const bulletin = await createBulletin(input)
    keep.cancel()
    draft.clear()
    client.setQueryData(keys.bulletin(bulletin.id), bulletin)
    void client.invalidateQueries({ queryKey: keys.bulletinLists })
    await navigate({ to: '/ban-tin/$bulletinId', params: { bulletinId: bulletin.id } })
  }
  return (
    <Page title={t('bulletin.create')} back={{ to: '/ban-tin', label: t('bulletin.title') }}>
      <BulletinForm
        initial={draft.read() ?? { ...BLANK, targets }}
        onType={keep}
        submitLabel={t('bulletinForm.submit')}
        send={send}
        reading={(of) => <Reading {...of} />}
        cost={(of) => <CostLine {...of} />}
      />
    </Page>
  )
}
