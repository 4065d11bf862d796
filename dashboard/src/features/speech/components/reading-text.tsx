import { memo, type ReactNode, type Ref, useEffect, useImperativeHandle, useMemo, useRef } from 'react'
import type { OmittablePart } from '#protocol/http/bulletins.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { blocksOf } from '../blocks.ts'
import type { Place } from '../places.ts'
import type { Reading, Sentence } from '../reading.ts'
import { useGrowing } from '../use-growing.ts'
import styles from './reading.module.css'
import { type Press, ReadingSentence } from './reading-sentence.tsx'
import { WrittenTip } from './written-tip.tsx'

interface ReadingTextProps {
  readonly ref: Ref<HTMLDivElement>
  readonly reading: Reading
  readonly omit: readonly OmittablePart[]
  readonly open: Place | null
  /** What stands under the sentence with the open place. */
  readonly panel: ReactNode
  /** What stands here while there are no sentences. */
  readonly empty: ReactNode
  readonly onPress: Press
}

export const ReadingText = memo(function ReadingText(props: ReadingTextProps) {
  const { ref, reading, omit, open, panel, empty, onPress } = props
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  useImperativeHandle(ref, () => box.current as HTMLDivElement)
  const { sentences } = reading
  const blocks = useMemo(() => blocksOf(sentences), [sentences])
  const isOpenIn = (block: readonly Sentence[]): boolean =>
    open !== null && block.some(({ id }) => id === open.sentence)
  const drawn = Math.max(useGrowing(blocks.length), blocks.findIndex(isOpenIn) + 1)

  useEffect(() => {
    if (open && box.current) bringIntoSight(box.current)
  }, [open])

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section ref={box} className={styles.text} tabIndex={0} aria-label={t('speech.textLabel')} lang="vi" data-reading>
      {empty}
      {blocks.slice(0, drawn).map((block) => (
        <Block
          key={block[0]?.id}
          sentences={block}
          omit={omit}
          open={isOpenIn(block) ? open : null}
          panel={isOpenIn(block) ? panel : null}
          onPress={onPress}
        />
      ))}
      <WrittenTip box={box} />
    </section>
  )
})

interface BlockProps {
  readonly sentences: readonly Sentence[]
  readonly omit: readonly OmittablePart[]
  readonly open: Place | null
  readonly panel: ReactNode
  readonly onPress: Press
}

const Block = memo(function Block({ sentences, omit, open, panel, onPress }: BlockProps) {
  return (
    <div className={styles.block}>
      {sentences.map((sentence) => {
        const isOpen = open?.sentence === sentence.id
        return (
          <ReadingSentence
            key={sentence.id}
            sentence={sentence}
            isOmitted={omit.some((part) => part === sentence.kind)}
            openPart={isOpen ? open.part : null}
            panel={isOpen ? panel : null}
            onPress={onPress}
          />
        )
      })}
    </div>
  )
}, isSameBlock)

function isSameBlock(before: BlockProps, after: BlockProps): boolean {
  return (
    before.open === after.open &&
    before.omit === after.omit &&
    before.panel === after.panel &&
    before.onPress === after.onPress &&
    before.sentences.length === after.sentences.length &&
    before.sentences.every((sentence, index) => sentence === after.sentences[index])
  )
}

const MARGIN = 16

/** Scrolls the box, not the page, so far that the open place and its panel are seen. */
function bringIntoSight(box: HTMLElement): void {
  const place = box.querySelector('[aria-expanded="true"]')?.getBoundingClientRect()
  const panel = box.querySelector('[data-panel]')?.getBoundingClientRect()
  if (!place || !panel) return
  const frame = box.getBoundingClientRect()
  const above = place.top - frame.top - MARGIN
  const below = panel.bottom - frame.bottom + MARGIN
  if (above < 0) box.scrollTop += above
  else if (below > 0) box.scrollTop += Math.min(above, below)
  box.scrollIntoView({ block: 'nearest' })
}
