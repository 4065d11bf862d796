import { Button } from '@mantine/core'
import { useReducedMotion } from '@mantine/hooks'
import { IconEar } from '@tabler/icons-react'
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { SpokenMark } from '#protocol/http/bulletins.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { keepInSight, makeStop, sentenceElement, sentenceUnder } from '../follow-in-box.ts'
import type { Player } from '../player.ts'
import { scriptParagraphs } from '../script-paragraphs.ts'
import { sentenceAt } from '../sentence-at.ts'
import { sentenceByKey } from '../sentence-by-key.ts'
import styles from './followed-script.module.css'
import { SpokenText } from './spoken-text.tsx'

interface FollowedScriptProps {
  readonly player: Player
  readonly script: string
  /** What was spoken when; none for sound that was never marked, or while that is not known yet. */
  readonly marks: readonly SpokenMark[]
}

/** The script in a box of its own that follows the sound, until the person looks elsewhere. */
export function FollowedScript({ player, script, marks }: FollowedScriptProps) {
  const { t } = useTranslation()
  const box = useRef<HTMLElement>(null)
  const isStill = useReducedMotion()
  const paragraphs = useMemo(() => scriptParagraphs(script, marks), [script, marks])
  const hasSilent = paragraphs.some(({ pieces }) => pieces.some(({ isSilent }) => isSilent))
  const sounding = useSyncExternalStore(player.subscribe, () => sentenceAt(marks, player.now()))
  const jumps = useSyncExternalStore(player.subscribe, player.jumps)
  const [leftAfter, setLeftAfter] = useState<number | null>(null)
  // Whoever jumps to another place wants to see it.
  const isAway = leftAfter === jumps
  const leave = (): void => {
    const canScroll = box.current !== null && box.current.scrollHeight > box.current.clientHeight
    if (canScroll && player.isPlaying()) setLeftAfter(player.jumps())
  }

  // Past React: the text is drawn once, however long it is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: text that was drawn anew has lost its mark
  useEffect(() => {
    const sentence = sentenceElement(box.current, sounding)
    sentence?.setAttribute('aria-current', 'true')
    return () => sentence?.removeAttribute('aria-current')
  }, [sounding, paragraphs])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a jump brings the sentence into sight, be it the same
  useEffect(() => {
    const sentence = sentenceElement(box.current, sounding)
    if (!box.current || !sentence) return
    if (!box.current.contains(document.activeElement)) makeStop(box.current, sentence)
    if (!isAway) keepInSight(box.current, sentence, isStill ? 'instant' : 'smooth')
  }, [sounding, jumps, isAway, isStill])

  const playFrom = (sentence: HTMLElement | null): void => {
    const mark = marks[Number(sentence?.dataset.sentence)]
    if (!mark || !box.current || !sentence) return
    makeStop(box.current, sentence)
    player.seek(mark.startMs)
    player.play()
  }
  const press = (event: MouseEvent): void => {
    // Marking words to copy them is no wish to hear them.
    if (document.getSelection()?.isCollapsed !== false) playFrom(sentenceUnder(event.target))
  }
  const pressKey = (event: KeyboardEvent): void => {
    const sentence = sentenceUnder(event.target)
    if (!sentence || event.altKey || event.ctrlKey || event.metaKey) return
    const index = sentenceByKey(event.key, Number(sentence.dataset.sentence), marks.length)
    const isPress = event.key === 'Enter' || event.key === ' '
    if (isPress || index !== null) event.preventDefault()
    if (isPress) playFrom(sentence)
    const next = index === null ? null : sentenceElement(box.current, index)
    if (!next || !box.current) return
    leave()
    makeStop(box.current, next)
    next.focus({ preventScroll: true })
    keepInSight(box.current, next, 'instant')
  }

  return (
    <div className={styles.frame}>
      {marks.length > 0 && (
        <p className={styles.hint}>
          {t('player.hint')}
          {hasSilent && <span className={styles.silentHint}> {t('player.silentHint')}</span>}
        </p>
      )}
      <section
        ref={box}
        className={styles.box}
        aria-label={marks.length > 0 ? t('player.scriptLabel') : t('bulletin.script')}
        lang="vi"
        // Without sentences to stop at, what scrolls is a stop itself.
        tabIndex={marks.length > 0 ? undefined : 0}
        onClick={press}
        onKeyDown={pressKey}
        onWheel={leave}
        onTouchMove={leave}
        onPointerDown={(event) => isOnScrollbar(event) && leave()}
      >
        <SpokenText paragraphs={paragraphs} />
      </section>
      {isAway && sounding >= 0 && (
        <Button
          className={styles.back ?? ''}
          radius="xl"
          leftSection={<IconEar size={20} aria-hidden />}
          onClick={() => setLeftAfter(null)}
        >
          {t('player.follow')}
        </Button>
      )}
    </div>
  )
}

const isOnScrollbar = ({ currentTarget, clientX }: MouseEvent<HTMLElement>): boolean =>
  clientX > currentTarget.getBoundingClientRect().left + currentTarget.clientLeft + currentTarget.clientWidth
