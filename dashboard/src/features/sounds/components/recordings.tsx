import { NativeSelect } from '@mantine/core'
import { IconLanguage } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import type { Bulletin } from '#protocol/http/bulletins.ts'
import { MAX_RECORDINGS } from '#protocol/http/uploads.ts'
import { LANGUAGES, languageName } from '#protocol/languages.ts'
import { Empty } from '../../../components/ui/empty.tsx'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { notifyDone } from '../../../lib/notify.ts'
import { keys } from '../../../lib/query-keys.ts'
import { mayRecord } from '../may-record.ts'
import { AddSound } from './add-sound.tsx'
import { RecordingRow } from './recording-row.tsx'
import styles from './sound-list.module.css'

/** The bulletin as people have spoken it: in minority languages, or in Vietnamese in place of the synthetic voice. */
export function Recordings({ bulletin, mayWrite }: { bulletin: Bulletin; mayWrite: boolean }) {
  const { t } = useTranslation()
  const { recordings } = bulletin
  const isOpen = mayRecord(bulletin)
  return (
    <>
      {recordings.length === 0 ? (
        <Empty icon={IconLanguage} title={t('recording.empty')} text={t('recording.emptyText')} />
      ) : (
        <ul className={styles.list} aria-label={t('recording.title')}>
          {recordings.map((recording) => (
            <RecordingRow key={recording.id} bulletin={bulletin} recording={recording} mayWrite={mayWrite} />
          ))}
        </ul>
      )}
      {mayWrite && isOpen && <Add bulletin={bulletin} />}
      {mayWrite && !isOpen && <p className={styles.locked}>{t('recording.locked')}</p>}
    </>
  )
}

function Add({ bulletin }: { bulletin: Bulletin }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [language, setLanguage] = useState('')
  const [isMissing, setMissing] = useState(false)
  const { id } = bulletin
  const done = useCallback(() => {
    setLanguage('')
    notifyDone(t('recording.sent'))
    void client.invalidateQueries({ queryKey: keys.bulletin(id) })
  }, [client, id, t])
  const metadata = (): Record<string, string> | null => {
    setMissing(language === '')
    return language === '' ? null : { purpose: 'recording', bulletinId: id, language }
  }
  const taken = bulletin.recordings.find((recording) => recording.language === language)
  const isFull = bulletin.recordings.length >= MAX_RECORDINGS
  const hint = language === 'vi' ? t('recording.vietnameseHint') : undefined
  return (
    <div className={styles.add}>
      <h3 className={styles.addTitle}>{t('recording.add')}</h3>
      <NativeSelect
        className={styles.language}
        label={t('recording.language')}
        description={taken ? t('recording.replaces', { language: languageName(language) }) : hint}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        error={isMissing && t('recording.needLanguage')}
        value={language}
        onChange={(event) => {
          setLanguage(event.currentTarget.value)
          setMissing(false)
        }}
        data={[
          { value: '', label: t('recording.choose') },
          ...LANGUAGES.filter(({ code }) => !isFull || bulletin.recordings.some((one) => one.language === code)).map(
            ({ code, name, ownName }) => ({ value: code, label: name === ownName ? name : `${name} · ${ownName}` }),
          ),
        ]}
      />
      <AddSound metadata={metadata} onDone={done} />
      <p className={styles.limits}>{t('sound.limits')}</p>
    </div>
  )
}
