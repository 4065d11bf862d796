import { useComputedColorScheme } from '@mantine/core'
import { type RefObject, useEffect, useRef } from 'react'
import WaveSurfer from 'wavesurfer.js'
import styles from './audio-player.module.css'

/** A picture of the sound; everything it can do, the slider under it can do by keyboard. */
export function Waveform({ media }: { media: RefObject<HTMLAudioElement | null> }) {
  const box = useRef<HTMLDivElement>(null)
  const scheme = useComputedColorScheme('light')

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new colour scheme needs new colours on the canvas
  useEffect(() => {
    if (!box.current || !media.current) return
    const colours = getComputedStyle(document.documentElement)
    const wave = WaveSurfer.create({
      container: box.current,
      media: media.current,
      height: 48,
      barWidth: 2,
      barGap: 2,
      barRadius: 2,
      cursorWidth: 0,
      normalize: true,
      waveColor: colours.getPropertyValue('--field-line'),
      progressColor: colours.getPropertyValue('--accent'),
    })
    adoptStyles(wave.getWrapper())
    // Without a picture the slider still works.
    wave.on('error', () => undefined)
    return () => wave.destroy()
  }, [media, scheme])

  return <div ref={box} className={styles.wave} aria-hidden />
}

/** The content security policy refuses the style element in wavesurfer's shadow tree; an adopted sheet is allowed. */
function adoptStyles(wrapper: HTMLElement): void {
  const root = wrapper.getRootNode()
  if (!(root instanceof ShadowRoot)) return
  const sheet = new CSSStyleSheet()
  sheet.replaceSync([...root.querySelectorAll('style')].map((style) => style.textContent).join('\n'))
  root.adoptedStyleSheets = [sheet]
}
