import { Button } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from '../../lib/i18n/index.ts'

export function CopyText({ text }: { text: string }) {
  const { t } = useTranslation()
  const clipboard = useClipboard({ timeout: 3000 })
  const Glyph = clipboard.copied ? IconCheck : IconCopy
  return (
    <Button variant="default" leftSection={<Glyph size={18} aria-hidden />} onClick={() => clipboard.copy(text)}>
      <span aria-live="polite">{clipboard.copied ? t('common.copied') : t('common.copy')}</span>
    </Button>
  )
}
