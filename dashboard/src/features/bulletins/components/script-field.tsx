import { Button, FileButton, Textarea } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { type ReactNode, startTransition, useRef, useState } from 'react'
import { MAX_SCRIPT_CHARS, type OmittablePart } from '#protocol/http/bulletins.ts'
import { Choice } from '../../../components/ui/choice.tsx'
import { Notice } from '../../../components/ui/notice.tsx'
import { followRange, type Range, toFieldOffset } from '../../../lib/follow-range.ts'
import { number } from '../../../lib/format/number.ts'
import { useLanguage, useTranslation } from '../../../lib/i18n/index.ts'
import { readTextFile } from '../../../lib/read-text-file.ts'
import { type Showing, scrollFieldTo, selectInField } from '../../../lib/select-in-field.ts'
import { speechMinutes } from '../speech-minutes.ts'
import styles from './script-field.module.css'

/** What the page says under the script. */
export type CostSlot = (of: { script: string; areaCode: string | null; omit: readonly OmittablePart[] }) => ReactNode

/** What the page sets beside the script. */
export type ReadingSlot = (of: {
  script: string
  areaCode: string | null
  /** Parts that are not said, and how to change that. */
  omit: readonly OmittablePart[]
  onOmit: (omit: OmittablePart[]) => void
  onChooseArea: () => void
  /** Shows a stretch of the script. */
  onShow: (range: Range, how: Showing) => void
  /** Hears how many places want a look. */
  onCount: (places: number) => void
  /** Hears which legal documents the script names. */
  onCites: (documents: readonly string[]) => void
}) => ReactNode

interface ScriptFieldProps {
  readonly value: string
  readonly error: ReactNode
  readonly onChange: (script: string) => void
  readonly areaCode: string | null
  readonly omit: readonly OmittablePart[]
  readonly omitError: ReactNode
  readonly onOmit: (omit: OmittablePart[]) => void
  readonly onChooseArea: () => void
  readonly onCites: (documents: readonly string[]) => void
  readonly reading: ReadingSlot
  readonly cost: CostSlot
}

/** The script and how it will be read: side by side on a desk, one after the other's turn on a phone. */
export function ScriptField(props: ScriptFieldProps) {
  const { value, error, onChange, areaCode, omit, omitError, onOmit, onChooseArea, onCites, reading, cost } = props
  const { t } = useTranslation()
  const language = useLanguage()
  const [chosen, setChosen] = useState<'write' | 'read'>('write')
  const [count, setCount] = useState(0)
  const field = useRef<HTMLTextAreaElement>(null)
  // The field keeps its own text: letters appear at once, however long the script, and the rest follows.
  const [initial] = useState(value)
  const type = (script: string): void => startTransition(() => onChange(script))
  const fill = (script: string): void => {
    if (field.current) field.current.value = script
    onChange(script)
  }
  const show = (range: Range, how: Showing): void => {
    if (how === 'go') setChosen('write')
    // On a phone the field is not there until it is drawn.
    requestAnimationFrame(() => {
      const place = field.current && inField(field.current, value, range)
      if (!field.current?.offsetParent || !place) return
      if (how === 'scroll') scrollFieldTo(field.current, place.start)
      else selectInField(field.current, place.start, place.end)
    })
  }
  return (
    // A refused script must be seen, whatever stood in its place.
    <div className={styles.editor} data-shown={error ? 'write' : chosen}>
      <div className={styles.switch}>
        <Choice
          label={t('bulletinForm.script')}
          value={error ? 'write' : chosen}
          options={[
            { value: 'write', label: t('speech.write') },
            {
              value: 'read',
              label: count > 0 ? t('speech.titleWithCount', { n: number(count, language) }) : t('speech.title'),
            },
          ]}
          onChange={setChosen}
        />
      </div>
      <Textarea
        ref={field}
        label={t('bulletinForm.script')}
        placeholder={t('bulletinForm.scriptPlaceholder')}
        className={styles.write ?? ''}
        classNames={{ input: styles.script ?? '', wrapper: styles.paper ?? '' }}
        defaultValue={initial}
        error={error}
        onChange={(event) => type(event.currentTarget.value)}
      />
      <div className={styles.read}>
        {reading({ script: value, areaCode, omit, onOmit, onChooseArea, onShow: show, onCount: setCount, onCites })}
        {omitError && (
          <div className={styles.problem}>
            <Notice kind="bad">{omitError}</Notice>
          </div>
        )}
      </div>
      <Below value={value} onFill={fill}>
        {cost({ script: value, areaCode, omit })}
      </Below>
    </div>
  )
}

/** The field may be a few keys ahead of what the rest of the page knows. */
const inField = (field: HTMLTextAreaElement, script: string, { start, end }: Range): Range | null =>
  followRange(script.replaceAll('\r\n', '\n'), field.value, {
    start: toFieldOffset(script, start),
    end: toFieldOffset(script, end),
  })

interface BelowProps {
  readonly value: string
  readonly onFill: (script: string) => void
  readonly children: ReactNode
}

/** How long the script is, what reading it costs, and another way to fill it. */
function Below({ value, onFill, children }: BelowProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [fileProblem, setFileProblem] = useState<string | null>(null)

  const open = async (file: File | null): Promise<void> => {
    if (!file) return
    const read = await readTextFile(file)
    setFileProblem(
      read.ok
        ? null
        : t(read.reason === 'not-utf8' ? 'bulletinForm.fileNotUtf8' : 'bulletinForm.fileTooBig', { name: file.name }),
    )
    if (read.ok) onFill(read.text)
  }

  return (
    <div className={styles.below}>
      <span className={styles.hint} data-over={value.length > MAX_SCRIPT_CHARS || undefined}>
        {t('bulletinForm.characters', {
          n: number(value.length, language),
          max: number(MAX_SCRIPT_CHARS, language),
          minutes: number(speechMinutes(value), language),
        })}
      </span>
      <FileButton accept=".txt,text/plain" onChange={open}>
        {(props) => (
          <Button {...props} variant="default" leftSection={<IconFileUpload size={18} aria-hidden />}>
            {t('bulletinForm.openFile')}
          </Button>
        )}
      </FileButton>
      {children}
      {fileProblem && (
        <div className={styles.problem}>
          <Notice kind="bad">{fileProblem}</Notice>
        </div>
      )}
    </div>
  )
}
