import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import type { Bulletin, Rendition } from '#protocol/http/bulletins.ts'
import { Notice } from '../../../components/ui/notice.tsx'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { useErrorText } from '../../../lib/use-error-text.ts'
import type { Player } from '../player.ts'
import { useProduce } from '../use-produce.ts'
import styles from './production.module.css'
import { ProductionProgress } from './production-progress.tsx'
import { VersionPlayer } from './version-player.tsx'

interface ProductionProps {
  readonly bulletin: Bulletin
  readonly player: Player
  readonly mayRetry: boolean
}

/** The bulletin as sound: on its way, ready to hear, or failed with a way to try again. */
export function Production({ bulletin, player, mayRetry }: ProductionProps) {
  const { rendition } = bulletin
  switch (rendition.step) {
    case 'queued':
    case 'speaking':
    case 'mixing':
      return <ProductionProgress rendition={rendition} step={rendition.step} />
    case 'failed':
      return <Failed bulletin={bulletin} mayRetry={mayRetry} />
    case 'ready':
      return rendition.audio ? (
        <Ready bulletin={bulletin} audio={rendition.audio} player={player} />
      ) : (
        <ProductionProgress rendition={rendition} step={rendition.step} />
      )
  }
}

function Failed({ bulletin, mayRetry }: { bulletin: Bulletin; mayRetry: boolean }) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const retry = useProduce(bulletin.id)
  return (
    <Notice
      kind="bad"
      title={t('production.failed')}
      action={
        mayRetry && (
          <Button
            variant="default"
            leftSection={<IconRefresh size={18} aria-hidden />}
            loading={retry.isPending}
            onClick={() => retry.mutate()}
          >
            {t('production.retry')}
          </Button>
        )
      }
    >
      {retry.isError ? textOf(retry.error) : bulletin.rendition.failure}
    </Notice>
  )
}

interface ReadyProps {
  readonly bulletin: Bulletin
  readonly audio: NonNullable<Rendition['audio']>
  readonly player: Player
}

function Ready({ bulletin, audio, player }: ReadyProps) {
  const { t } = useTranslation()
  const { id, versionId, rendition } = bulletin
  return (
    <div className={styles.ready}>
      <VersionPlayer bulletinId={id} versionId={versionId} audio={audio} player={player} />
      {rendition.fallback && (
        <Notice kind="warn" title={t('production.fallback')}>
          {rendition.fallback}
        </Notice>
      )}
    </div>
  )
}
