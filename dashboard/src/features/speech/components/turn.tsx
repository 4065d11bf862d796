import {
  type Icon,
  IconMessageCircleQuestion,
  IconMessageReply,
  IconSignature,
  IconTable,
  IconUser,
} from '@tabler/icons-react'
import { useTranslation } from '../../../lib/i18n/index.ts'
import type { Sentence } from '../reading.ts'
import styles from './reading.module.css'

/** Who speaks from here on, or what part of the document begins. */
export function Turn({ kind, turn, isOmitted }: Pick<Sentence, 'kind' | 'turn'> & { readonly isOmitted: boolean }) {
  const { t } = useTranslation()
  if (kind === 'signature' || kind === 'table') {
    const text = isOmitted ? `${t(`speech.${kind}`)} · ${t('speech.notRead')}` : t(`speech.${kind}`)
    return <Label icon={kind === 'table' ? IconTable : IconSignature} text={text} />
  }
  if (turn === 'question') return <Label icon={IconMessageCircleQuestion} text={t('speech.question')} />
  if (turn === 'answer') return <Label icon={IconMessageReply} text={t('speech.answer')} />
  return <Label icon={IconUser} text={turn === 'narrator' ? t('speech.narrator') : turn} />
}

function Label({ icon: Glyph, text }: { icon: Icon; text: string }) {
  return (
    <div className={styles.turn}>
      <Glyph size={16} aria-hidden /> {text}
    </div>
  )
}
