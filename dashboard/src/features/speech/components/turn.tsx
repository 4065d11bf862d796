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

interface TurnProps {
  readonly sentence: Pick<Sentence, 'kind' | 'turn' | 'voice'>
  readonly isOmitted: boolean
}

/** Who speaks from here on and in which voice, or what part of the document begins. */
export function Turn({ sentence, isOmitted }: TurnProps) {
  const { t } = useTranslation()
  const { kind, turn } = sentence
  if (kind === 'signature' || kind === 'table') {
    const text = isOmitted ? `${t(`speech.${kind}`)} · ${t('speech.notRead')}` : t(`speech.${kind}`)
    return <Label icon={kind === 'table' ? IconTable : IconSignature} text={text} />
  }
  const voice = sentence.voice && t(`speech.voice.${sentence.voice}`)
  if (turn === 'question') return <Label icon={IconMessageCircleQuestion} text={t('speech.question')} voice={voice} />
  if (turn === 'answer') return <Label icon={IconMessageReply} text={t('speech.answer')} voice={voice} />
  return <Label icon={IconUser} text={turn === 'narrator' ? t('speech.narrator') : turn} voice={voice} />
}

function Label({ icon: Glyph, text, voice }: { icon: Icon; text: string; voice?: string | null }) {
  return (
    <div className={styles.turn}>
      <Glyph size={16} aria-hidden /> {text} {voice && <span className={styles.voice}>· {voice}</span>}
    </div>
  )
}
