import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from '../../../lib/i18n/index.ts'
import styles from './bulletin-script.module.css'

/** Beyond this a script hides what stands below it on the page. */
const FOLDED_CHARS = 900

export function ScriptText({ script }: { script: string }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const isLong = script.length > FOLDED_CHARS
  return (
    <>
      <div className={styles.script} data-folded={(isLong && !isOpen) || undefined} lang="vi">
        {paragraphs(script)}
      </div>
      {isLong && (
        <Button variant="subtle" mt="sm" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? t('bulletin.showLess') : t('bulletin.showAll')}
        </Button>
      )}
    </>
  )
}

/** Plans copied from PDF have an empty line after each line; the ear does not hear them, the eye need not see them. */
const paragraphs = (script: string): string => script.trim().replace(/\n\s*\n\s*/g, '\n\n')
