import { type NotificationData, notifications } from '@mantine/notifications'
import i18next from 'i18next'
import type { ReactNode } from 'react'

/** Says in passing that something worked; answers by which name it can be hidden. */
export const notifyDone = (message: ReactNode, forMs?: number): string =>
  show({ message, color: 'green', ...(forMs === undefined ? {} : { autoClose: forMs }) })

/** Says that something did not work, and stays until it is read. */
export const notifyFailed = (title: string, message: string): string =>
  show({ title, message, color: 'red', autoClose: false })

const show = (data: NotificationData): string =>
  notifications.show({ ...data, closeButtonProps: { 'aria-label': i18next.t('common.close') } })
