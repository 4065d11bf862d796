import { TextInput } from '@mantine/core'
import { IconMusic } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { assetsQuery } from '../../../components/assets-query.ts'
import { Choice } from '../../../components/ui/choice.tsx'
import { Empty } from '../../../components/ui/empty.tsx'
import { LoadError } from '../../../components/ui/load-error.tsx'
import { RowsSkeleton } from '../../../components/ui/rows-skeleton.tsx'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { notifyDone } from '../../../lib/notify.ts'
import { keys } from '../../../lib/query-keys.ts'
import { AddSound } from './add-sound.tsx'
import { AssetRow } from './asset-row.tsx'
import styles from './sound-list.module.css'

/** The chimes and the music that a station has brought. */
export function Library({ areaCode, mayWrite }: { areaCode: string; mayWrite: boolean }) {
  const { t } = useTranslation()
  const assets = useQuery(assetsQuery(areaCode))
  if (assets.isPending) return <RowsSkeleton rows={2} height={90} />
  if (assets.isError) return <LoadError error={assets.error} onRetry={() => assets.refetch()} />
  return (
    <>
      {assets.data.length === 0 ? (
        <Empty icon={IconMusic} title={t('library.empty')} text={t('library.emptyText')} />
      ) : (
        <ul className={styles.list} aria-label={t('library.title')}>
          {assets.data.map((asset) => (
            <AssetRow key={asset.id} asset={asset} mayRemove={mayWrite} />
          ))}
        </ul>
      )}
      {mayWrite && <Add areaCode={areaCode} />}
    </>
  )
}

function Add({ areaCode }: { areaCode: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [purpose, setPurpose] = useState<'chime' | 'bed'>('chime')
  const [licence, setLicence] = useState('')
  const [isMissing, setMissing] = useState(false)
  const done = useCallback(() => {
    setLicence('')
    notifyDone(t('library.sent'))
    void client.invalidateQueries({ queryKey: keys.assets(areaCode) })
  }, [client, areaCode, t])
  const metadata = (): Record<string, string> | null => {
    const licenceNote = licence.trim()
    setMissing(licenceNote === '')
    return licenceNote === '' ? null : { purpose, areaCode, licenceNote }
  }
  return (
    <div className={styles.add}>
      <h3 className={styles.addTitle}>{t('library.add')}</h3>
      <div>
        <Choice
          label={t('library.purpose')}
          value={purpose}
          options={[
            { value: 'chime', label: t('library.chime') },
            { value: 'bed', label: t('library.bed') },
          ]}
          onChange={setPurpose}
        />
        <p className={styles.limits}>{t(purpose === 'chime' ? 'library.chimeHint' : 'library.bedHint')}</p>
      </div>
      <TextInput
        label={t('library.licence')}
        description={t('library.licenceHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        maxLength={500}
        error={isMissing && t('library.needLicence')}
        value={licence}
        onChange={(event) => {
          setLicence(event.currentTarget.value)
          setMissing(false)
        }}
      />
      <AddSound metadata={metadata} onDone={done} />
    </div>
  )
}
