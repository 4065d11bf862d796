import { IconBell, IconMusic } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import type { Asset } from '#protocol/http/uploads.ts'
import { SoundPlayer } from '../../../components/sound-player.tsx'
import { Pill } from '../../../components/ui/pill.tsx'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { keys } from '../../../lib/query-keys.ts'
import { recheckAsset } from '../api/recheck-asset.ts'
import { removeAsset } from '../api/remove-asset.ts'
import { RecheckButton } from './recheck-button.tsx'
import { RemoveButton } from './remove-button.tsx'
import { BroughtBy, SoundNotes } from './sound-notes.tsx'
import styles from './sound-row.module.css'
import { SoundState } from './sound-state.tsx'

export function AssetRow({ asset, mayRemove }: { asset: Asset; mayRemove: boolean }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { id, fileName: name, purpose, areaCode, audio, licenceNote } = asset
  return (
    <li className={styles.row}>
      <div className={styles.head}>
        <strong className={styles.name}>{name}</strong>
        <Pill tone="calm" icon={purpose === 'chime' ? IconBell : IconMusic}>
          {t(`library.${purpose}`)}
        </Pill>
        <SoundState sound={asset} />
        {mayRemove && asset.state === 'unchecked' && (
          <RecheckButton
            name={name}
            run={async () => client.setQueryData(keys.assets(areaCode), await recheckAsset(id))}
          />
        )}
        {mayRemove && (
          <RemoveButton
            label={t('library.remove', { name })}
            question={t('library.removeSure', { name })}
            run={async () => client.setQueryData(keys.assets(areaCode), await removeAsset(id))}
            done={t('library.removed', { name })}
            failed={t('library.notRemoved')}
          />
        )}
      </div>
      {audio && <SoundPlayer url={audio.url} ms={audio.ms} label={name} />}
      <SoundNotes sound={asset} />
      <p className={styles.who}>{t('library.licenceOf', { note: licenceNote })}</p>
      <BroughtBy sound={asset} />
    </li>
  )
}
