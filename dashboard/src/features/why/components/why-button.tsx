import { Button, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconHelpCircle } from '@tabler/icons-react'
import { useTranslation } from '../../../lib/i18n/index.ts'
import { type Question, WhyAnswer } from './why-answer.tsx'

/** Asks why a cluster plays or does not play at an instant. */
export function WhyButton({ clusterName, ...question }: Question & { readonly clusterName: string }) {
  const { t } = useTranslation()
  const [isOpen, dialog] = useDisclosure(false)
  return (
    <>
      <Button
        variant="subtle"
        flex="none"
        miw="max-content"
        leftSection={<IconHelpCircle size={20} aria-hidden />}
        aria-label={t('why.askAbout', { name: clusterName })}
        onClick={dialog.open}
      >
        {t('why.ask')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={dialog.close}
        title={t('why.title', { name: clusterName })}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <WhyAnswer {...question} />
      </Modal>
    </>
  )
}
