import { memo } from 'react'
import type { ScriptParagraph, ScriptPiece } from '../script-paragraphs.ts'
import styles from './followed-script.module.css'

/** A script of a thousand sentences, drawn once. */
export const SpokenText = memo(function SpokenText({ paragraphs }: { paragraphs: readonly ScriptParagraph[] }) {
  return paragraphs.map(({ start, pieces, isApart }) => (
    <p key={start} className={styles.paragraph} data-apart={isApart || undefined}>
      {pieces.map((piece, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a paragraph never move
        <Piece key={index} piece={piece} />
      ))}
    </p>
  ))
})

function Piece({ piece: { text, sentence, isSilent } }: { piece: ScriptPiece }) {
  if (sentence === null) return isSilent ? <span className={styles.silent}>{text}</span> : text
  return (
    // biome-ignore lint/a11y/useSemanticElements: a `button` element could not break over two lines
    <span role="button" tabIndex={sentence === 0 ? 0 : -1} className={styles.sentence} data-sentence={sentence}>
      {text}
    </span>
  )
}
