import { useElementSize } from '@mantine/hooks'
import { useMemo } from 'react'
import { decodePeaks, waveBars } from '../wave-bars.ts'
import styles from './seek-bar.module.css'

const BAR_PX = 4
const HEIGHT_PX = 64
const LOWEST_PX = 3

/**
 * A picture of the sound from its peaks: nothing is downloaded or decoded for it. Everything to the left of `--played` is
 * painted over in the colour of what has been heard.
 */
export function Waveform({ peaks }: { peaks: string }) {
  const { ref, width } = useElementSize()
  const bytes = useMemo(() => decodePeaks(peaks), [peaks])
  const bars = Math.floor(width / BAR_PX)
  const path = useMemo(() => pathOf(waveBars(bytes, bars)), [bytes, bars])
  const picture = (
    <svg
      aria-hidden
      viewBox={`0 0 ${Math.max(1, bars * BAR_PX)} ${HEIGHT_PX}`}
      preserveAspectRatio="none"
      className={styles.bars}
    >
      <path d={path} />
    </svg>
  )
  return (
    <div ref={ref} className={styles.wave} aria-hidden>
      {picture}
      <div className={styles.played}>{picture}</div>
    </div>
  )
}

function pathOf(heights: readonly number[]): string {
  return heights
    .map((height, bar) => {
      const length = Math.max(LOWEST_PX, height * (HEIGHT_PX - BAR_PX))
      return `M${bar * BAR_PX + BAR_PX / 2} ${((HEIGHT_PX - length) / 2).toFixed(1)}v${length.toFixed(1)}`
    })
    .join('')
}
